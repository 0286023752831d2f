#pragma once

#include "widgets/timeline/timeaxis.h"
#include "widgets/viewmodel/markerlist.h"

#include <QRectF>

#include <functional>
#include <vector>

namespace stepscope {

/// A marker as the ruler shows it.
struct MarkerFlag {
    Marker marker;
    double x = 0.0;
    double noteWidth = 0.0; ///< room for its note, to the right of x; 0 for none
};

/// The markers in view, at most one a pixel. A note gets as much of `textWidth` as there is up to the next
/// flag, the end of the axis or `longestNote`. O(markers in view).
std::vector<MarkerFlag> markerFlags(const std::vector<Marker>& markers, const TimeAxis& axis,
                                    const std::function<double(const QString&)>& textWidth);

inline constexpr double markerFlagWidth = 8.0;
inline constexpr double longestMarkerNote = 220.0; // logical pixels

} // namespace stepscope
