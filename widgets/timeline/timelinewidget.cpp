#include "widgets/timeline/timelinewidget.h"

#include "widgets/timeline/cadencestrip.h"
#include "widgets/timeline/firstview.h"
#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/overviewbar.h"
#include "widgets/timeline/overviewmouse.h"
#include "widgets/timeline/stabilitystrip.h"
#include "widgets/timeline/steptext.h"
#include "widgets/timeline/timelinemouse.h"
#include "widgets/timeline/timelinerows.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timeruler.h"
#include "widgets/timeline/windoweditor.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/stepdrawing.h"

#include <QCursor>
#include <QEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int scrollStep = 24;

constexpr double zoomStep = 0.7;
constexpr double panStep = 0.12;
constexpr double fitAir = 0.03;
constexpr int gapAir = 3;              // of a gap's length on each side
constexpr double narrowestShown = 4.0; // pixels: a span narrower than that is no answer to "show it"

/// The keys W, A, S, D by where they lie, whatever the layout makes of them (evdev codes, as X11 and
/// Wayland report them); 0 where the position is not known.
int keyAtPosition(const QKeyEvent& event)
{
#ifdef Q_OS_LINUX
    switch (event.nativeScanCode()) {
    case 25:
        return Qt::Key_W;
    case 38:
        return Qt::Key_A;
    case 39:
        return Qt::Key_S;
    case 40:
        return Qt::Key_D;
    default:
        break;
    }
#endif
    return event.nativeScanCode() == 0 ? event.key() : 0;
}

} // namespace

