#pragma once

#include "core/base/time.h"

#include <functional>

namespace stepscope {

/// What the mouse holds of the steady window.
enum class WindowGrip { None, Begin, End, Middle, New };

/// The edge within `reach` pixels of `x`, the nearer one of two; of two edges in one place the one on the
/// side where `x` is, so that a window closed to a line can be opened again. None when neither is near.
WindowGrip edgeNear(double x, double beginX, double endX, double reach);

/// The drag of a window or of one of its parts, from press to release. Knows times only, no pixels.
class WindowDrag {
public:
    /// Maps a time to the boundary it sticks to, or to itself.
    using Snap = std::function<TimePoint(TimePoint)>;

    /// `window` is the one to go back to; `limits` is what no drag leaves.
    void start(WindowGrip grip, TimePoint at, TimeRange window, TimeRange limits);
    bool isActive() const { return m_grip != WindowGrip::None; }
    WindowGrip grip() const { return m_grip; }
    TimeRange original() const { return m_original; }

    /// The window for the mouse at `at`. An edge dragged past the other one turns the window round; the
    /// middle keeps the length, and its begin is what snaps. Empty while a new window has no length yet.
    TimeRange windowAt(TimePoint at, const Snap& snap) const;

    void finish() { m_grip = WindowGrip::None; }

private:
    TimePoint clamped(TimePoint time) const;

    WindowGrip m_grip = WindowGrip::None;
    TimePoint m_pressed{};
    TimeRange m_original;
    TimeRange m_limits;
};

} // namespace stepscope
