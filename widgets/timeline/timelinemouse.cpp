#include "widgets/timeline/timelinemouse.h"

#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/steptext.h"
#include "widgets/timeline/tapeeditor.h"
#include "widgets/timeline/timeruler.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double dragThreshold = 4.0; // a click that trembles is still a click
constexpr double zoomPerNotch = 0.8;
constexpr double panPerNotch = 0.12;
constexpr double scrollPerNotch = 48.0; // logical pixels

} // namespace

TimelineMouse::TimelineMouse(TimelineState& state, WindowEditor& editor, TapeEditor& tape, TimeRuler& ruler,
                             const std::vector<TimelineRow*>& strips, LaneCanvas& lanes, QObject* parent)
    : QObject(parent), m_state(state), m_editor(editor), m_tape(tape), m_ruler(ruler), m_lanes(lanes),
      m_rows(strips)
{
    m_rows.push_back(&ruler);
    m_rows.push_back(&lanes);
    for (TimelineRow* row : m_rows)
        row->installEventFilter(this);
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] {
        m_mode = Mode::None;
        m_state.setRubberBand(std::nullopt);
    });
    // The view moves under a resting mouse, too: what is under it is then another time.
    connect(&state.viewport(), &TimelineViewport::viewChanged, this, [this] {
        if (m_row != nullptr && m_state.cursor())
            readOut(*m_row, m_at);
    });
}

void TimelineMouse::setSpaceHeld(bool held)
{
    m_isSpaceHeld = held;
    for (TimelineRow* row : m_rows) {
        if (m_mode == Mode::None)
            row->setCursor(held ? Qt::OpenHandCursor : Qt::ArrowCursor);
    }
}

void TimelineMouse::cancel()
{
    switch (m_mode) {
    case Mode::Window:
        m_editor.cancel();
        break;
    case Mode::Pan:
        m_state.viewport().setView(m_pressView);
        break;
    case Mode::Tape:
        m_state.setTape(m_pressTape);
        break;
    case Mode::Area:
        m_lanes.cancelArea();
        break;
    case Mode::Zoom:
    case Mode::Press:
    case Mode::None:
        break;
    }
    m_state.setRubberBand(std::nullopt);
    m_mode = Mode::None;
}

