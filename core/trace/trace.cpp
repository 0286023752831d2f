#include "core/trace/trace.h"

namespace stepscope {

std::size_t Trace::activityCount() const
{
    std::size_t count = 0;
    for (const Device& device : m_devices)
        count += device.activities.size();
    return count;
}

} // namespace stepscope
