#pragma once

#include "core/analysis/step.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace stepscope {

/// Which convention a step range follows; the first one present in a trace is used (definitions.md §4 A).
enum class AnnotationKind : std::uint8_t {
    Execute,      ///< vLLM's `execute_…`, three generations
    SglangStep,   ///< SGLang's `step[DECODE bs=16]`
    ProfilerStep, ///< torch's schedule: `ProfilerStep#12`
};

struct StepAnnotation {
    AnnotationKind kind = AnnotationKind::Execute;
    std::optional<StepTokens> tokens; ///< what the text says; none for ProfilerStep
};

/// The reading of a range's name (domain.md §1.7, §2.6); nullopt when it names no step.
std::optional<StepAnnotation> parseStepAnnotation(std::string_view name);

/// Where one annotated step begins on a device.
struct AnnotatedBoundary {
    TimePoint begin; ///< of the first operation launched inside the range
    std::optional<StepTokens> tokens;
};

/// The step ranges of the trace projected to one device: for each range the first operation whose launch call
/// lies inside it on its thread. Ranges without GPU work there are no steps. In order of begin. O(n log n).
std::vector<AnnotatedBoundary> annotatedBoundaries(const Trace& trace, const ActivityTable& work);

} // namespace stepscope
