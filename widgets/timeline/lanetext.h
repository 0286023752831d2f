#pragma once

#include "widgets/viewmodel/lanelist.h"

namespace stepscope {

/// What stands inside a span where it fits: "graph 12 · 320 nodes", a kernel's short name, a call.
QString textInSpan(const TraceIndex& index, const Lane& lane, std::uint32_t id);

/// "14 operations folded, 3.2 µs together: zoom in to tell them apart".
QString foldedText(const Lane& lane, std::size_t count, Duration covered);

/// "scheduler 1.02 ms, 87 % of this pixel", the longest first, a line each; empty where all is busy.
QString ownersText(const ClassTimes& times, Duration length);

/// What a lane that is no head draws, and by which signs.
QString laneMeaning(const Lane& lane);

} // namespace stepscope
