#pragma once

#include <cstdint>

namespace stepscope {

/// The graph of an activity and its place in it, 0 for none, as Activity holds them.
struct GraphPlace {
    std::uint32_t graph = 0;
    std::uint32_t node = 0;
};

/// CUPTI's node id is (graph id << 32) + place, the place from 0; exports before 3.24 give no graph id beside
/// it. The place is kept from 1 on, so that 0 can mean "not in a graph"; smaller ids are kept as they are.
constexpr GraphPlace graphPlace(std::int64_t graphId, std::int64_t graphNodeId)
{
    const auto node = static_cast<std::uint64_t>(graphNodeId);
    GraphPlace place;
    place.graph = static_cast<std::uint32_t>(graphId != 0 ? static_cast<std::uint64_t>(graphId) : node >> 32);
    place.node = static_cast<std::uint32_t>((node >> 32) != 0 ? (node & 0xffffffffU) + 1 : node);
    return place;
}

} // namespace stepscope
