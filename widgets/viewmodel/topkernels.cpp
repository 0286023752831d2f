#include "widgets/viewmodel/topkernels.h"

namespace stepscope {

SpanRef firstOperation(const TraceIndex& index, DeviceId device, TimeRange window, NameId name)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const std::size_t end = work.firstAtOrAfter(window.end);
    for (std::size_t row = work.firstAtOrAfter(window.begin); row < end; ++row) {
        if (work.name(row) == name)
            return {SpanRef::Kind::Operation, device, static_cast<std::uint32_t>(row)};
    }
    return {};
}

} // namespace stepscope
