#pragma once

#include "tests/support/tracerows.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepscope::testsupport {

// A decode loop in plain structs. GPU times are stated and come out exactly as stated; the host side is laid
// out around them. See loopgenerator.h for the layout rules, stepbuilder.h for ready-made steps.

/// One GPU operation. On the main stream it starts `delay` after the end of the one before it (a negative
/// delay makes them overlap); on the side stream `delay` after the end of the last main-stream operation,
/// and the main stream goes on beside it.
struct GpuOpSpec {
    std::string name = {};
    Nanos duration = 0;
    Nanos delay = 0;
    GpuOpKind kind = GpuOpKind::Kernel;
    bool isComm = false;
    bool sideStream = false;
    CopyKind copy = CopyKind::None;
    MemoryKind source = MemoryKind::Device;
    MemoryKind target = MemoryKind::Device;
    std::int64_t bytes = 0;
};

enum class HostKind { CpuOp, ApiCall, Overhead, Silence };

/// A stretch of time on the launching thread.
struct HostSpec {
    std::string name = {};
    Nanos duration = 0;
    HostKind kind = HostKind::CpuOp;
};

/// One launching API call and the GPU operations it starts.
struct LaunchSpec {
    std::string api = "cudaLaunchKernel";
    std::vector<GpuOpSpec> ops = {};
    std::int64_t graphId = 0; ///< not 0: a replay of this graph, all `ops` are its nodes
    Nanos gap = 0;            ///< GPU idle before the first operation, counted from the end of the one before
    Nanos lead = 60000;       ///< with a gap: the call begins this long before the first operation
    Nanos callDuration = 4000;
    bool blocking = false; ///< the call returns `callDuration` after its last operation has ended
    std::vector<HostSpec> hostBefore = {}; ///< host work before the call, from where the gap starts
    std::string cpuOp = {};                ///< not empty: a CPU operation around the call ("aten::argmax")
    bool inStepRange = true; ///< inside the step annotation (sampling is not, see domain.md 1.7)
    int every = 1;           ///< only in every n-th step of its segment ...
    int phase = 0;           ///< ... those with index % every == phase
};

/// The call by which the host waits for the step.
struct WaitSpec {
    std::string api = "cudaStreamSynchronize"; ///< empty: no wait
    Nanos returnDelay = 20000;                 ///< from the end of the GPU work to the return of the call
    bool otherThread = false;                  ///< on a second thread (async output thread)
};

enum class AnnotationStyle {
    None,
    VllmContext,  ///< execute_context_0(0)_generation_1(1)
    VllmDetailed, ///< execute_1_context_0(sq0sk0sqsq0sqsk0)_generation_1(sq1sk900sqsq1sqsk900)
    VllmNew,      ///< execute_new_0_cached_1
    Sglang,       ///< step[DECODE bs=1], step[EXTEND bs=1 toks=512]
    ProfilerStep  ///< ProfilerStep#7, around the whole step
};

struct AnnotationSpec {
    AnnotationStyle style = AnnotationStyle::None;
    int contextRequests = 0; ///< above 0: the step holds prefill
    int contextTokens = 0;
    int genRequests = 1;
    int genTokens = 1; ///< 1 + K per request with K drafts
};

struct StepSpec {
    std::vector<HostSpec> schedule = {}; ///< before the step range
    std::vector<LaunchSpec> launches = {};
    WaitSpec wait = {};
    std::vector<HostSpec> update = {}; ///< after the wait
    AnnotationSpec annotation = {};
    bool async = false;  ///< the host works on this step while the GPU is on the one before
    Nanos asyncLead = 0; ///< async: the host starts this long before the step's first GPU operation
};

/// Deviations in parts per million, uniform in both directions, from the rank's own generator.
struct JitterSpec {
    std::int64_t gapPpm = 0;      ///< one factor a step for its gaps and host work
    std::int64_t durationPpm = 0; ///< one factor a launch for its operations
    Nanos tick = 1;       ///< operations that jitter last a multiple of this; a GPU's timer counts in 32 ns
    int outlierEvery = 0; ///< every n-th step has its first gap and host work `outlierFactor` times as long
    int outlierFactor = 5;
};

struct Segment {
    StepSpec step = {};
    std::int64_t count = 1;
    Nanos lullBefore = 0; ///< extra GPU idle before the first step
    JitterSpec jitter = {};
};

/// The work of one rank: one process, one device.
struct RankLoop {
    ProcessInfo process = {};
    Nanos firstOp = 50000000;                ///< file clock of the first GPU operation
    std::int64_t firstCorrelation = 3002261; ///< equal in several processes: the ids collide, as they do
    std::int64_t firstExternalId = 60417;
    int mainStream = 7;
    int sideStream = 20;
    std::uint64_t seed = 1;
    std::vector<Segment> segments = {};
};

/// Rows that are wrong on purpose. The counts are exact; the shares are drawn by hash.
struct FaultSpec {
    int negativeDuration = 0; ///< bad copies of good kernels outside graphs
    int zeroDuration = 0;
    int zeroStart = 0;
    int hugeDuration = 0;
    int stride = 25;                         ///< one bad row after every n-th kernel outside graphs
    std::int64_t lostKernelsPpm = 0;         ///< kernels missing, one by one
    std::int64_t launchesWithoutWorkPpm = 0; ///< calls that lost all their GPU rows
    std::int64_t replaysWithoutWorkPpm = 0;  ///< graph launches that lost all their GPU rows
    std::int64_t workWithoutLaunchPpm = 0;   ///< GPU rows that lost their call
    bool graphWorkMissing = false;           ///< nothing recorded from inside graphs, as old ROCm does
    Nanos gpuRowsEndAt = -1;                 ///< no GPU row that begins later: a full buffer; calls go on
    Nanos gpuRowsBeginAt = -1; ///< no GPU row that begins sooner: not attached yet; calls are there
    Nanos gpuClockOffset = 0;  ///< added to the times of every GPU row: the clocks of host and GPU disagree
    std::uint64_t seed = 1;
};

/// Which host rows the recording holds.
struct HostRows {
    bool apiCalls = true;
    bool cpuOps = true;
    bool ranges = true;
};

struct LoopDescription {
    std::vector<RankLoop> ranks = {};
    std::vector<DeviceInfo> devices = {DeviceInfo{}};
    HostRows hostRows = {};
    FaultSpec faults = {};
};

} // namespace stepscope::testsupport
