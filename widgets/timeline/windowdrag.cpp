#include "widgets/timeline/windowdrag.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

WindowGrip edgeNear(double x, double beginX, double endX, double reach)
{
    const double toBegin = std::abs(x - beginX);
    const double toEnd = std::abs(x - endX);
    if (std::min(toBegin, toEnd) > reach)
        return WindowGrip::None;
    if (toBegin == toEnd)
        return x < beginX ? WindowGrip::Begin : WindowGrip::End;
    return toBegin < toEnd ? WindowGrip::Begin : WindowGrip::End;
}

void WindowDrag::start(WindowGrip grip, TimePoint at, TimeRange window, TimeRange limits)
{
    m_grip = grip;
    m_pressed = at;
    m_original = window;
    m_limits = limits;
}

TimeRange WindowDrag::windowAt(TimePoint at, const Snap& snap) const
{
    const auto between = [](TimePoint a, TimePoint b) { return TimeRange{std::min(a, b), std::max(a, b)}; };
    switch (m_grip) {
    case WindowGrip::Begin:
        return between(clamped(snap(m_original.begin + (at - m_pressed))), m_original.end);
    case WindowGrip::End:
        return between(clamped(snap(m_original.end + (at - m_pressed))), m_original.begin);
    case WindowGrip::New:
        return between(clamped(snap(m_pressed)), clamped(snap(at)));
    case WindowGrip::Middle: {
        const Duration length = m_original.duration();
        const TimePoint last = std::max(m_limits.begin, m_limits.end - length);
        const TimePoint begin = std::clamp(snap(m_original.begin + (at - m_pressed)), m_limits.begin, last);
        return {begin, begin + length};
    }
    case WindowGrip::None:
        break;
    }
    return m_original;
}

TimePoint WindowDrag::clamped(TimePoint time) const
{
    return std::clamp(time, m_limits.begin, std::max(m_limits.begin, m_limits.end));
}

} // namespace stepscope
