#pragma once

#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/spandetails.h"

#include <QString>

#include <vector>

namespace stepscope {

/// What is known of the navigator's current gap besides its owners; there must be one.

/// Place, the operations on both sides, launch and blocking call, whether the next operation was queued.
std::vector<SpanDetail> gapFacts(const GapNavigator& navigator);
/// What the launching thread spent its time on before the launch, the longest first: time and name.
std::vector<SpanDetail> gapSelfTimes(const GapNavigator& navigator, std::size_t most);
/// "3 of 1,107 by size · gap 2 of 5 in step 205 · 4.83 ms", while bands are chosen "gap 3 of 214 between
/// 1.21 ms and 3.83 ms · …". O(gaps in the window) at most.
QString gapPosition(const GapNavigator& navigator);

} // namespace stepscope
