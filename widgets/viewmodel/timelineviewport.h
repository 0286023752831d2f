#pragma once

#include "core/base/time.h"

#include <QObject>

namespace stepscope {

/// Position of a time in `view` drawn over `width` pixels, and back. Free functions so that they are tested
/// without a window; the only place where time becomes a double on the way to the screen.
double toPixel(TimePoint time, TimeRange view, double width);
TimePoint toTime(double pixel, TimeRange view, double width);

/// What is visible: a range inside the trace. Looking is not measuring: this is not the steady window.
class TimelineViewport : public QObject {
    Q_OBJECT

public:
    static constexpr Duration narrowest = Duration(100); // 100 ns over the whole width

    explicit TimelineViewport(QObject* parent = nullptr);

    /// The outermost range, and what is shown at first.
    void reset(TimeRange limits, TimeRange view);
    TimeRange view() const { return m_view; }
    TimeRange limits() const { return m_limits; }

    /// Clamped into the limits, never narrower than `narrowest`.
    void setView(TimeRange view);
    /// `factor` < 1 shows less. The time under the cursor stays where it is.
    void zoomAt(TimePoint anchor, double factor);
    /// `share` of the visible range, to the right when positive.
    void pan(double share);
    /// Same length, `time` in the middle as far as the limits allow.
    void centreOn(TimePoint time);
    void showAll();

signals:
    void viewChanged(stepscope::TimeRange view);

private:
    TimeRange m_limits;
    TimeRange m_view;
};

} // namespace stepscope
