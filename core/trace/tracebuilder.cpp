#include "core/trace/tracebuilder.h"

#include "core/base/inparallel.h"
#include "core/trace/apicallname.h"
#include "core/trace/launchlookup.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <tuple>

namespace stepscope {

namespace {

/// domain.md §6.4: no GPU operation of a server lasts that long; such rows are clock faults.
constexpr Duration longestActivity = std::chrono::seconds(10);
/// A begin of 0 is a fault where the other rows lie farther from 0 than any capture lasts.
constexpr Duration farFromZero = std::chrono::hours(1);
/// Bounds against files that number a stream per row (platform.md §5.1).
constexpr std::size_t mostStreams = 4096;
constexpr std::int64_t otherStreams = -1;

std::string describe(const TraceBuilder& builder, const Activity& activity)
{
    return std::string(builder.name(activity.name)) + " at " + std::to_string(nanosecondsOf(activity.begin)) +
           " ns to " + std::to_string(nanosecondsOf(activity.end)) + " ns";
}

/// What tells a device from others, before and after those that are one were merged.
struct DeviceName {
    ProcessId process;
    std::int64_t key = 0;
    std::string uuid;
};

TimePoint medianBegin(std::span<const Device> devices)
{
    std::vector<TimePoint> begins;
    for (const Device& device : devices)
        begins.insert(begins.end(), device.activities.begins().begin(), device.activities.begins().end());
    const auto middle = begins.begin() + static_cast<std::ptrdiff_t>(begins.size() / 2);
    std::nth_element(begins.begin(), middle, begins.end());
    return *middle;
}

bool isNearZero(TimePoint time)
{
    return time < TimePoint(farFromZero) && time > TimePoint(-farFromZero);
}

std::vector<DeviceName> namesOf(const std::vector<Device>& devices)
{
    std::vector<DeviceName> names;
    names.reserve(devices.size());
    for (const Device& device : devices)
        names.push_back({device.process, device.key, device.uuid});
    return names;
}

/// Where each of `before` is in `after`; none where it is gone.
std::vector<DeviceId> newIds(const std::vector<DeviceName>& before, const std::vector<DeviceName>& after)
{
    std::vector<DeviceId> ids;
    ids.reserve(before.size());
    for (const DeviceName& old : before) {
        const auto found = std::find_if(after.begin(), after.end(), [&old](const DeviceName& now) {
            return (now.process == old.process && now.key == old.key) ||
                   (!old.uuid.empty() && now.uuid == old.uuid);
        });
        ids.push_back(found == after.end() ? DeviceId()
                                           : DeviceId(static_cast<std::size_t>(found - after.begin())));
    }
    return ids;
}

} // namespace

TraceBuilder::TraceBuilder(TraceFormat format)
    : m_scope(format == TraceFormat::NsysSqlite ? CorrelationScope::Process : CorrelationScope::File)
{
    m_trace.m_capture.format = format;
}

void TraceBuilder::beginFile()
{
    ++m_files;
    m_file = {m_trace.m_devices.size(), m_trace.m_calls.size(), m_trace.m_ranges.size(),
              m_trace.m_cpuEvents.size()};
    m_processOfPid.clear();
    m_threadOfTid.clear();
    m_deviceOfKey.clear();
}

TimeRange TraceBuilder::gpuExtentOfFile() const
{
    std::optional<TimeRange> extent;
    for (std::size_t device = m_file.device; device < m_trace.m_devices.size(); ++device) {
        const ActivityTable& work = m_trace.m_devices[device].activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            const TimeRange range = work.range(row);
            extent = extent
                         ? TimeRange{std::min(extent->begin, range.begin), std::max(extent->end, range.end)}
                         : range;
        }
    }
    return extent.value_or(TimeRange());
}

void TraceBuilder::placeFile(Duration shift)
{
    dropZeroTimestamps(m_file.device);
    for (std::size_t device = m_file.device; device < m_trace.m_devices.size(); ++device)
        m_trace.m_devices[device].activities.rebase(-shift);
    m_trace.m_calls.rebase(-shift, m_file.call);
    m_trace.m_ranges.rebase(-shift, m_file.range);
    m_trace.m_cpuEvents.rebase(-shift, m_file.cpuEvent);
    movePlaces(shift);
}