TimelineWidget::TimelineWidget(TraceDocument* document, TimelineViewport* viewport, LaneList* lanes,
                               SpanSelection* selection, AreaSelection* areas, QWidget* parent)
    : QWidget(parent), m_document(*document), m_viewport(*viewport), m_laneList(*lanes),
      m_selection(*selection), m_areas(*areas), m_state(new TimelineState(*document, *viewport, this)),
      m_editor(new WindowEditor(*m_state, this)), m_overview(new OverviewBar(*m_state, this)),
      m_ruler(new TimeRuler(*m_state, this)), m_stability(new StabilityStrip(*m_state, this)),
      m_cadence(new CadenceStrip(*m_state, this)),
      m_lanes(new LaneCanvas(*m_state, *lanes, *selection, *areas, this)),
      m_scrollBar(new QScrollBar(Qt::Vertical, this)),
      m_tools(new TimelineTools(*m_state, *selection, *m_ruler, *this)),
      m_mouse(new TimelineMouse(*m_state, *m_editor, m_tools->tape(), *m_ruler,
                                std::vector<TimelineRow*>{m_stability, m_cadence}, *m_lanes, this)),
      m_overviewMouse(new OverviewMouse(*m_state, *m_editor, *m_overview, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    m_scrollBar->setAccessibleName(tr("Scroll lanes"));

    connect(m_mouse, &TimelineMouse::cursorMoved, this, &TimelineWidget::cursorMoved);
    connect(m_mouse, &TimelineMouse::stepChosen, this, &TimelineWidget::showStepAt);
    connect(m_mouse, &TimelineMouse::spanChosen, this, &TimelineWidget::fitSpan);
    connect(m_mouse, &TimelineMouse::markerChosen, m_tools, &TimelineTools::editNoteAt);
    connect(m_mouse, &TimelineMouse::stepClicked, m_tools, &TimelineTools::selectStepAt);
    connect(m_tools, &TimelineTools::spanRequested, this, &TimelineWidget::showSpan);
    connect(selection, &SpanSelection::changed, this, &TimelineWidget::showSelectedStep);
    connect(m_lanes, &LaneCanvas::layoutChanged, this, &TimelineWidget::updateScrollBar);
    connect(m_lanes, &LaneCanvas::gapClicked, this, &TimelineWidget::gapClicked);
    connect(lanes, &LaneList::changed, this, &TimelineWidget::updateHeights);
    connect(m_scrollBar, &QScrollBar::valueChanged, m_lanes, &LaneCanvas::setScrollOffset);
    connect(m_lanes, &LaneCanvas::scrolled, m_scrollBar, &QScrollBar::setValue);
    connect(document, &TraceDocument::indexChanged, this, &TimelineWidget::startOver);
    updateLabelWidth();
    startOver();
}

TimelineWidget::~TimelineWidget()
{
    // A row still sends events while it goes: those who listen go before it, what it shows after it. Qt
    // would delete children by age.
    delete m_mouse;
    delete m_overviewMouse;
    delete m_tools;
    for (QWidget* row : std::initializer_list<QWidget*>{m_overview, m_ruler, m_stability, m_cadence, m_lanes})
        delete row;
}

void TimelineWidget::startOver()
{
    m_state->setCursor(std::nullopt);
    m_state->setHoveredStep(std::nullopt);
    m_state->setFocusedEdge(WindowGrip::None);
    if (const auto& index = m_document.index())
        m_viewport.reset(index->trace().extent(), firstView(*index));
    updateLabelWidth();
    updateHeights();
    emit cursorMoved({});
}

void TimelineWidget::updateHeights()
{
    // More height than the lanes can use would only be empty.
    const auto& lanes = m_laneList.lanes();
    setMaximumHeight(lanes.empty() ? QWIDGETSIZE_MAX : TimelineRows::headHeight + LaneLayout::tallest(lanes));
    updateScrollBar();
    updateGeometry();
}

void TimelineWidget::updateLabelWidth()
{
    QStringList devices;
    if (const auto& index = m_document.index()) {
        for (std::size_t device = 0; device < index->devices().size(); ++device)
            devices += displaytext::deviceName(index->trace(), DeviceId(device));
    }
    m_state->setLabelWidth(TimelineRows::labelWidth(font(), devices));
}

void TimelineWidget::resizeEvent(QResizeEvent*)
{
    int y = 0;
    const auto place = [&](QWidget* row, int rowHeight) {
        row->setGeometry(0, y, width(), rowHeight);
        y += rowHeight;
    };
    place(m_overview, TimelineRows::overviewHeight);
    place(m_ruler, TimelineRows::rulerHeight);
    place(m_stability, TimelineRows::stabilityHeight);
    place(m_cadence, TimelineRows::cadenceHeight);
    place(m_lanes, std::max(0, height() - TimelineRows::headHeight));
    const int barWidth = TimelineState::rightMargin - 4;
    m_scrollBar->setGeometry(width() - barWidth, TimelineRows::headHeight, barWidth, m_lanes->height());
    m_scrollBar->raise();
    updateScrollBar();
}

void TimelineWidget::updateScrollBar()
{
    const int beyond = std::max(0, m_lanes->contentHeight() - m_lanes->height());
    m_scrollBar->setRange(0, beyond);
    m_scrollBar->setPageStep(std::max(1, m_lanes->height()));
    m_scrollBar->setSingleStep(scrollStep);
    m_scrollBar->setVisible(beyond > 0);
    m_lanes->setScrollOffset(m_scrollBar->value());
}

QRect TimelineWidget::overviewRect() const
{
    return m_overview->timeRect().translated(m_overview->pos());
}

QRect TimelineWidget::rulerRect() const
{
    return m_ruler->timeRect().translated(m_ruler->pos());
}

QRect TimelineWidget::stabilityRect() const
{
    return m_stability->timeRect().translated(m_stability->pos());
}

QRect TimelineWidget::cadenceRect() const
{
    return m_cadence->timeRect().translated(m_cadence->pos());
}

QRect TimelineWidget::lanesRect() const
{
    const QRect area = m_lanes->timeRect().translated(m_lanes->pos());
    const int content = m_lanes->contentHeight();
    const int used = content > 0 ? std::min(area.height(), content) : area.height();
    return {area.left(), area.top(), area.width(), used};
}

QRect TimelineWidget::laneRect(DeviceId device) const
{
    return m_lanes->barRect(device).translated(m_lanes->pos());
}

QRect TimelineWidget::spanRect(const SpanRef& span) const
{
    const QRectF drawn = m_lanes->spanRect(span);
    return drawn.isEmpty() ? QRect() : drawn.toAlignedRect().translated(m_lanes->pos());
}

QRect TimelineWidget::areaRect() const
{
    QRectF all;
    for (const QRectF& part : m_lanes->areaOutline().parts)
        all |= part;
    return all.isEmpty() ? QRect() : all.toAlignedRect().translated(m_lanes->pos());
}

int TimelineWidget::xOf(TimePoint time) const
{
    return qRound(m_ruler->axis().xOf(time));
}

TimePoint TimelineWidget::timeAtX(int x) const
{
    return m_ruler->axis().timeAt(x);
}

int TimelineWidget::overviewXOf(TimePoint time) const
{
    return qRound(m_overview->axis().xOf(time));
}

std::uint64_t TimelineWidget::shownSnapshot() const
{
    return m_cadence->shownSnapshot();
}

CadenceStatistics TimelineWidget::shownCadence() const
{
    return m_cadence->shownCadence();
}

std::optional<QRect> TimelineWidget::litStepRect() const
{
    const QRectF strip = m_cadence->litStepRect().translated(m_cadence->pos());
    const QRectF lanes = m_lanes->litStepRect().translated(m_lanes->pos());
    if (strip.isEmpty() || lanes.isEmpty())
        return std::nullopt;
    return strip.united(lanes).toAlignedRect();
}

bool TimelineWidget::isDragging() const
{
    return m_mouse->isDragging() || m_overviewMouse->isDragging();
}

void TimelineWidget::setPixelRatio(double ratio)
{
    m_state->setPixelRatio(ratio);
}

QSize TimelineWidget::sizeHint() const
{
    const auto& lanes = m_laneList.lanes();
    return {900, TimelineRows::headHeight +
                     (lanes.empty() ? LaneLayout::lowestHead : LaneLayout::preferred(lanes))};
}

QSize TimelineWidget::minimumSizeHint() const
{
    return {m_state->labelWidth() + 240, TimelineRows::headHeight + LaneLayout::lowestHead};
}

void TimelineWidget::zoom(double factor)
{
    const TimeRange view = m_viewport.view();
    m_viewport.zoomAt(m_state->cursor().value_or(view.begin + view.duration() / 2), factor);
}

void TimelineWidget::zoomIn()
{
    zoom(zoomStep);
}

void TimelineWidget::zoomOut()
{
    zoom(1.0 / zoomStep);
}

void TimelineWidget::panLeft()
{
    m_viewport.pan(-panStep);
}

void TimelineWidget::panRight()
{
    m_viewport.pan(panStep);
}

void TimelineWidget::scrollUp()
{
    m_lanes->setScrollOffset(m_lanes->scrollOffset() - scrollStep);
}

void TimelineWidget::scrollDown()
{
    m_lanes->setScrollOffset(m_lanes->scrollOffset() + scrollStep);
}

void TimelineWidget::togglePinned()
{
    if (!m_document.isOpen())
        return;
    QString group = QStringLiteral("device:%1").arg(m_document.reference().value());
    if (const QString selected = m_laneList.groupOf(m_selection.current()); !selected.isEmpty())
        group = selected;
    const QPoint mouse = m_lanes->mapFromGlobal(QCursor::pos());
    if (const Lane* const lane = m_lanes->underMouse() ? m_lanes->laneAt(mouse.y()) : nullptr)
        group = lane->group;
    m_laneList.togglePinned(group);
}

void TimelineWidget::focusView()
{
    if (!m_document.isOpen())
        return;
    const TimeRange before = m_viewport.view();
    if (!m_selection.current().isNone())
        showRange(spanRange(*m_document.index(), m_selection.current()));
    if (m_viewport.view() == before)
        fitWindow();
}

void TimelineWidget::fitWindow()
{
    if (!m_document.isOpen())
        return;
    const TimeRange before = m_viewport.view();
    const TimeRange window = m_document.window();
    const Duration air(static_cast<std::int64_t>(static_cast<double>(window.duration().count()) * fitAir));
    m_viewport.setView({window.begin - air, window.end + air});
    if (m_viewport.view() == before)
        showAll();
}

void TimelineWidget::showAll()
{
    if (m_document.isOpen())
        m_viewport.showAll();
}

void TimelineWidget::startWindowAtCursor()
{
    if (m_document.isOpen())
        m_editor->setEdge(WindowGrip::Begin, m_state->pointer(),
                          m_ruler->axis().lengthOf(TimelineMouse::snapPixels));
}

void TimelineWidget::endWindowAtCursor()
{
    if (m_document.isOpen())
        m_editor->setEdge(WindowGrip::End, m_state->pointer(),
                          m_ruler->axis().lengthOf(TimelineMouse::snapPixels));
}

void TimelineWidget::toggleStepAtCursor()
{
    if (!m_document.isOpen())
        return;
    const Duration reach = m_ruler->axis().lengthOf(TimelineMouse::snapPixels);
    m_document.drawSteps(
        toggledBoundary(*m_document.index(), m_document.reference(), m_state->pointer(), reach));
}

void TimelineWidget::automaticWindow()
{
    if (m_document.isOpen())
        m_document.setAutomaticWindow();
}

void TimelineWidget::showStepAt(TimePoint time)
{
    const StepIndex* steps = m_state->steps();
    if (steps == nullptr)
        return;
    const auto step = stepIndexAt(*steps, time);
    if (!step)
        return;
    const TimeRange range = steps->steps[*step].range;
    const Duration air = range.duration() / 20;
    m_viewport.setView({range.begin - air, range.end + air});
}

void TimelineWidget::showRange(TimeRange range)
{
    if (!m_document.isOpen())
        return;
    const Duration air = std::max(Duration(1), range.duration() / 10);
    m_viewport.setView({range.begin - air, range.end + air});
}

void TimelineWidget::showGap(TimeRange gap)
{
    if (!m_document.isOpen())
        return;
    const Duration air = std::max(TimelineViewport::narrowest, gap.duration() / gapAir);
    m_viewport.setView({gap.begin - air, gap.end + air});
    const auto& lanes = m_laneList.lanes();
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        if (lanes[lane].kind == LaneKind::DeviceBusy && lanes[lane].device == m_document.reference())
            m_lanes->scrollTo(lane);
    }
}

