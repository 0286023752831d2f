#include "widgets/timeline/overviewmouse.h"

#include "widgets/timeline/overviewbar.h"
#include "widgets/timeline/timelinemouse.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace stepscope {

namespace {

constexpr double overviewDragThreshold = 4.0;
constexpr double overviewZoomPerNotch = 0.8;

} // namespace

OverviewMouse::OverviewMouse(TimelineState& state, WindowEditor& editor, OverviewBar& bar, QObject* parent)
    : QObject(parent), m_state(state), m_editor(editor), m_bar(bar)
{
    bar.installEventFilter(this);
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] { m_mode = Mode::None; });
}

void OverviewMouse::cancel()
{
    if (m_mode == Mode::Window)
        m_editor.cancel();
    else if (m_mode == Mode::View)
        m_state.viewport().setView(m_pressView);
    m_mode = Mode::None;
}

bool OverviewMouse::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != &m_bar || !m_state.document().isOpen())
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        return press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        move(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent*>(event));
    case QEvent::Wheel: {
        const auto& wheel = *static_cast<QWheelEvent*>(event);
        const TimeRange view = m_state.viewport().view();
        const TimePoint under = m_bar.axis().timeAt(wheel.position().x());
        const TimePoint anchor = view.contains(under) ? under : view.begin + view.duration() / 2;
        m_state.viewport().zoomAt(anchor, std::pow(overviewZoomPerNotch, wheel.angleDelta().y() / 120.0));
        return true;
    }
    default:
        return false;
    }
}

WindowGrip OverviewMouse::edgeAt(QPointF at) const
{
    const QRectF box = m_bar.windowRect();
    return edgeNear(at.x(), box.left(), box.right(), TimelineMouse::gripPixels);
}

Duration OverviewMouse::snapReach(const QMouseEvent& event) const
{
    return event.modifiers().testFlag(Qt::AltModifier) ? Duration::zero()
                                                       : m_bar.axis().lengthOf(TimelineMouse::snapPixels);
}

bool OverviewMouse::press(const QMouseEvent& event)
{
    const QPointF at = event.position();
    if (m_mode != Mode::None)
        return true;
    if (event.button() != Qt::LeftButton || !m_bar.timeRect().contains(at.toPoint()))
        return event.button() == Qt::LeftButton;
    m_pressX = at.x();
    m_pressTime = m_bar.axis().timeAt(at.x());
    m_pressView = m_state.viewport().view();

    const WindowGrip edge = edgeAt(at);
    const bool onThumb = m_bar.thumbRect().contains(at);
    m_state.setFocusedEdge(onThumb ? WindowGrip::None : edge);
    if (onThumb) {
        m_mode = Mode::View;
        m_bar.setCursor(Qt::ClosedHandCursor);
    } else if (edge != WindowGrip::None) {
        m_mode = Mode::Window;
        m_editor.start(edge, m_pressTime);
    } else {
        m_mode = m_bar.windowRect().contains(at) ? Mode::PressInWindow : Mode::PressOutside;
    }
    return true;
}

void OverviewMouse::move(const QMouseEvent& event)
{
    const QPointF at = event.position();
    const TimePoint time = m_bar.axis().timeAt(at.x());
    const bool moved = std::abs(at.x() - m_pressX) >= overviewDragThreshold;
    switch (m_mode) {
    case Mode::None:
        updateShape(at);
        break;
    case Mode::PressInWindow:
        if (!moved)
            break;
        m_mode = Mode::Window;
        m_bar.setCursor(Qt::ClosedHandCursor);
        m_editor.start(WindowGrip::Middle, m_pressTime);
        m_editor.moveTo(time, snapReach(event));
        break;
    case Mode::PressOutside:
        if (!moved)
            break;
        // Outside the box there is nothing to take hold of: the view comes along.
        m_mode = Mode::View;
        m_state.viewport().centreOn(m_pressTime);
        m_pressView = m_state.viewport().view();
        break;
    case Mode::Window:
        m_editor.moveTo(time, snapReach(event));
        break;
    case Mode::View: {
        const Duration shift = time - m_pressTime;
        m_state.viewport().setView({m_pressView.begin + shift, m_pressView.end + shift});
        break;
    }
    }
}

bool OverviewMouse::release(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    const Mode mode = m_mode;
    m_mode = Mode::None;
    const TimePoint time = m_bar.axis().timeAt(event.position().x());
    if (mode == Mode::Window) {
        m_editor.moveTo(time, snapReach(event));
        m_editor.finish();
    } else if (mode == Mode::PressInWindow || mode == Mode::PressOutside) {
        m_state.viewport().centreOn(time);
    }
    updateShape(event.position());
    return true;
}

void OverviewMouse::updateShape(QPointF at) const
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (m_bar.timeRect().contains(at.toPoint())) {
        if (m_bar.thumbRect().contains(at))
            shape = Qt::OpenHandCursor;
        else if (edgeAt(at) != WindowGrip::None)
            shape = Qt::SizeHorCursor;
        else if (m_bar.windowRect().contains(at))
            shape = Qt::OpenHandCursor;
    }
    if (m_bar.cursor().shape() != shape)
        m_bar.setCursor(shape);
}

} // namespace stepscope
