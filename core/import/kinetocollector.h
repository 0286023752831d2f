#pragma once

#include "core/import/eventcategory.h"
#include "core/import/importoptions.h"
#include "core/import/kinetoevent.h"
#include "core/import/pythonframefilter.h"
#include "core/trace/tracebuilder.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stepscope {

class KinetoMetadata;
class ScannedEvents;

/// Turns whole kineto events into rows of a trace and counts every kind (formats.md §2.2).
class KinetoCollector {
public:
    explicit KinetoCollector(TraceBuilder& builder, const ImportOptions& options = {})
        : m_builder(builder), m_pythonFrames(options.keepsPythonFrame)
    {}

    void add(const KinetoEvent& event);
    /// Many at once, in their order.
    void add(ScannedEvents& events);
    /// Something in the event array that is no event.
    void addStray();
    /// A name that an object has twice; `where` is its path inside the event or the file.
    void addDuplicateKey(std::string_view where);
    /// At the end of the file: rows that waited for the process, names of processes, threads and devices.
    void finish(const KinetoMetadata& metadata);

    std::uint64_t wholeEvents() const { return m_wholeEvents; }

private:
    struct Kind {
        EventCategory category = EventCategory::Ignored;
        std::size_t row = 0; // of m_contents
    };

    Kind& kindOf(std::string_view phase, std::string_view category);
    void add(const KinetoEvent& event, EventCategory category);
    NameId nameOf(const KinetoEvent& event);
    std::optional<std::pair<TimePoint, TimePoint>> timesOf(const KinetoEvent& event);
    void addGpuWork(const KinetoEvent& event, ActivityKind kind);
    void addCall(const KinetoEvent& event);
    void addRange(const KinetoEvent& event, RangeKind kind);
    void addCpuEvent(const KinetoEvent& event, CpuEventKind kind);
    void addName(const KinetoEvent& event);
    void setProcess(std::int64_t pid);
    void keep(std::int64_t device, Activity activity);
    DeviceId deviceOf(std::int64_t number);
    ProcessId processOf(std::int64_t pid);
    ThreadId threadOf(const KinetoEvent& event);
    ThreadId otherThread(std::int64_t tid);

    TraceBuilder& m_builder;
    PythonFrameFilter m_pythonFrames;
    std::uint64_t m_wholeEvents = 0;
    std::unordered_map<std::string, Kind> m_kinds; // by phase:category
    std::string m_kindKey;
    std::vector<std::pair<std::string, std::uint64_t>> m_contents;

    ProcessId m_gpuProcess; // the one that makes the calls; until it is known, GPU rows wait
    std::vector<std::pair<std::int64_t, Activity>> m_waiting;
    std::map<std::int64_t, DeviceId> m_devices;
    std::map<std::int64_t, ProcessId> m_processes;
    std::map<std::pair<std::int64_t, std::int64_t>, ThreadId> m_threads;
    std::pair<std::int64_t, std::int64_t> m_lastThread; // known as m_lastThreadId, where that is valid
    ThreadId m_lastThreadId;
    ThreadId m_otherThreads; // stand for all beyond the bound
    DeviceId m_otherDevices;
    std::optional<std::int64_t> m_hostPid; // of the first host range
    std::map<std::int64_t, std::string> m_processNames;
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> m_threadNames;
    bool m_hasFraction = false;
    std::uint64_t m_timedRows = 0;
    bool m_isRocm = false;
    bool m_hasWindowEnd = false; // the last event kineto writes (formats.md §2.9)
};

} // namespace stepscope
