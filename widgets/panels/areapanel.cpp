#include "widgets/panels/areapanel.h"

#include "widgets/panels/detaillines.h"
#include "widgets/panels/lowpanelsheet.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/areatext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stepscope {

namespace {

constexpr std::chrono::milliseconds areaPatience(150);
constexpr int columnSpacing = 28;

} // namespace

AreaPanel::AreaPanel(const AreaFigures& figures, QWidget* parent)
    : QWidget(parent), m_figures(figures), m_length(new ThemedLabel(Colour::Text)),
      m_place(new ThemedLabel(Colour::DimText)), m_state(new ThemedLabel(tr("updating…"), Colour::DimText)),
      m_copyAll(new QPushButton(tr("Copy all"))),
      m_figuresTitle(new ThemedLabel(tr("All spans"), Colour::Text)),
      m_namesTitle(new ThemedLabel(Colour::Text)), m_lanesTitle(new ThemedLabel(tr("Lanes"), Colour::Text))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(areaPatience);
    auto* const content = new QWidget;
    auto* const columns = new QHBoxLayout;
    columns->setSpacing(columnSpacing);
    auto* const all = new QVBoxLayout(content);
    all->setContentsMargins(14, 8, 14, 8);
    all->setSpacing(6);
    all->addWidget(makeHead());
    all->addLayout(columns);
    all->addStretch();
    const auto addColumn = [&](ThemedLabel* title, int stretch) {
        auto* const lines = new DetailLines;
        auto* const column = new QVBoxLayout;
        column->setSpacing(3);
        title->setScale(1.0, true);
        column->addWidget(title);
        column->addWidget(lines);
        column->addStretch();
        columns->addLayout(column, stretch);
        return lines;
    };
    m_figureLines = addColumn(m_figuresTitle, 5);
    m_nameLines = addColumn(m_namesTitle, 8);
    m_laneLines = addColumn(m_lanesTitle, 7);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_nameLines, &DetailLines::linkActivated, this, &AreaPanel::showRequested);
    connect(m_copyAll, &QPushButton::clicked, this, &AreaPanel::copyAll);
    connect(&m_figures, &AreaFigures::changed, this, &AreaPanel::showNumbers);
    connect(&m_patience, &QTimer::timeout, this, &AreaPanel::showState);
    applyTheme();
    showNumbers();
}

QWidget* AreaPanel::makeHead()
{
    auto* const head = new QWidget;
    auto* const title = new ThemedLabel(tr("area"), Colour::Text, head);
    title->setScale(1.0, true);
    m_copyAll->setToolTip(displaytext::toolTip(tr("Copies all figures, names and lanes as text")));
    m_copyAll->setAutoDefault(false);
    m_copyAll->setProperty("isSmall", true);
    auto* const layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(m_length);
    layout->addWidget(m_place);
    layout->addStretch();
    layout->addWidget(m_state);
    layout->addWidget(m_copyAll);
    return head;
}

QSize AreaPanel::sizeHint() const
{
    return {800, 200};
}

void AreaPanel::showNumbers()
{
    if (!m_figures.isUpdating())
        m_patience.stop();
    else if (!m_patience.isActive())
        m_patience.start();
    showState();
    const AreaNumbers& numbers = m_figures.numbers();
    m_copyAll->setEnabled(!numbers.isNone());
    m_length->setText(numbers.isNone() ? QString() : areatext::length(numbers.area));
    m_place->setText(numbers.isNone() ? QString() : areatext::place(numbers.area));
    m_namesTitle->setText(numbers.isNone() || numbers.statistics.names.empty()
                              ? QString()
                              : tr("Most time · %1").arg(areatext::namesListed(numbers)));
    for (QWidget* const title : {m_figuresTitle, m_lanesTitle})
        title->setVisible(!numbers.isNone());
    m_figureLines->showLines(numbers.isNone() ? std::vector<SpanDetail>() : areatext::figures(numbers));
    m_nameLines->showLines(numbers.isNone() ? std::vector<SpanDetail>() : areatext::names(numbers));
    m_laneLines->showLines(numbers.isNone() ? std::vector<SpanDetail>() : areatext::lanes(numbers));
}

void AreaPanel::showState()
{
    m_state->setVisible(m_figures.isUpdating() && !m_patience.isActive());
}

void AreaPanel::copyAll() const
{
    if (!m_figures.numbers().isNone())
        QGuiApplication::clipboard()->setText(areatext::whole(m_figures.numbers()));
}

void AreaPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void AreaPanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), TracePalette::matching(QGuiApplication::palette())[Colour::Canvas]);
}

void AreaPanel::applyTheme()
{
    const QString sheet = lowPanelSheet(TracePalette::matching(QGuiApplication::palette()));
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace stepscope
