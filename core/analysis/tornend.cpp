#include "core/analysis/tornend.h"

#include <algorithm>

namespace stepscope {

namespace {

bool tearsLane(const DamagedPlace& place, std::size_t file)
{
    return place.reachesEnd && place.file == file && place.holdsGpuWork;
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
