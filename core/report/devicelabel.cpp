#include "core/report/budgetreport.h"

#include <filesystem>
#include <optional>

namespace stepscope {

std::string deviceLabel(const Trace& trace, DeviceId device)
{
    const Device& lane = trace.device(device);
    std::string label = "GPU " + std::to_string(lane.key);
    const std::optional<int> rank = trace.rankOf(device);
    std::size_t alike = 0; // lanes of that name
    for (std::size_t other = 0; other < trace.devices().size(); ++other) {
        if (trace.devices()[other].key == lane.key && trace.rankOf(DeviceId(other)) == rank)
            ++alike;
    }
    const Process& process = trace.processes()[lane.process.value()];
    if (alike > 1)
        label += " (pid " + std::to_string(process.pid) + ")";
    if (rank)
        label = "rank " + std::to_string(*rank) + ", " + label;
    else if (!trace.capture().files.empty())
        label = std::filesystem::path(trace.capture().files[process.file].path).filename().string() + ", " +
                label;
    return label;
}

} // namespace stepscope
