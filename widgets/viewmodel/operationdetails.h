#pragma once

#include "widgets/viewmodel/spandetails.h"

namespace stepscope {

/// Parts of spanDetails(): what is known of GPU work and of a graph replay.
SpanDetails operationDetails(const TraceIndex& index, DeviceId device, std::uint32_t row);
SpanDetails replayDetails(const TraceIndex& index, DeviceId device, std::uint32_t replay);
/// "12" by the file, else which of the graphs that StepScope told apart: "no. 3".
QString graphNumber(const ActivityTable& work, const GraphReplay& replay);

} // namespace stepscope