void TraceBuilder::movePlaces(Duration shift)
{
    log().movePlaces(shift);
    for (DamagedPlace& place : capture().damage) {
        std::int64_t moved = 0;
        if (place.after && !__builtin_add_overflow(nanosecondsOf(*place.after), shift.count(), &moved))
            place.after = timePointAt(moved);
        else
            place.after.reset();
    }
}

ProcessId TraceBuilder::process(std::int64_t pid)
{
    const auto [known, isNew] = m_processOfPid.try_emplace(pid, m_trace.m_processes.size());
    if (isNew)
        m_trace.m_processes.push_back({pid, {}, currentFile()});
    return known->second;
}

ThreadId TraceBuilder::thread(ProcessId process, std::int64_t tid)
{
    const auto [known, isNew] = m_threadOfTid.try_emplace({process, tid}, m_trace.m_threads.size());
    if (isNew)
        m_trace.m_threads.push_back({process, tid, {}});
    return known->second;
}

DeviceId TraceBuilder::device(ProcessId process, std::int64_t key)
{
    const auto [known, isNew] = m_deviceOfKey.try_emplace({process, key}, m_trace.m_devices.size());
    if (isNew) {
        m_trace.m_devices.emplace_back();
        m_trace.m_devices.back().process = process;
        m_trace.m_devices.back().key = key;
    }
    return known->second;
}

void TraceBuilder::setProcessName(ProcessId process, std::string name)
{
    m_trace.m_processes[process.value()].name = std::move(name);
}

void TraceBuilder::setThreadName(ThreadId thread, std::string name)
{
    m_trace.m_threads[thread.value()].name = std::move(name);
}

void TraceBuilder::describeDevice(DeviceId device, std::string hardware, std::string uuid)
{
    m_trace.m_devices[device.value()].hardware = std::move(hardware);
    m_trace.m_devices[device.value()].uuid = std::move(uuid);
}

void TraceBuilder::expectActivities(DeviceId device, std::size_t rows)
{
    m_trace.m_devices[device.value()].activities.reserve(rows);
}

void TraceBuilder::addActivity(DeviceId device, Activity activity)
{
    Device& owner = m_trace.m_devices[device.value()];
    if (activity.end < activity.begin) {
        ++owner.negativeRows;
        log().add(ImportCode::NegativeDuration, {activity.begin, device}, describe(*this, activity));
        return;
    }
    std::int64_t length = 0; // of times that may lie at both ends of 64 bits
    if (__builtin_sub_overflow(nanosecondsOf(activity.end), nanosecondsOf(activity.begin), &length) ||
        Duration(length) > longestActivity) {
        log().add(ImportCode::AbsurdDuration, {activity.begin, device}, describe(*this, activity));
        return;
    }
    if (length == 0)
        log().add(ImportCode::ZeroDuration, {activity.begin, device}, m_trace.m_names.text(activity.name));
    activity.stream = boundedStream(device, activity.stream);
    owner.activities.append(activity);
}

std::int64_t TraceBuilder::boundedStream(DeviceId device, std::int64_t stream)
{
    const std::pair key(device, stream);
    auto& recent =
        m_recentStreams[(static_cast<std::uint64_t>(stream) + device.value()) % m_recentStreams.size()];
    if (key == recent)
        return stream;
    if (m_streams.size() >= mostStreams && !m_streams.contains(key)) {
        log().add(ImportCode::FoldedLanes, "stream " + std::to_string(stream));
        return otherStreams;
    }
    m_streams.insert(key);
    recent = key;
    return stream;
}

ApiCallKind TraceBuilder::kindOf(NameId name)
{
    if (m_kindKnown.size() <= name.value()) {
        m_kindKnown.resize(m_trace.m_names.size(), false);
        m_kindOfName.resize(m_trace.m_names.size(), ApiCallKind::Other);
    }
    if (!m_kindKnown[name.value()]) {
        m_kindKnown[name.value()] = true;
        m_kindOfName[name.value()] = apiCallKind(m_trace.m_names.text(name));
    }
    return m_kindOfName[name.value()];
}

