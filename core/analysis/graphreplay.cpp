#include "core/analysis/graphreplay.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace stepscope {

namespace {

/// Rows of one process that share a correlation: one launch.
struct LaunchKey {
    std::uint32_t process;
    std::int64_t correlation;

    friend bool operator==(const LaunchKey&, const LaunchKey&) = default;
};

struct LaunchKeyHash {
    std::size_t operator()(const LaunchKey& key) const noexcept
    {
        return std::hash<std::int64_t>{}(key.correlation) * 31U + key.process;
    }
};

struct Group {
    GraphReplay replay;
    std::uint32_t rows = 0;
    std::uint32_t fileGraph = 0;
    bool isGraph = false; // proven by a record, a node id or the launch call
};

} // namespace

std::vector<GraphReplay> findReplays(const Trace& trace, const ActivityTable& work,
                                     std::vector<std::uint32_t>* rowReplay)
{
    std::unordered_map<LaunchKey, std::uint32_t, LaunchKeyHash> groupOf;
    std::vector<Group> groups;
    std::vector<std::uint32_t> groupOfRow(rowReplay ? work.size() : 0, notInGraph);
    std::optional<LaunchKey> lastKey; // the rows of a launch mostly follow each other
    std::uint32_t lastGroup = 0;
    for (std::size_t row = 0; row < work.size(); ++row) {
        const bool isRecord = work.kind(row) == ActivityKind::GraphTrace;
        const CallId launch = work.launch(row);
        const bool byLaunch =
            launch.isValid() && trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch;
        const std::uint32_t graph = work.graph(row);
        const bool byNode = graph != 0 || (!byLaunch && work.graphNode(row) != 0);
        // Without its launch call in the file, a correlation that several operations share is a replay.
        const std::int64_t correlation = work.correlation(row);
        const bool maybe = !launch.isValid() && correlation != 0;
        if (!isRecord && !byLaunch && !byNode && !maybe)
            continue;
        std::uint32_t group = static_cast<std::uint32_t>(groups.size());
        if (correlation != 0) {
            const LaunchKey key = {work.process(row).value(), correlation};
            if (key != lastKey)
                lastGroup = groupOf.try_emplace(key, group).first->second;
            lastKey = key;
            group = lastGroup;
        }
        if (group == groups.size())
            groups.emplace_back().replay = {work.range(row), launch, 0, 0, static_cast<std::uint32_t>(row)};
        Group& owner = groups[group];
        owner.replay.span.end = std::max(owner.replay.span.end, work.end(row));
        owner.isGraph = owner.isGraph || isRecord || byLaunch || byNode;
        owner.fileGraph = std::max(owner.fileGraph, graph);
        owner.replay.nodes += isRecord ? 0U : 1U;
        ++owner.rows;
        if (rowReplay)
            groupOfRow[row] = group;
    }

    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> graphOf;
    std::vector<GraphReplay> replays;
    std::vector<std::uint32_t> replayOfGroup(groups.size(), notInGraph);
    for (std::size_t group = 0; group < groups.size(); ++group) { // in order of first begin
        Group& owner = groups[group];
        if (!owner.isGraph && owner.rows < 2)
            continue;
        const auto identity = owner.fileGraph != 0 ? std::tuple(owner.fileGraph, 0U, 0U)
                                                   : std::tuple(0U, owner.replay.nodes,
                                                                work.name(owner.replay.firstRow).value());
        owner.replay.graph =
            graphOf.try_emplace(identity, static_cast<std::uint32_t>(graphOf.size())).first->second;
        replayOfGroup[group] = static_cast<std::uint32_t>(replays.size());
        replays.push_back(owner.replay);
    }
    if (rowReplay) {
        rowReplay->assign(work.size(), notInGraph);
        for (std::size_t row = 0; row < work.size(); ++row) {
            if (groupOfRow[row] != notInGraph)
                (*rowReplay)[row] = replayOfGroup[groupOfRow[row]];
        }
    }
    return replays;
}

} // namespace stepscope
