#pragma once

#include "core/analysis/timeclass.h"

#include <cstdint>
#include <optional>

namespace stepscope {

enum class StepSource : std::uint8_t {
    None,
    Annotation, ///< the engine's own ranges, projected to the GPU
    Operation,  ///< an operation that runs once a step (a token copy, a sampler)
    Graph,      ///< replays of one CUDA graph
    Gaps,       ///< the long ones of two kinds of gap; always weak
    User,       ///< boundaries drawn by the user
    CallStack,  ///< the Python frame that runs a step, projected to the GPU
};

/// Whether ranges of the host say what a step is, even of a single one: nothing has to repeat.
constexpr bool isFramedByHost(StepSource source)
{
    return source == StepSource::Annotation || source == StepSource::CallStack;
}

enum class StepKind : std::uint8_t {
    Decode,
    Prefill, ///< only prompt tokens
    Mixed,   ///< prompt and decode tokens in one step
    Lull,    ///< holds a gap longer than three median steps
    Edge,    ///< cut by the beginning or the end of the trace
};

inline constexpr std::size_t stepKindCount = 5;

/// What the engine's annotation says of a step.
struct StepTokens {
    std::int64_t contextRequests = 0;
    std::int64_t contextTokens = 0;
    std::int64_t generationRequests = 0;
    std::int64_t generationTokens = 0;

    friend bool operator==(const StepTokens&, const StepTokens&) = default;
};

/// One step of one device: from its boundary to the next one.
struct Step {
    TimeRange range; ///< its length is the cadence
    StepKind kind = StepKind::Decode;
    std::uint32_t firstRow = 0; ///< operations [firstRow, lastRow) of the device begin in the step
    std::uint32_t lastRow = 0;
    std::uint32_t graphLaunches = 0; ///< replays that begin in it
    ClassTimes times;
    Duration hiddenComm = Duration::zero();
    Duration hostBetweenSteps = Duration::zero(); ///< host idle between the step's last operation and its end
    TimeRange largestGap;                         ///< clipped to the step
    std::optional<StepTokens> tokens;

    std::uint32_t operations() const { return lastRow - firstRow; }
    /// Whole, and nothing but decode: what the budget is made of.
    bool isClean() const { return kind == StepKind::Decode; }
};

} // namespace stepscope