void TraceBuilder::addCall(ApiCall call)
{
    if (call.end < call.begin) {
        log().add(ImportCode::NegativeDuration, {call.begin, {}}, m_trace.m_names.text(call.name));
        return;
    }
    call.kind = kindOf(call.name);
    m_trace.m_calls.append(call);
}

void TraceBuilder::addRange(HostRange range)
{
    range.file = currentFile();
    if (range.end < range.begin) {
        log().add(ImportCode::NegativeDuration, {range.begin, {}}, m_trace.m_names.text(range.name));
        return;
    }
    m_trace.m_ranges.append(range);
    if (range.kind == RangeKind::Annotation && range.thread.isValid())
        m_trace.m_cpuEvents.append(
            {range.begin, range.end, range.name, range.thread, CpuEventKind::Annotation});
}

void TraceBuilder::addCpuEvent(const CpuEvent& event)
{
    if (event.end < event.begin) {
        log().add(ImportCode::NegativeDuration, {event.begin, {}}, m_trace.m_names.text(event.name));
        return;
    }
    m_trace.m_cpuEvents.append(event);
}

bool TraceBuilder::hasRows() const
{
    return m_trace.activityCount() > 0 || !m_trace.m_calls.isEmpty() || !m_trace.m_ranges.isEmpty();
}

std::uint64_t TraceBuilder::memoryBytes() const
{
    return m_trace.activityCount() * ActivityTable::bytesOfRow +
           m_trace.m_calls.size() * ApiCallTable::bytesOfRow + m_trace.m_ranges.size() * sizeof(HostRange) +
           m_trace.m_cpuEvents.size() * CpuEventTable::bytesOfRow + m_trace.m_names.bytes();
}

void TraceBuilder::dropZeroTimestamps(std::size_t firstDevice)
{
    const std::span<Device> devices = std::span(m_trace.m_devices).subspan(firstDevice);
    const auto isZero = [](TimePoint begin) { return begin == TimePoint(); };
    const auto hasZero = [isZero](const Device& device) {
        return std::any_of(device.activities.begins().begin(), device.activities.begins().end(), isZero);
    };
    if (std::none_of(devices.begin(), devices.end(), hasZero))
        return;
    // CUPTI writes 0 for "no time was collected"; no GPU work begins with an nsys collection, to the ns.
    const bool zeroIsNoTime = m_trace.m_capture.format == TraceFormat::NsysSqlite;
    if (!zeroIsNoTime && isNearZero(medianBegin(devices)))
        return;
    for (Device& device : devices) {
        if (!hasZero(device))
            continue;
        ActivityTable kept;
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            if (isZero(device.activities.begin(row)))
                log().add(ImportCode::ZeroTimestamp, m_trace.m_names.text(device.activities.name(row)));
            else
                kept.append(device.activities.row(row));
        }
        device.activities = std::move(kept);
    }
}

void TraceBuilder::mergeSameDevices()
{
    std::vector<Device>& devices = m_trace.m_devices;
    const std::vector<DeviceName> before = namesOf(devices);
    std::erase_if(devices, [](const Device& device) {
        return device.activities.isEmpty() && device.negativeRows == 0;
    });
    for (std::size_t first = 0; first < devices.size(); ++first) {
        for (std::size_t other = first + 1; other < devices.size();) {
            if (devices[first].uuid.empty() || devices[first].uuid != devices[other].uuid) {
                ++other;
                continue;
            }
            for (std::size_t row = 0; row < devices[other].activities.size(); ++row)
                devices[first].activities.append(devices[other].activities.row(row));
            devices[first].negativeRows += devices[other].negativeRows;
            devices.erase(devices.begin() + static_cast<std::ptrdiff_t>(other));
        }
    }
    std::stable_sort(devices.begin(), devices.end(), [this](const Device& a, const Device& b) {
        const auto place = [this](const Device& device) {
            const Process& process = m_trace.m_processes[device.process.value()];
            const std::vector<CaptureFile>& files = m_trace.m_capture.files;
            const int rank = files.empty() ? 0 : files[process.file].rank.value_or(0);
            return std::tuple(rank, process.file, process.pid, device.key);
        };
        return place(a) < place(b);
    });
    log().renameDevices(newIds(before, namesOf(devices)));
}

