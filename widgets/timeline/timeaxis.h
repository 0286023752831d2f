#pragma once

#include "core/base/time.h"

#include <QtGlobal>

namespace stepscope {

/// A range of time laid over a stretch of pixels of one widget: the one place where the rows of the
/// timeline turn mouse positions into times and back.
struct TimeAxis {
    TimeRange range;
    int left = 0;  ///< logical pixel of range.begin
    int width = 1; ///< logical pixels

    double xOf(TimePoint time) const;
    /// On whole nanoseconds; positions left and right of the axis give times outside the range.
    TimePoint timeAt(double x) const;
    /// How long `pixels` are.
    Duration lengthOf(double pixels) const;
    double pixelsOf(Duration length) const;
    int right() const { return left + width; }
    friend bool operator==(const TimeAxis&, const TimeAxis&) = default;
};

/// `x` moved to an edge between device pixels, so that a line is as sharp at 1.25 and 2 as at 1.
double alignedToPixel(double x, qreal devicePixelRatio);

} // namespace stepscope
