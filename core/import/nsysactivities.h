#pragma once

#include "core/import/nsyssource.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace stepscope {

/// Reads the GPU work of an export: kernels, graph launches, copies, memsets (formats.md §1.4).
class NsysActivities {
public:
    explicit NsysActivities(NsysSource& source) : m_source(source) {}

    /// BadSchema when a table lacks a column that is needed; Cancelled.
    std::optional<Error> read();
    /// Names and UUIDs of the devices, from the target tables.
    void describeDevices();
    /// Whether the process owns GPU work.
    bool isGpuProcess(std::int64_t pid) const { return m_pids.contains(pid); }
    bool isEmpty() const { return m_pids.empty(); }

private:
    struct Hardware {
        std::string name;
        std::string uuid;
    };

    std::optional<Error> readKernels();
    std::optional<Error> readGraphs();
    std::optional<Error> readCopies();
    std::optional<Error> readMemsets();
    std::optional<Error> readRows(NsysTable& table, ActivityKind kind);
    void add(std::int64_t globalPid, std::int64_t deviceId, Activity activity);
    DeviceId deviceOf(std::int64_t pid, std::int64_t number);

    NsysSource& m_source;
    std::map<std::pair<std::int64_t, std::int64_t>, DeviceId> m_devices;     // by pid and deviceId
    std::pair<std::pair<std::int64_t, std::int64_t>, DeviceId> m_lastDevice; // found among them
    DeviceId m_otherDevices;                                                 // stands for all beyond a bound
    std::set<std::int64_t> m_pids;
};

} // namespace stepscope