void TimelineWidget::setMarkedGap(const std::optional<MarkedGap>& gap)
{
    m_lanes->setMarkedGap(gap);
}

void TimelineWidget::setLitBands(const std::optional<BandRange>& bands)
{
    m_lanes->setLitBands(bands);
}

const std::vector<ColumnRun>& TimelineWidget::litColumns() const
{
    return m_lanes->litColumns();
}

QRect TimelineWidget::markedGapRect() const
{
    return m_lanes->markedGapOutline().toAlignedRect().translated(m_lanes->pos());
}

std::optional<QLineF> TimelineWidget::markedGapArrow() const
{
    const auto arrow = m_lanes->markedGapArrow();
    return arrow ? std::optional(arrow->translated(m_lanes->pos())) : std::nullopt;
}

void TimelineWidget::fitSpan(const SpanRef& span)
{
    m_selection.select(span);
    showRange(spanRange(*m_document.index(), span));
}

void TimelineWidget::showSelectedStep()
{
    const SpanRef& span = m_selection.current();
    if (span.kind == SpanRef::Kind::Step && m_document.isOpen())
        m_state->setSelectedStep(spanRange(*m_document.index(), span));
    else
        m_state->setSelectedStep(std::nullopt);
}

void TimelineWidget::showSpan(const SpanRef& span)
{
    if (!m_document.isOpen() || span.isNone())
        return;
    m_selection.select(span);
    const QString group = m_laneList.groupOf(span);
    if (!group.isEmpty())
        m_laneList.setExpanded(group, true);
    m_laneList.finishPacking();
    if (const auto place = m_laneList.placeOf(span))
        m_lanes->scrollTo(place->lane);
    const TimeRange range = spanRange(*m_document.index(), span);
    const TimeRange view = m_viewport.view();
    const bool isTooNarrow = m_ruler->axis().pixelsOf(range.duration()) < narrowestShown;
    if (isTooNarrow) // so wide that it is told apart, with its neighbours around it
        showRange({range.begin - range.duration() * 10, range.end + range.duration() * 10});
    else if (!view.contains(range) && range.duration() + range.duration() / 4 < view.duration())
        m_viewport.centreOn(range.begin + range.duration() / 2); // the zoom stays
    else if (!view.contains(range))
        showRange(range);
}

