#pragma once

#include "core/analysis/windowanalysis.h"

#include <QString>

#include <vector>

namespace stepscope {

/// One band of the idle-gap histogram as it is drawn.
struct GapBar {
    std::size_t band = 0;
    Duration lower = Duration::zero();
    Duration upper = Duration::zero();
    std::uint64_t gaps = 0;
    Duration time = Duration::zero();
    double shareOfIdle = 0.0; ///< of all idle time in the window, clipped gaps included
    double shareOfGaps = 0.0;

    friend bool operator==(const GapBar&, const GapBar&) = default;
};

/// From the first to the last band that holds a gap, the empty ones between included; none when there is no
/// whole gap in the window. Pure.
std::vector<GapBar> gapBars(const DeviceWindow& window);

/// What the histogram says in one sentence: "3 gaps a step hold 97 % of all idle time". Empty without gaps.
QString gapHeadline(const DeviceWindow& window);
/// How much idle time lies in gaps that the window cuts and is in no bar. Empty when there is none.
QString clippedIdleNote(const DeviceWindow& window);
/// "1.21 – 3.83 ms", "825 µs – 1.21 ms"; gaps of the second length are not in it.
QString gapLengths(BandRange bands);
/// "1.21 – 3.83 ms: 214 gaps, 61 % of all idle time"
QString chosenGapsText(const DeviceWindow& window, BandRange bands);
/// Band, number of gaps, their time and share, for a tooltip.
QString gapBarText(const GapBar& bar);

} // namespace stepscope