bool TimelineMouse::eventFilter(QObject* watched, QEvent* event)
{
    auto* row = static_cast<TimelineRow*>(watched);
    if (!m_state.document().isOpen())
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        return press(*row, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        move(*row, *static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonRelease:
        return release(*row, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick: {
        const auto& click = *static_cast<QMouseEvent*>(event);
        if (click.button() == Qt::LeftButton)
            doubleClick(*row, click.position());
        return true;
    }
    case QEvent::Wheel:
        return wheel(*row, *static_cast<QWheelEvent*>(event));
    case QEvent::Leave:
        m_row = nullptr;
        if (m_mode == Mode::None) {
            m_state.setCursor(std::nullopt);
            m_state.setHoveredStep(std::nullopt);
            emit cursorMoved({});
        }
        return false;
    default:
        return false;
    }
}

WindowGrip TimelineMouse::gripAt(const TimelineRow& row, QPointF at) const
{
    const TimeAxis axis = row.axis();
    const TimeRange window = m_state.document().window();
    const WindowGrip edge = edgeNear(at.x(), axis.xOf(window.begin), axis.xOf(window.end), gripPixels);
    if (edge != WindowGrip::None)
        return edge;
    const QRectF bar = m_ruler.windowBar();
    const bool onBar = &row == &m_ruler && bar.adjusted(0, -3, 0, 0).contains(at);
    return onBar ? WindowGrip::Middle : WindowGrip::None;
}

Duration TimelineMouse::snapReach(const TimelineRow& row, Qt::KeyboardModifiers modifiers) const
{
    return modifiers.testFlag(Qt::AltModifier) ? Duration::zero() : row.axis().lengthOf(snapPixels);
}

bool TimelineMouse::press(TimelineRow& row, const QMouseEvent& event)
{
    if (m_mode != Mode::None)
        return true;
    const QPointF at = event.position();
    m_pressX = at.x();
    m_pressTime = row.axis().timeAt(at.x());
    m_pressView = m_state.viewport().view();
    const bool pans =
        event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && m_isSpaceHeld);
    if (pans) {
        m_mode = Mode::Pan;
        row.setCursor(Qt::ClosedHandCursor);
        return true;
    }
    if (event.button() != Qt::LeftButton)
        return false;
    if (at.x() < row.timeRect().left()) {
        if (&row == &m_lanes)
            m_lanes.pressLabel(at.toPoint());
        return true;
    }
    if (m_tape.isOpen()) {
        m_mode = Mode::Tape;
        m_pressTape = m_state.tape();
        return true;
    }
    if (event.modifiers().testFlag(Qt::ControlModifier)) {
        m_mode = Mode::Zoom;
        return true;
    }
    if (event.modifiers().testFlag(Qt::ShiftModifier) && &row == &m_lanes) {
        m_mode = Mode::Area;
        m_pressHeight = m_lanes.contentAt(static_cast<int>(at.y()));
        m_isDrawing = false;
        return true;
    }
    const WindowGrip grip = gripAt(row, at);
    m_state.setFocusedEdge(grip == WindowGrip::Middle ? WindowGrip::None : grip);
    if (grip == WindowGrip::None) {
        m_mode = Mode::Press;
        return true;
    }
    m_mode = Mode::Window;
    m_editor.start(grip, m_pressTime);
    row.setCursor(grip == WindowGrip::Middle ? Qt::ClosedHandCursor : Qt::SizeHorCursor);
    return true;
}

void TimelineMouse::drawArea(QPointF at)
{
    if (at.y() < 0.0)
        m_lanes.setScrollOffset(m_lanes.scrollOffset() - static_cast<int>(scrollPerNotch));
    else if (at.y() >= m_lanes.height())
        m_lanes.setScrollOffset(m_lanes.scrollOffset() + static_cast<int>(scrollPerNotch));
    const TimeAxis axis = m_lanes.axis();
    const TimePoint time = axis.timeAt(std::clamp(at.x(), double(axis.left), double(axis.right())));
    const int height = std::clamp(static_cast<int>(at.y()), 0, std::max(0, m_lanes.height() - 1));
    m_lanes.drawArea({std::min(m_pressTime, time), std::max(m_pressTime, time)}, m_pressHeight,
                     m_lanes.contentAt(height));
}

void TimelineMouse::doubleClick(const TimelineRow& row, QPointF at)
{
    const bool onLanes = &row == &m_lanes;
    if (&row == &m_ruler) {
        if (const std::optional<Marker> marker = m_ruler.markerAt(at)) {
            emit markerChosen(marker->time);
            return;
        }
    }
    if (!row.timeRect().contains(at.toPoint())) {
        if (onLanes && at.x() < row.timeRect().left())
            m_lanes.pressLabel(at.toPoint()); // two quick clicks are two clicks
        return;
    }
    const SpanRef span = onLanes ? m_lanes.spanAt(at) : SpanRef();
    if (span.isNone())
        emit stepChosen(row.axis().timeAt(at.x()));
    else
        emit spanChosen(span);
}

void TimelineMouse::move(TimelineRow& row, const QMouseEvent& event)
{
    const QPointF at = event.position();
    const TimeAxis axis = row.axis();
    const TimePoint time = axis.timeAt(at.x());
    switch (m_mode) {
    case Mode::None:
        updateShape(row, at, event.modifiers());
        m_tape.moveTo(tapeTime(row, at, event.modifiers()));
        break;
    case Mode::Tape:
        if (std::abs(at.x() - m_pressX) >= dragThreshold && m_state.tape() == m_pressTape)
            m_tape.startDrag(tapeTime(row, QPointF(m_pressX, at.y()), event.modifiers()));
        m_tape.moveTo(tapeTime(row, at, event.modifiers()));
        break;
    case Mode::Press:
        if (std::abs(at.x() - m_pressX) < dragThreshold)
            break;
        m_mode = Mode::Window;
        m_editor.start(WindowGrip::New, m_pressTime);
        m_editor.moveTo(time, snapReach(row, event.modifiers()));
        break;
    case Mode::Window:
        m_editor.moveTo(time, snapReach(row, event.modifiers()));
        break;
    case Mode::Pan: {
        const TimeAxis pressed{m_pressView, axis.left, axis.width};
        const Duration shift = pressed.lengthOf(m_pressX - at.x());
        m_state.viewport().setView({m_pressView.begin + shift, m_pressView.end + shift});
        break;
    }
    case Mode::Zoom:
        m_state.setRubberBand(TimeRange{std::min(m_pressTime, time), std::max(m_pressTime, time)});
        break;
    case Mode::Area:
        m_isDrawing = m_isDrawing || std::abs(at.x() - m_pressX) >= dragThreshold;
        if (m_isDrawing)
            drawArea(at);
        break;
    }
    readOut(row, at);
}

bool TimelineMouse::release(TimelineRow& row, const QMouseEvent& event)
{
    const bool isPanButton = event.button() == Qt::MiddleButton || event.button() == Qt::LeftButton;
    if (m_mode == Mode::None || !isPanButton)
        return false;
    const Mode mode = m_mode;
    m_mode = Mode::None;
    if (mode == Mode::Area && m_isDrawing) {
        drawArea(event.position());
        m_lanes.finishArea();
    } else if (mode == Mode::Press || mode == Mode::Area) {
        click(row, event.position());
    } else if (mode == Mode::Tape) {
        m_tape.end(tapeTime(row, event.position(), event.modifiers()));
    } else if (mode == Mode::Window) {
        m_editor.moveTo(row.axis().timeAt(event.position().x()), snapReach(row, event.modifiers()));
        m_editor.finish();
    } else if (mode == Mode::Zoom) {
        if (const auto band = m_state.rubberBand();
            band && std::abs(event.position().x() - m_pressX) >= dragThreshold)
            m_state.viewport().setView(*band);
        m_state.setRubberBand(std::nullopt);
    }
    updateShape(row, event.position(), event.modifiers());
    return true;
}

void TimelineMouse::click(const TimelineRow& row, QPointF at)
{
    if (&row == &m_lanes)
        m_lanes.selectAt(at);
    else if (&row != &m_ruler)
        emit stepClicked(row.axis().timeAt(at.x()));
}

TimePoint TimelineMouse::tapeTime(const TimelineRow& row, QPointF at, Qt::KeyboardModifiers modifiers) const
{
    const TimePoint time = row.axis().timeAt(at.x());
    if (modifiers.testFlag(Qt::AltModifier))
        return time;
    if (const auto edge = &row == &m_lanes ? m_lanes.edgeNear(at, snapPixels) : std::nullopt)
        return *edge;
    return m_state.document().snapped(time, row.axis().lengthOf(snapPixels));
}

bool TimelineMouse::wheel(TimelineRow& row, const QWheelEvent& event)
{
    const QPoint delta = event.angleDelta();
    const bool isHorizontal = std::abs(delta.x()) > std::abs(delta.y());
    const double notches = (isHorizontal ? delta.x() : delta.y()) / 120.0;
    if (notches == 0.0)
        return true;
    const bool zooms = event.modifiers().testFlag(Qt::ControlModifier);
    const bool pans = event.modifiers().testFlag(Qt::ShiftModifier) || isHorizontal;
    const bool scrolls = &row == &m_lanes && m_lanes.contentHeight() > m_lanes.height();
    if (pans && !zooms) {
        m_state.viewport().pan(-notches * panPerNotch);
    } else if (!zooms && scrolls) {
        m_lanes.setScrollOffset(m_lanes.scrollOffset() -
                                static_cast<int>(std::lround(notches * scrollPerNotch)));
    } else {
        // Where nothing can be scrolled, the wheel alone zooms.
        m_state.viewport().zoomAt(row.axis().timeAt(event.position().x()), std::pow(zoomPerNotch, notches));
    }
    readOut(row, event.position());
    return true;
}

void TimelineMouse::updateShape(TimelineRow& row, QPointF at, Qt::KeyboardModifiers modifiers) const
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (m_isSpaceHeld) {
        shape = Qt::OpenHandCursor;
    } else if (row.timeRect().contains(at.toPoint())) {
        const WindowGrip grip = gripAt(row, at);
        if (modifiers.testFlag(Qt::ControlModifier) || m_tape.isOpen() ||
            (modifiers.testFlag(Qt::ShiftModifier) && &row == &m_lanes))
            shape = Qt::CrossCursor;
        else if (grip == WindowGrip::Begin || grip == WindowGrip::End)
            shape = Qt::SizeHorCursor;
        else if (grip == WindowGrip::Middle)
            shape = Qt::OpenHandCursor;
    } else if (&row == &m_lanes && at.x() < row.timeRect().left()) {
        const Lane* const lane = m_lanes.laneAt(static_cast<int>(at.y()));
        const bool choosesDevice =
            lane != nullptr && lane->device.isValid() && m_state.document().index()->devices().size() > 1;
        if (lane != nullptr && (lane->isHead() || choosesDevice))
            shape = Qt::PointingHandCursor;
    }
    if (row.cursor().shape() != shape)
        row.setCursor(shape);
}

void TimelineMouse::readOut(TimelineRow& row, QPointF at)
{
    m_row = &row;
    m_at = at;
    m_state.setHoveredStep(m_mode == Mode::None ? row.stepMeantAt(at) : std::nullopt);
    const TimeAxis axis = row.axis();
    if (at.x() < axis.left || at.x() >= axis.right()) {
        m_state.setCursor(std::nullopt);
        emit cursorMoved({});
        return;
    }
    const TimePoint time = axis.timeAt(at.x());
    m_state.setCursor(time);
    if (m_state.steps() == nullptr)
        return;
    const DeviceId reference = m_state.document().reference();
    const std::optional<DeviceId> lane =
        &row == &m_lanes ? m_lanes.deviceAt(static_cast<int>(at.y())) : std::nullopt;
    if (const QString torn = &row == &m_lanes ? m_lanes.tornTextAt(at) : QString(); !torn.isEmpty()) {
        emit cursorMoved(torn);
        return;
    }
    emit cursorMoved(cursorText(*m_state.document().index(), reference, lane.value_or(reference), time,
                                m_state.reading().text(time, m_ruler.cursorResolution())));
}

} // namespace stepscope
