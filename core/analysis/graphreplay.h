#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <vector>

namespace stepscope {

/// One replay of a CUDA graph on one device: a GRAPH_TRACE record, or the span from the first begin to the
/// last end of the kernels and copies that share the correlation of one graph launch (formats.md §1.6, §2.6).
struct GraphReplay {
    TimeRange span;
    CallId launch;              ///< invalid when the launch call is not in the file
    std::uint32_t graph = 0;    ///< which graph: dense from 0, the same for replays of one graph
    std::uint32_t nodes = 0;    ///< recorded operations; 0 for a GRAPH_TRACE record
    std::uint32_t firstRow = 0; ///< the earliest row of the replay in the device's ActivityTable
};

/// All replays of a device sorted by begin. Which graph: the file's graph id; where it has none, node count
/// and the first operation's name (definitions.md §4 G). `rowReplay` (optional) receives for each row of the
/// table the index of its replay or `notInGraph`. O(n log n).
inline constexpr std::uint32_t notInGraph = 0xffffffffU;
std::vector<GraphReplay> findReplays(const Trace& trace, const ActivityTable& work,
                                     std::vector<std::uint32_t>* rowReplay = nullptr);

} // namespace stepscope
