#include "widgets/panels/gapautopsypanel.h"

#include "widgets/panels/detaillines.h"
#include "widgets/panels/lowpanelsheet.h"
#include "widgets/panels/waterfallview.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gapfacts.h"
#include "widgets/viewmodel/gaphistogrambars.h"
#include "widgets/viewmodel/gapnavigator.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t shownSelfTimes = 5;
constexpr int narrowestFacts = 330;
constexpr int widestFacts = 560;

} // namespace

GapAutopsyPanel::GapAutopsyPanel(GapNavigator& navigator, QWidget* parent)
    : QWidget(parent), m_navigator(navigator), m_empty(new ThemedLabel(Colour::DimText, this)),
      m_content(new QWidget(this)), m_waterfall(new WaterfallView), m_title(new ThemedLabel(Colour::Text)),
      m_show(new QPushButton(tr("Show on timeline"))), m_facts(new DetailLines),
      m_selfTitle(new ThemedLabel(tr("CPU self time before the launch"), Colour::DimText)),
      m_selfTimes(new DetailLines), m_left(makeScroll(m_waterfall)), m_right(makeScroll(makeFacts()))
{
    setAccessibleName(tr("Gap autopsy"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* const columns = new QHBoxLayout(m_content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_left, 1);
    columns->addWidget(m_right);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_content);
    connect(&m_navigator, &GapNavigator::changed, this, &GapAutopsyPanel::showGap);
    connect(&m_navigator, &GapNavigator::positionChanged, this, &GapAutopsyPanel::showPosition);
    connect(&m_navigator, &GapNavigator::bandsChanged, this, [this] {
        if (isVisible())
            m_navigator.offerLongest();
    });
    connect(m_waterfall, &WaterfallView::partChosen, this, &GapAutopsyPanel::partRequested);
    connect(m_waterfall, &WaterfallView::gapChosen, this, &GapAutopsyPanel::showWhole);
    connect(m_show, &QPushButton::clicked, this, &GapAutopsyPanel::showWhole);
    connect(m_facts, &DetailLines::linkActivated, this, &GapAutopsyPanel::showRequested);
    applyTheme();
    showGap();
}

QScrollArea* GapAutopsyPanel::makeScroll(QWidget* content)
{
    auto* const scroll = new QScrollArea(m_content);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget* GapAutopsyPanel::makeFacts()
{
    auto* const facts = new QWidget;
    m_title->setScale(1.0, true);
    m_show->setAutoDefault(false);
    m_show->setToolTip(displaytext::toolTip(tr("Fits the gap, with what runs before and after it")));
    auto* const head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_show);
    auto* const layout = new QVBoxLayout(facts);
    layout->setContentsMargins(10, 8, 14, 8);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addWidget(m_facts);
    layout->addSpacing(3);
    layout->addWidget(m_selfTitle);
    layout->addWidget(m_selfTimes);
    layout->addStretch();
    return facts;
}

QSize GapAutopsyPanel::sizeHint() const
{
    return {800, 200};
}

QString GapAutopsyPanel::emptyText() const
{
    return m_empty->isVisibleTo(this) ? m_empty->text() : QString();
}

void GapAutopsyPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_navigator.offerLongest();
    showGap();
}

void GapAutopsyPanel::showGap()
{
    const bool hasGap = m_navigator.hasCurrent();
    m_empty->setVisible(!hasGap);
    m_content->setVisible(hasGap);
    if (!hasGap) {
        m_waterfall->clear();
        showPosition();
        return;
    }
    if (!isVisible())
        return; // showEvent will
    m_waterfall->showGap(m_navigator.document().index(), m_navigator.device(), m_navigator.autopsy());
    m_title->setText(tr("idle for %1").arg(displaytext::duration(m_navigator.current().duration())));
    m_facts->showLines(gapFacts(m_navigator));
    const std::vector<SpanDetail> selfTimes = gapSelfTimes(m_navigator, shownSelfTimes);
    m_selfTitle->setVisible(!selfTimes.empty());
    m_selfTimes->setVisible(!selfTimes.empty());
    m_selfTimes->showLines(selfTimes);
    fitHeight();
}

void GapAutopsyPanel::showPosition()
{
    if (m_navigator.hasCurrent())
        return;
    const std::uint64_t count = m_navigator.count();
    if (!m_navigator.document().isOpen())
        m_empty->setText(tr("Open a trace to take its idle gaps apart."));
    else if (count == 0 && m_navigator.bands())
        m_empty->setText(
            tr("No gap of %1 lies wholly inside the window.").arg(gapLengths(*m_navigator.bands())));
    else if (count == 0)
        m_empty->setText(tr("No gap lies wholly inside the window: there is nothing to take apart."));
    else if (m_navigator.bands())
        m_empty->setText(tr("No gap is chosen. G shows the longest of %1 between %2 and %3.")
                             .arg(displaytext::count(count),
                                  displaytext::duration(m_navigator.bands()->lower()),
                                  displaytext::duration(m_navigator.bands()->upper())));
    else
        m_empty->setText(tr("No gap is chosen. G shows the longest of %1; a click on an idle spot of the "
                            "GPU's lane shows that one.")
                             .arg(displaytext::count(count)));
}

void GapAutopsyPanel::showWhole()
{
    if (m_navigator.hasCurrent())
        emit gapRequested(m_navigator.current());
}

void GapAutopsyPanel::resizeEvent(QResizeEvent*)
{
    fitHeight();
}

void GapAutopsyPanel::fitHeight()
{
    m_right->setFixedWidth(std::clamp(width() * 2 / 5, narrowestFacts, widestFacts));
    m_waterfall->setAvailableHeight(height());
}

void GapAutopsyPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void GapAutopsyPanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), TracePalette::matching(QGuiApplication::palette())[Colour::Canvas]);
}

void GapAutopsyPanel::applyTheme()
{
    const QString sheet = lowPanelSheet(TracePalette::matching(QGuiApplication::palette()));
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace stepscope
