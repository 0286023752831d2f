#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/trace/trace.h"

#include <array>
#include <map>
#include <set>
#include <utility>

namespace stepscope {

/// The only way to make a Trace. Importers add rows in any order with times on the file's own clock;
/// `build()` drops impossible rows (counted), moves all times to the trace start, sorts, ties GPU work to
/// the call that launched it, and merges lanes that are proven to be one physical device.
/// Several files become one trace by beginFile(), an importer and placeFile() for each of them, and their
/// CaptureInfo::files at the end.
class TraceBuilder {
public:
    /// Within what a correlation id is unique: a process (nsys) or the whole file (kineto).
    enum class CorrelationScope { Process, File };

    explicit TraceBuilder(TraceFormat format);

    NameId intern(std::string_view name) { return m_trace.m_names.intern(name); }
    std::string_view name(NameId id) const { return m_trace.m_names.text(id); }
    /// The rows that follow are another file's: its process ids, and where it uses them so its correlation
    /// ids, are its own. Its times stay on its own clock until placeFile().
    void beginFile();
    /// Of the GPU work of the file begun last, on its own clock; empty when there is none. O(n).
    TimeRange gpuExtentOfFile() const;
    /// Ends the file: its rows, and the places in the log, which has to be its own, move by `shift`, to the
    /// clock of the first file.
    void placeFile(Duration shift);

    /// Find or add. O(log n).
    ProcessId process(std::int64_t pid);
    ThreadId thread(ProcessId process, std::int64_t tid);
    DeviceId device(ProcessId process, std::int64_t key);
    void setProcessName(ProcessId process, std::string name);
    void setThreadName(ThreadId thread, std::string name);
    void describeDevice(DeviceId device, std::string hardware, std::string uuid);

    /// Room for so many rows in all, to be quick. They need not come.
    void expectActivities(DeviceId device, std::size_t rows);
    /// Ends before it begins, lasts over 10 s: left out and counted. Empty rows are kept and counted. Beyond
    /// 4096 streams rows come to stream -1, counted.
    void addActivity(DeviceId device, Activity activity);
    /// `kind` is filled in from the name.
    void addCall(ApiCall call);
    /// An annotation with a thread is a CPU event, too.
    void addRange(HostRange range);
    void addCpuEvent(const CpuEvent& event);

    CaptureInfo& capture() { return m_trace.m_capture; }
    const CaptureInfo& capture() const { return m_trace.m_capture; }
    /// The rows so far, in the order of the file and on its clock: for a look while they are read.
    const std::vector<Device>& devices() const { return m_trace.m_devices; }
    const std::vector<Process>& processes() const { return m_trace.m_processes; }
    ImportLog& log() { return m_trace.m_log; }
    std::size_t activityCount() const { return m_trace.activityCount(); }
    bool hasRows() const;
    /// What the rows and names so far take. O(devices).
    std::uint64_t memoryBytes() const;

    /// Leaves the builder empty. O(n log n).
    Trace build();
    /// As build(); Cancelled within one table of it.
    Result<Trace> build(const Progress& progress);

private:
    ApiCallKind kindOf(NameId name);
    std::int64_t boundedStream(DeviceId device, std::int64_t stream);
    void dropZeroTimestamps(std::size_t firstDevice);
    void mergeSameDevices();
    void movePlaces(Duration shift);
    Duration earliestBegin() const;
    void arrangeWork(Duration origin, const Progress& progress);
    void arrangeCalls(Duration origin);
    void arrangeEvents(Duration origin);
    void arrange(const Progress& progress);
    void linkLaunches(const Progress& progress);

    /// Where the rows of the file begun last begin.
    struct FileStart {
        std::size_t device = 0;
        std::size_t call = 0;
        std::size_t range = 0;
        std::size_t cpuEvent = 0;
    };

    std::uint32_t currentFile() const { return m_files == 0 ? 0 : m_files - 1; }
    std::uint32_t correlationScopeOf(ProcessId process) const;

    Trace m_trace;
    CorrelationScope m_scope;
    std::uint32_t m_files = 0; // begun so far
    FileStart m_file;
    std::map<std::int64_t, ProcessId> m_processOfPid;
    std::map<std::pair<ProcessId, std::int64_t>, ThreadId> m_threadOfTid;
    std::map<std::pair<ProcessId, std::int64_t>, DeviceId> m_deviceOfKey;
    std::set<std::pair<DeviceId, std::int64_t>> m_streams;             // of all devices, up to a bound
    std::array<std::pair<DeviceId, std::int64_t>, 16> m_recentStreams; // known to be among them
    std::vector<ApiCallKind> m_kindOfName;                             // by NameId; filled as names are met
    std::vector<bool> m_kindKnown;
};

} // namespace stepscope
