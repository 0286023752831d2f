#pragma once

#include "widgets/viewmodel/spandetails.h"

namespace stepscope {

/// A step of a device: its cadence and how far that is from the median, where its time went, its tokens,
/// graphs and operations.
SpanDetails stepDetails(const TraceIndex& index, DeviceId device, std::uint32_t step);
/// "+3.1 % from the median", of its kind where steps are of two; empty where the step is no clean one.
QString cadenceDeviation(const StepIndex& steps, const Step& step);
/// "decode", "prefill", …
QString stepKindText(StepKind kind);

} // namespace stepscope
