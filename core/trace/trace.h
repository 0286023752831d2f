#pragma once

#include "core/base/stringpool.h"
#include "core/base/time.h"
#include "core/trace/activitytable.h"
#include "core/trace/apicalltable.h"
#include "core/trace/captureinfo.h"
#include "core/trace/cpueventtable.h"
#include "core/trace/importlog.h"
#include "core/trace/rangetable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

struct Process {
    std::int64_t pid = 0;
    std::string name;
    std::uint32_t file = 0; ///< of CaptureInfo::files, where the trace is of several
};

struct Thread {
    ProcessId process;
    std::int64_t tid = 0;
    std::string name;
};

/// One physical device of one capture process group: one busy lane (definitions.md §1).
struct Device {
    ProcessId process;
    std::int64_t key = 0; ///< deviceId (nsys) or args.device, else pid (kineto): as the process saw it
    std::string hardware; ///< "NVIDIA H100 80GB HBM3", empty where the file does not say
    std::string uuid;     ///< empty where the file does not say
    ActivityTable activities;
    std::uint64_t negativeRows = 0; ///< rows of this device left out because they end before they begin
};

/// What was recorded, nothing derived. Made by TraceBuilder only; immutable, so it is shared between
/// threads without locks.
class Trace {
public:
    const StringPool& names() const { return m_names; }
    std::string_view name(NameId id) const { return m_names.text(id); }
    const std::vector<Process>& processes() const { return m_processes; }
    const std::vector<Thread>& threads() const { return m_threads; }
    /// Devices with GPU work, sorted by process, then key.
    const std::vector<Device>& devices() const { return m_devices; }
    const Device& device(DeviceId id) const { return m_devices[id.value()]; }
    const Thread& thread(ThreadId id) const { return m_threads[id.value()]; }
    /// The rank of the process that drives the device, where file or name says so. O(1).
    std::optional<int> rankOf(DeviceId id) const;
    const ApiCallTable& calls() const { return m_calls; }
    const RangeTable& ranges() const { return m_ranges; }
    /// What the host threads were doing; the annotations among it are in ranges(), too.
    const CpuEventTable& cpuEvents() const { return m_cpuEvents; }
    const CaptureInfo& capture() const { return m_capture; }
    const ImportLog& log() const { return m_log; }

    /// From 0 to the end of the last row of any kind.
    TimeRange extent() const { return m_extent; }
    /// From the first begin to the last end of GPU work; empty when there is none.
    TimeRange gpuExtent() const { return m_gpuExtent; }
    std::size_t activityCount() const;

private:
    friend class TraceBuilder;
    friend class TraceColumns;
    Trace() = default;

    StringPool m_names;
    std::vector<Process> m_processes;
    std::vector<Thread> m_threads;
    std::vector<Device> m_devices;
    ApiCallTable m_calls;
    RangeTable m_ranges;
    CpuEventTable m_cpuEvents;
    CaptureInfo m_capture;
    ImportLog m_log;
    TimeRange m_extent;
    TimeRange m_gpuExtent;
};

} // namespace stepscope
