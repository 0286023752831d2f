#include "core/report/budgetreport.h"

#include <algorithm>

namespace stepscope {

std::string deviceLabel(const Trace& trace, DeviceId device)
{
    const Device& lane = trace.device(device);
    std::string label = "GPU " + std::to_string(lane.key);
    const auto sameKey = std::count_if(trace.devices().begin(), trace.devices().end(),
                                       [&lane](const Device& other) { return other.key == lane.key; });
    if (sameKey > 1)
        label += " (pid " + std::to_string(trace.processes()[lane.process.value()].pid) + ")";
    if (trace.capture().rank)
        label = "rank " + std::to_string(*trace.capture().rank) + ", " + label;
    return label;
}

} // namespace stepscope
