#include "widgets/timeline/firstview.h"

#include "core/analysis/tornend.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr int closeBehind = 10; // of the view's length
constexpr int airBehind = 50;

} // namespace

TimeRange firstView(const TraceIndex& index)
{
    const TimeRange robust = index.robustExtent();
    TimeRange view = robust;
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const std::optional<TimePoint> torn = tornEnd(index, DeviceId(device));
        if (torn && *torn - robust.end <= robust.duration() / closeBehind)
            view.end = std::max(view.end, *torn + robust.duration() / airBehind);
    }
    view.end = std::min(view.end, std::max(robust.end, index.trace().extent().end));
    return view;
}

} // namespace stepscope
