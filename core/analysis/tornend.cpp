#include "core/analysis/tornend.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stepscope {

namespace {

/// The tables of a database whose rows are what the lane of a device shows.
constexpr std::array<std::string_view, 4> gpuTables = {
    "CUPTI_ACTIVITY_KIND_KERNEL", "CUPTI_ACTIVITY_KIND_MEMCPY", "CUPTI_ACTIVITY_KIND_MEMSET",
    "CUPTI_ACTIVITY_KIND_GRAPH_TRACE"};

bool tearsLane(const DamagedPlace& place, std::size_t file)
{
    const bool holdsWork =
        place.table.empty() || std::find(gpuTables.begin(), gpuTables.end(), place.table) != gpuTables.end();
    return place.reachesEnd && place.file == file && holdsWork;
}

} // namespace

std::optional<TimePoint> tornEnd(const TraceIndex& index, DeviceId device)
{
    const Trace& trace = index.trace();
    const std::size_t file = trace.processes()[trace.device(device).process.value()].file;
    const std::vector<DamagedPlace>& damage = trace.capture().damage;
    const bool isTorn = std::any_of(damage.begin(), damage.end(),
                                    [file](const DamagedPlace& place) { return tearsLane(place, file); });
    const TimeRange work = index.device(device).occupancy.busy().extent();
    return isTorn && !work.isEmpty() ? std::optional(work.end) : std::nullopt;
}

} // namespace stepscope