Duration TraceBuilder::earliestBegin() const
{
    std::optional<TimePoint> first;
    const auto meet = [&first](TimePoint begin) { first = first ? std::min(*first, begin) : begin; };
    for (const Device& device : m_trace.m_devices) {
        for (const TimePoint begin : device.activities.begins())
            meet(begin);
    }
    for (const TimePoint begin : m_trace.m_calls.begins())
        meet(begin);
    for (const HostRange& range : m_trace.m_ranges) {
        if (range.kind == RangeKind::Annotation)
            meet(range.begin);
    }
    return first.value_or(TimePoint()).time_since_epoch();
}

/// Stops between two devices when cancelled, as linkLaunches() does.
void TraceBuilder::arrangeWork(Duration origin, const Progress& progress)
{
    std::optional<TimeRange> gpu;
    for (Device& device : m_trace.m_devices) {
        if (progress.isCancelled())
            return;
        device.activities.rebase(origin);
        device.activities.sort();
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            const TimeRange range = device.activities.range(row);
            gpu = gpu ? TimeRange{std::min(gpu->begin, range.begin), std::max(gpu->end, range.end)} : range;
        }
    }
    m_trace.m_gpuExtent = gpu.value_or(TimeRange{});
}

void TraceBuilder::arrangeCalls(Duration origin)
{
    m_trace.m_calls.rebase(origin);
    m_trace.m_calls.sort();
}

void TraceBuilder::arrangeEvents(Duration origin)
{
    m_trace.m_ranges.rebase(origin);
    m_trace.m_ranges.sort();
    m_trace.m_cpuEvents.rebase(origin);
    m_trace.m_cpuEvents.arrange(m_trace.m_threads.size());
}

/// Moves all times to the trace start, and brings the rows in order.
void TraceBuilder::arrange(const Progress& progress)
{
    const Duration origin = earliestBegin();
    m_trace.m_capture.origin = origin.count();
    movePlaces(-origin);
    inParallel(
        m_trace.m_calls.size() + m_trace.m_cpuEvents.size() >= rowsWorthAThread,
        [this, origin, &progress] {
            arrangeWork(origin, progress);
            arrangeCalls(origin);
        },
        [this, origin] { arrangeEvents(origin); });
    TimePoint last = m_trace.m_gpuExtent.end;
    for (std::size_t row = 0; row < m_trace.m_calls.size(); ++row)
        last = std::max(last, m_trace.m_calls.end(row));
    for (const HostRange& range : m_trace.m_ranges) {
        if (range.kind == RangeKind::Annotation)
            last = std::max(last, range.end);
    }
    m_trace.m_extent = {TimePoint(), last};
}

std::uint32_t TraceBuilder::correlationScopeOf(ProcessId process) const
{
    return m_scope == CorrelationScope::Process ? process.value() : m_trace.m_processes[process.value()].file;
}

void TraceBuilder::linkLaunches(const Progress& progress)
{
    const LaunchLookup lookup(
        m_trace.m_calls, std::max<std::size_t>(m_trace.m_processes.size(), m_files + 1),
        [this](ThreadId thread) { return correlationScopeOf(m_trace.thread(thread).process); });
    for (Device& device : m_trace.m_devices) {
        if (progress.isCancelled())
            return;
        ActivityTable& table = device.activities;
        std::pair<ProcessId, std::int64_t> last; // the rows of one launch mostly follow each other
        CallId launch;
        std::size_t place = 0;
        for (std::size_t row = 0; row < table.size(); ++row) {
            const std::pair key(table.process(row), table.correlation(row));
            if (key.second == 0)
                continue;
            if (key != last)
                launch = lookup.find(correlationScopeOf(key.first), key.second, place);
            last = key;
            table.setLaunch(row, launch);
        }
    }
}

Result<Trace> TraceBuilder::build(const Progress& progress)
{
    if (m_files == 0)
        dropZeroTimestamps(0);
    mergeSameDevices();
    if (!progress.isCancelled())
        arrange(progress);
    if (!progress.isCancelled())
        linkLaunches(progress);
    Trace built = std::move(m_trace);
    *this = TraceBuilder(built.m_capture.format);
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    return built;
}

Trace TraceBuilder::build()
{
    return std::move(*build(NoProgress()));
}

} // namespace stepscope
