#pragma once

#include "core/analysis/steprange.h"

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

/// The step ranges of the trace projected to one device, see StepRanges::boundariesOn(). O(n log n).
std::vector<StepBoundary> annotatedBoundaries(const Trace& trace, const ActivityTable& work);

} // namespace stepscope
