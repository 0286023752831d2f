#include "widgets/panels/detailpanel.h"

#include "widgets/panels/detaillines.h"
#include "widgets/panels/lowpanelsheet.h"
#include "widgets/panels/nameview.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spanselection.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stepscope {

DetailPanel::DetailPanel(SpanSelection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection),
      m_empty(
          new ThemedLabel(tr("Click a kernel, a graph, a call or an annotation on the lanes to see it here. "
                             "Shift+drag over lanes sums up what they hold."),
                          Colour::DimText, this)),
      m_scroll(new QScrollArea(this)), m_content(new QWidget), m_kind(new ThemedLabel(Colour::Text)),
      m_length(new ThemedLabel(Colour::DimText)), m_back(new QPushButton(tr("Back to the area"))),
      m_copyName(new QPushButton(tr("Copy name"))), m_copyAll(new QPushButton(tr("Copy all"))),
      m_name(new NameView), m_lines(new DetailLines)
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* const content = new QVBoxLayout(m_content);
    content->setContentsMargins(14, 8, 14, 8);
    content->setSpacing(6);
    content->addWidget(makeHead());
    content->addWidget(m_name);
    content->addWidget(m_lines);
    content->addStretch();
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_scroll);
    connect(m_lines, &DetailLines::linkActivated, this, &DetailPanel::showRequested);
    connect(m_back, &QPushButton::clicked, this, &DetailPanel::backRequested);
    connect(m_copyName, &QPushButton::clicked, this, &DetailPanel::copyName);
    connect(m_copyAll, &QPushButton::clicked, this, &DetailPanel::copyAll);
    connect(&selection, &SpanSelection::changed, this, &DetailPanel::showSpan);
    applyTheme();
    showSpan({});
}

QWidget* DetailPanel::makeHead()
{
    auto* const head = new QWidget(m_content);
    m_kind->setScale(1.0, true);
    m_copyName->setToolTip(displaytext::toolTip(tr("Copies the whole name as the file spells it")));
    m_copyAll->setToolTip(displaytext::toolTip(tr("Copies the name and all lines as text")));
    auto* const layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_kind);
    layout->addWidget(m_length);
    layout->addStretch();
    m_back->setToolTip(displaytext::toolTip(tr("Selects the area again that this was found in")));
    m_back->hide();
    for (QPushButton* const button : {m_back, m_copyName, m_copyAll}) {
        button->setAutoDefault(false);
        button->setProperty("isSmall", true);
        layout->addWidget(button);
    }
    return head;
}

void DetailPanel::setIndex(std::shared_ptr<const TraceIndex> index)
{
    if (index == m_index)
        return;
    const bool isSameTrace = index && m_index && index->sharedTrace() == m_index->sharedTrace();
    m_index = std::move(index);
    // What was selected in another trace is nothing in this one; a step that is no more was let go of.
    showSpan(isSameTrace ? m_selection.current() : SpanRef());
}

void DetailPanel::setReading(const TimeReading& reading)
{
    if (reading == m_reading)
        return;
    m_reading = reading;
    showSpan(m_span);
}

void DetailPanel::offerBack(bool isOffered)
{
    m_back->setVisible(isOffered);
}

QSize DetailPanel::sizeHint() const
{
    return {800, 200};
}

void DetailPanel::showSpan(const SpanRef& span)
{
    m_span = span;
    m_details = m_index ? countedFrom(spanDetails(*m_index, span), m_reading) : SpanDetails{};
    const bool isShown = m_index && !span.isNone();
    m_empty->setVisible(!isShown);
    m_scroll->setVisible(isShown);
    if (!isShown)
        return;
    m_kind->setText(m_details.kind);
    m_length->setText(displaytext::duration(m_details.range.duration()));
    m_name->setName(m_details.name);
    m_lines->showLines(m_details.lines);
}

void DetailPanel::copyName() const
{
    QGuiApplication::clipboard()->setText(m_details.name);
}

void DetailPanel::copyAll() const
{
    QStringList lines{m_details.name, m_details.kind};
    for (const SpanDetail& line : m_details.lines)
        lines += QStringLiteral("%1: %2").arg(line.label, line.value);
    if (m_index)
        lines += contextLine(*m_index);
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void DetailPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void DetailPanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), TracePalette::matching(QGuiApplication::palette())[Colour::Canvas]);
}

void DetailPanel::applyTheme()
{
    const QString sheet = lowPanelSheet(TracePalette::matching(QGuiApplication::palette()));
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace stepscope
