#include "core/trace/trace.h"

namespace stepscope {

std::size_t Trace::activityCount() const
{
    std::size_t count = 0;
    for (const Device& device : m_devices)
        count += device.activities.size();
    return count;
}

std::optional<int> Trace::rankOf(DeviceId id) const
{
    if (m_capture.files.empty())
        return m_capture.rank;
    return m_capture.files[m_processes[device(id).process.value()].file].rank;
}

} // namespace stepscope