void TimelineWidget::showLane(const Lane& lane)
{
    m_laneList.setExpanded(lane.group, true);
    m_laneList.finishPacking();
    const auto& lanes = m_laneList.lanes();
    const auto found = std::find_if(lanes.begin(), lanes.end(), [&lane](const Lane& other) {
        return other.kind == lane.kind && other.group == lane.group && other.title == lane.title &&
               other.device == lane.device && other.stream == lane.stream && other.thread == lane.thread;
    });
    if (found != lanes.end())
        m_lanes->scrollTo(static_cast<std::size_t>(found - lanes.begin()));
}

void TimelineWidget::showArea(const AreaRef& area)
{
    if (!m_document.isOpen() || area.isNone())
        return;
    m_areas.select(area);
    if (!m_viewport.view().contains(area.range))
        showRange(area.range);
    setFocus(Qt::OtherFocusReason);
}

void TimelineWidget::selectView()
{
    selectRange(m_viewport.view());
}

void TimelineWidget::selectWindow()
{
    selectRange(m_document.window());
}

void TimelineWidget::selectRange(TimeRange range)
{
    if (!m_document.isOpen())
        return;
    const std::vector<Lane>& lanes = m_laneList.lanes();
    m_areas.select(AreaRef::of(lanes, 0, lanes.size(), range));
    setFocus(Qt::OtherFocusReason); // so that Esc takes it back
}

