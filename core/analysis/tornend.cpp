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
    const TimeRange work = index.device(device).occupancy.busy().extent();
    std::optional<TimePoint> end;
    for (const DamagedPlace& place : damage) {
        if (tearsLane(place, file) && !work.isEmpty())
            end = std::min(end.value_or(work.end), place.after.value_or(work.end));
    }
    return end;
}

} // namespace stepscope
