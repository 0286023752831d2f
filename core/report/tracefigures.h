#pragma once

#include "core/base/time.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace stepscope {

/// The reference figures of one device number (formats.md §4), over the whole trace. Busy here is kernels,
/// graph launches and copies; memsets are in `busyMemsetUnion` only. Times are on the trace's clock.
struct DeviceFigures {
    std::uint64_t kernels = 0; ///< rows that end before they begin count here too
    std::uint64_t memcpy = 0;
    std::uint64_t memset = 0;
    std::uint64_t graphTraces = 0;
    std::uint64_t zeroLength = 0;
    std::uint64_t negativeLength = 0;
    Duration kernelSum{};
    Duration kernelUnion{};
    Duration busyUnion{};
    Duration busyMemsetUnion{};
    TimeRange span; ///< first start to last end of busy
    std::uint64_t gapCount = 0;
    Duration gapSum{};
    TimeRange largestGap; ///< the first of equals
    std::uint64_t gapsOver10Microseconds = 0;
    std::uint64_t gapsOver100Microseconds = 0;
    std::uint64_t gapsOver1Millisecond = 0;
    std::uint64_t commKernels = 0;
    Duration commUnion{};
    Duration exposedComm{}; ///< comm minus the union of all other kernels
    std::set<std::int64_t> streams;
    std::set<std::int64_t> pids;
    std::uint64_t graphKernels = 0; ///< recorded one by one inside graph launches
};

/// What `info` prints: a plain reading of the trace that shares no code with the analysis of a window beyond
/// the interval union, so that each can be checked against the other.
struct TraceFigures {
    std::map<std::int64_t, DeviceFigures> devices; ///< by figuresNumber()
    std::uint64_t graphLaunches = 0;
    std::uint64_t cudaLaunchKernel = 0;
    std::map<std::string, std::uint64_t> launchCalls; ///< by plain name, graph launches included
};

/// Under which number a lane's figures stand: its device's, all processes of the file together; in a rank
/// set, where each rank may call its device 0, the place of the lane.
std::int64_t figuresNumber(const Trace& trace, DeviceId device);

/// `isCommunication` is asked once for each kernel name.
TraceFigures traceFigures(const Trace& trace,
                          const std::function<bool(std::string_view name)>& isCommunication);

} // namespace stepscope
