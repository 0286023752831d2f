#pragma once

#include "tests/support/nametable.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepscope::testsupport {

/// Nanoseconds on the file clock: 0 is the start of the recording, in every process of one trace.
using Nanos = std::int64_t;

constexpr Nanos microseconds(std::int64_t count)
{
    return count * 1000;
}
constexpr Nanos milliseconds(std::int64_t count)
{
    return count * 1000000;
}

enum class GpuOpKind : std::uint8_t { Kernel, Memcpy, Memset };

/// Values are those of nsys `copyKind`.
enum class CopyKind : std::uint8_t { None = 0, HostToDevice = 1, DeviceToHost = 2, DeviceToDevice = 8 };

/// Values are those of nsys `srcKind` and `dstKind`.
enum class MemoryKind : std::uint8_t { Pageable = 0, Pinned = 1, Device = 2 };

/// What was done to a row on purpose. A row with a fault takes no part in any true figure.
enum class RowFault : std::uint8_t {
    None,
    NegativeDuration, ///< end lies before begin
    ZeroDuration,     ///< end equals begin
    ZeroStart,        ///< written with the raw time stamp 0, whatever the clock of the file
    HugeDuration      ///< a million times the true duration
};

/// One operation on a GPU. Rows of one replay share the correlation of their graph launch.
struct GpuOp {
    Nanos begin = 0;
    Nanos end = 0;
    std::int64_t correlation = 0;
    std::int64_t bytes = 0;
    std::int64_t graphId = 0; ///< 0: not in a graph
    std::int64_t graphNodeId = 0;
    std::int64_t externalId = 0; ///< of the CPU operation around the launch; 0: none
    NameId name = 0;
    int pid = 0;
    int device = 0; ///< as the process numbers it
    int stream = 7;
    GpuOpKind kind = GpuOpKind::Kernel;
    bool isComm = false;
    CopyKind copy = CopyKind::None;
    MemoryKind source = MemoryKind::Device;
    MemoryKind target = MemoryKind::Device;
    RowFault fault = RowFault::None;
};

/// A CUDA API call under its plain name ("cudaGraphLaunch"); the writers put it into the spelling of a
/// format.
struct ApiCall {
    Nanos begin = 0;
    Nanos end = 0;
    std::int64_t correlation = 0;
    std::int64_t externalId = 0;
    NameId name = 0;
    int pid = 0;
    int tid = 0;
    bool isLaunch = false; ///< GPU rows of this correlation follow (not written to a file)
};

/// A host range that frames a step: kineto user_annotation, nsys NVTX push/pop range.
struct HostRange {
    Nanos begin = 0;
    Nanos end = 0;
    Nanos gpuBegin = 0; ///< its projection on the GPU; empty when it launched nothing
    Nanos gpuEnd = 0;
    std::int64_t externalId = 0;
    NameId name = 0;
    int pid = 0;
    int tid = 0;
    int device = 0;
    int stream = 7;
};

/// Host work with a name: kineto cpu_op, nsys NVTX push/pop range.
struct CpuOp {
    Nanos begin = 0;
    Nanos end = 0;
    std::int64_t externalId = 0;
    NameId name = 0;
    int pid = 0;
    int tid = 0;
};

/// The profiler's own time: kineto overhead, nsys PROFILER_OVERHEAD.
struct OverheadRow {
    Nanos begin = 0;
    Nanos end = 0;
    NameId name = 0;
    int pid = 0;
    int tid = 0;
};

/// One worker process of the traced server, driving one device.
struct ProcessInfo {
    int rank = 0;
    int pid = 0;
    int tid = 0;         ///< the launching thread
    int device = 0;      ///< CUDA ordinal inside the process
    int physicalGpu = 0; ///< index of its DeviceInfo
    std::string name = "python3";
};

struct DeviceInfo {
    std::string name = "NVIDIA B200";
    std::string uuid;
    int computeMajor = 10;
    int computeMinor = 0;
    int smCount = 148;
    std::int64_t memoryBytes = 191514410000;
};

/// What a file says about itself beside its events.
struct TraceHeader {
    std::vector<ProcessInfo> processes;
    std::vector<DeviceInfo> devices;
    Nanos utcEpoch = 1795489501768000000; ///< UTC of file clock 0
    std::string hostName = "stepscope-testsupport";
    int worldSize = 1;
};

} // namespace stepscope::testsupport
