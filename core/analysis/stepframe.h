#pragma once

#include "core/analysis/steprange.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace stepscope {

/// Which Python frame runs a step; the first one present in a trace is used.
enum class StepFrameKind : std::uint8_t {
    VllmExecute,    ///< `…/model_runner.py(812): execute_model` and its kin
    SglangRunBatch, ///< `…/sglang/srt/managers/scheduler.py(2996): run_batch`
    TrtllmForward,  ///< `…/py_executor.py(1410): _forward_step`
    Model,          ///< `nn.Module: LlamaForCausalLM_0`: what any engine calls once a step
};

/// The reading of a Python frame's name; nullopt when it runs no step.
std::optional<StepFrameKind> parseStepFrame(std::string_view name);

/// Steps where the engine wrote no annotations but the profiler kept the Python call stack (`with_stack`):
/// the frames that run a step, projected to one device. Of several models (a draft model beside the target)
/// the one that takes most time counts. See StepRanges::boundariesOn(). O(n log n).
std::vector<StepBoundary> frameBoundaries(const Trace& trace, const ActivityTable& work);

} // namespace stepscope