void TimelineWidget::cancelDrag()
{
    m_mouse->cancel();
    m_overviewMouse->cancel();
}

void TimelineWidget::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateLabelWidth();
    QWidget::changeEvent(event);
}

bool TimelineWidget::event(QEvent* event)
{
    // While a drag can be undone, Esc means that, whatever the window would do with it.
    if (event->type() == QEvent::ShortcutOverride && isDragging() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void TimelineWidget::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isDragging()) {
        cancelDrag();
    } else if (event->key() == Qt::Key_Escape && m_state->tape()) {
        m_tools->tape().clear();
    } else if (event->key() == Qt::Key_Escape && m_state->focusedEdge() != WindowGrip::None) {
        m_state->setFocusedEdge(WindowGrip::None);
    } else if (event->key() == Qt::Key_Escape && !m_selection.current().isNone()) {
        m_selection.clear();
    } else if (event->key() == Qt::Key_Escape && !m_areas.current().isNone()) {
        m_areas.clear();
    } else if (event->key() == Qt::Key_Escape && m_lanes->markedGap()) {
        emit gapDismissed();
    } else if (event->key() == Qt::Key_Escape && m_lanes->litBands()) {
        emit litBandsDismissed();
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        m_mouse->setSpaceHeld(true);
    } else if (!pressArrow(*event) && !pressLetter(*event)) {
        QWidget::keyPressEvent(event);
    }
}

bool TimelineWidget::pressArrow(const QKeyEvent& event)
{
    const bool isPlain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (!isPlain)
        return false;
    const bool isSideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    if (isSideways) {
        const int direction = event.key() == Qt::Key_Right ? 1 : -1;
        if (m_state->focusedEdge() != WindowGrip::None)
            m_editor->nudge(m_state->focusedEdge(), direction, m_ruler->axis().lengthOf(1.0),
                            !event.modifiers().testFlag(Qt::ShiftModifier));
        else
            m_viewport.pan(direction * panStep);
        return true;
    }
    if (event.key() == Qt::Key_Up || event.key() == Qt::Key_Down) {
        event.key() == Qt::Key_Down ? scrollDown() : scrollUp();
        return true;
    }
    return false;
}

bool TimelineWidget::pressLetter(const QKeyEvent& event)
{
    if (event.modifiers() != Qt::NoModifier)
        return false;
    switch (keyAtPosition(event)) {
    case Qt::Key_W:
        zoomIn();
        return true;
    case Qt::Key_S:
        zoomOut();
        return true;
    case Qt::Key_A:
        panLeft();
        return true;
    case Qt::Key_D:
        panRight();
        return true;
    default:
        return false;
    }
}

void TimelineWidget::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_mouse->setSpaceHeld(false);
    else
        QWidget::keyReleaseEvent(event);
}

void TimelineWidget::focusInEvent(QFocusEvent* event)
{
    const Qt::FocusReason reason = event->reason();
    m_state->setShowsFocus(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                           reason == Qt::ShortcutFocusReason);
}

void TimelineWidget::focusOutEvent(QFocusEvent*)
{
    m_mouse->setSpaceHeld(false);
    m_state->setShowsFocus(false);
}

} // namespace stepscope
