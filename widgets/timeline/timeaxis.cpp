#include "widgets/timeline/timeaxis.h"

#include "widgets/viewmodel/timelineviewport.h"

#include <cmath>

namespace stepscope {

double TimeAxis::xOf(TimePoint time) const
{
    return left + toPixel(time, range, width);
}

TimePoint TimeAxis::timeAt(double x) const
{
    return toTime(x - left, range, width);
}

Duration TimeAxis::lengthOf(double pixels) const
{
    return toTime(pixels, range, width) - range.begin;
}

double TimeAxis::pixelsOf(Duration length) const
{
    return toPixel(range.begin + length, range, width);
}

double alignedToPixel(double x, qreal devicePixelRatio)
{
    return std::floor(x * devicePixelRatio + 0.5) / devicePixelRatio;
}

} // namespace stepscope
