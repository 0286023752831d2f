#pragma once

#include "tests/support/generatedtrace.h"
#include "tests/support/loopdescription.h"

#include <cstdint>
#include <vector>

namespace stepscope::testsupport {

/// Where a generated step lies: the truth a step detector is measured against.
struct StepFact {
    Nanos gpuBegin = 0; ///< first main-stream operation
    Nanos gpuEnd = 0;   ///< end of the last one
    Nanos hostBegin = 0;
    Nanos hostEnd = 0;
    int pid = 0;
    int segment = 0;
    bool prefill = false;
};

struct FaultCounts {
    std::int64_t negativeDuration = 0;
    std::int64_t zeroDuration = 0;
    std::int64_t zeroStart = 0;
    std::int64_t hugeDuration = 0;
    std::int64_t lostKernels = 0;
    std::int64_t launchesWithoutWork = 0; ///< replays among them
    std::int64_t workWithoutLaunch = 0;
};

struct LoopFacts {
    std::vector<StepFact> steps; ///< in time order within a process, rank after rank
    FaultCounts faults;
};

/// The header of the files of `loop`.
TraceHeader headerOf(const LoopDescription& loop);

/// Lays out the loop, rank after rank, step after step, and hands each row to `sink`. Deterministic.
/// Memory does not grow with the number of GPU operations.
///
/// GPU: exactly as described; a step's first launch waits out its gap (and a lull) after the step before.
/// The very first operation of a rank is at RankLoop::firstOp.
///
/// Host, on the launching thread, one thing after another:
///   schedule | step range opens | per launch: hostBefore, call | range closes | wait | update
/// - A launch with a gap is called `lead` before its first operation, any other as soon as the host is free.
/// - The wait lasts until `returnDelay` after the step's last operation (async: after that of the step
/// before).
/// - async: the host starts a step `asyncLead` before its first GPU operation.
///
/// Throws std::invalid_argument when the host cannot keep up with the stated GPU times (its work does not fit
/// into a gap, or a call would begin after its GPU work): descriptions stay honest that way.
LoopFacts generateLoop(const LoopDescription& loop, NameTable& names, TraceSink& sink);

/// The same into memory.
GeneratedTrace generateLoop(const LoopDescription& loop, LoopFacts* facts = nullptr);

} // namespace stepscope::testsupport
