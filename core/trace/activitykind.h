#pragma once

#include <cstdint>

namespace stepscope {

/// What a row of GPU work is (CUPTI's word: activity). GraphTrace is one record for a whole replay of a
/// CUDA graph, written at graph level, where the kernels inside are not recorded.
enum class ActivityKind : std::uint8_t { Kernel, GraphTrace, Memcpy, Memset };

/// Direction of a copy; None for everything that is no copy.
enum class CopyKind : std::uint8_t {
    None,
    HostToDevice,
    DeviceToHost,
    DeviceToDevice,
    HostToHost,
    PeerToPeer,
    Other
};

/// What a host call to CUDA or HIP does, as far as gaps and steps ask.
enum class ApiCallKind : std::uint8_t {
    KernelLaunch,
    GraphLaunch,
    Copy,
    Memset,
    Synchronize, ///< blocks the calling thread: stream, event or device
    StreamWait,  ///< a dependency on the device; never blocks the host
    Allocate,
    Build, ///< start-up work: module load, graph instantiation, JIT
    StreamCapture,
    Other,
};

enum class RangeKind : std::uint8_t {
    Annotation, ///< user annotation or NVTX range on a host thread
    Overhead,   ///< the profiler's own work
    Recording,  ///< the window of the recording ("PyTorch Profiler (n)")
};

} // namespace stepscope
