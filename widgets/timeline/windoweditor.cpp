#include "widgets/timeline/windoweditor.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr int frameMilliseconds = 16;

} // namespace

WindowEditor::WindowEditor(TimelineState& state, QObject* parent) : QObject(parent), m_state(state)
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frame.setInterval(frameMilliseconds);
    connect(&m_frame, &QTimer::timeout, this, [this] {
        if (m_isPending) {
            apply();
            m_frame.start();
        }
    });
    // A trace that is replaced under the mouse takes the drag with it.
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] {
        m_isPending = false;
        end();
    });
}

void WindowEditor::start(WindowGrip grip, TimePoint at)
{
    m_isPending = false;
    m_drag.start(grip, at, m_state.document().window(), m_state.viewport().limits());
    m_state.document().setWindowHeld(true);
}

void WindowEditor::moveTo(TimePoint at, Duration reach)
{
    if (!m_drag.isActive())
        return;
    m_at = at;
    m_reach = reach;
    m_isPending = true;
    if (m_frame.isActive())
        return;
    apply();
    m_frame.start();
}

void WindowEditor::finish()
{
    if (!m_drag.isActive())
        return;
    m_frame.stop();
    if (m_isPending)
        apply();
    end();
}

void WindowEditor::cancel()
{
    if (!m_drag.isActive())
        return;
    m_frame.stop();
    m_isPending = false;
    m_state.document().setWindow(m_drag.original());
    end();
}

void WindowEditor::end()
{
    m_drag.finish();
    m_state.document().setWindowHeld(false);
}

void WindowEditor::apply()
{
    m_isPending = false;
    TraceDocument& document = m_state.document();
    const Duration reach = m_reach;
    const bool snaps = reach > Duration::zero() && m_state.steps() != nullptr;
    const TimeRange window =
        m_drag.windowAt(m_at, [&](TimePoint time) { return snaps ? document.snapped(time, reach) : time; });
    if (!window.isEmpty())
        document.setWindow(window);
}

void WindowEditor::nudge(WindowGrip edge, int direction, Duration step, bool toBoundary)
{
    TimeRange window = m_state.document().window();
    TimePoint& moved = edge == WindowGrip::Begin ? window.begin : window.end;
    TimePoint target = moved + step * direction;
    const StepIndex* steps = m_state.steps();
    if (toBoundary && steps != nullptr && !steps->boundaries.empty()) {
        const auto& boundaries = steps->boundaries;
        const auto after = std::upper_bound(boundaries.begin(), boundaries.end(), moved);
        const auto notBefore = std::lower_bound(boundaries.begin(), boundaries.end(), moved);
        if (direction > 0 && after != boundaries.end())
            target = *after;
        else if (direction < 0 && notBefore != boundaries.begin())
            target = *(notBefore - 1);
    }
    moved = target;
    if (!window.isEmpty())
        m_state.document().setWindow(window);
}

void WindowEditor::setEdge(WindowGrip edge, TimePoint at, Duration reach)
{
    TraceDocument& document = m_state.document();
    const TimePoint time = m_state.steps() != nullptr ? document.snapped(at, reach) : at;
    TimeRange window = document.window();
    const Duration length = window.duration();
    if (edge == WindowGrip::Begin)
        window = {time, time < window.end ? window.end : time + length};
    else
        window = {time > window.begin ? window.begin : time - length, time};
    document.setWindow(window);
}

} // namespace stepscope
