#include "core/import/kinetocollector.h"

#include "core/import/graphplace.h"
#include "core/import/kinetometadata.h"
#include "core/import/plausibletime.h"
#include "core/import/scannedevents.h"

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

// Bounds against files that number a lane per row (platform.md §5.1).
constexpr std::size_t mostThreads = 4096;
constexpr std::size_t mostProcesses = 4096;
constexpr std::size_t mostGpus = 1024;
constexpr std::size_t mostNames = 100'000;
constexpr std::size_t mostKinds = 1000;
/// All times whole by chance: out of the question from a few rows on.
constexpr std::uint64_t rowsForWholeMicroseconds = 10;

/// "Memcpy HtoD (Pinned -> Device)"; ROCm says it in args.kind, also as "CopyHostToDevice".
CopyKind copyKindOf(std::string_view text)
{
    struct Word {
        std::string_view word;
        CopyKind kind;
    };
    constexpr std::array words = {
        Word{"HtoD", CopyKind::HostToDevice},         Word{"DtoH", CopyKind::DeviceToHost},
        Word{"DtoD", CopyKind::DeviceToDevice},       Word{"PtoP", CopyKind::PeerToPeer},
        Word{"HtoH", CopyKind::HostToHost},           Word{"HostToDevice", CopyKind::HostToDevice},
        Word{"DeviceToHost", CopyKind::DeviceToHost}, Word{"DeviceToDevice", CopyKind::DeviceToDevice},
        Word{"PeerToPeer", CopyKind::PeerToPeer},     Word{"HostToHost", CopyKind::HostToHost},
    };
    for (const Word& known : words) {
        if (text.find(known.word) != std::string_view::npos)
            return known.kind;
    }
    return CopyKind::Other;
}

} // namespace

KinetoCollector::Kind& KinetoCollector::kindOf(std::string_view phase, std::string_view category)
{
    m_kindKey.assign(phase);
    if (!category.empty())
        m_kindKey.append(":").append(category);
    if (const auto known = m_kinds.find(m_kindKey); known != m_kinds.end())
        return known->second;
    if (m_kinds.size() >= mostKinds)
        m_kindKey = "other";
    const auto [entry, isNew] = m_kinds.try_emplace(m_kindKey);
    if (isNew) {
        entry->second = {m_kindKey == "other" ? EventCategory::Ignored : eventCategory(phase, category),
                         m_contents.size()};
        m_contents.emplace_back(m_kindKey, 0);
    }
    return entry->second;
}

NameId KinetoCollector::nameOf(const KinetoEvent& event)
{
    if (!event.nameId)
        return m_builder.intern(event.name);
    if (!event.nameId->isValid())
        *event.nameId = m_builder.intern(event.name);
    return *event.nameId;
}

void KinetoCollector::addStray()
{
    m_builder.log().add(ImportCode::BadEvent, "a value in the event list that is no event");
}

void KinetoCollector::addDuplicateKey(std::string_view where)
{
    m_builder.log().add(ImportCode::DuplicateKey, where);
}

void KinetoCollector::add(const KinetoEvent& event)
{
    if (event.phase.empty() && event.category.empty() && event.name.empty())
        return; // XLA ends its list with {}
    ++m_wholeEvents;
    const Kind& kind = kindOf(event.phase, event.category);
    ++m_contents[kind.row].second;
    add(event, kind.category);
}

void KinetoCollector::add(ScannedEvents& events)
{
    std::vector<EventCategory> categories;
    for (const ScannedEvents::Kind& found : events.kinds()) {
        const Kind& kind = kindOf(found.phase, found.category);
        m_contents[kind.row].second += found.events;
        m_wholeEvents += found.events;
        categories.push_back(kind.category);
    }
    events.forEach([&](const KinetoEvent& event, std::size_t kind) { add(event, categories[kind]); });
}

void KinetoCollector::add(const KinetoEvent& event, EventCategory category)
{
    switch (category) {
    case EventCategory::Kernel:
        return addGpuWork(event, ActivityKind::Kernel);
    case EventCategory::Memcpy:
        return addGpuWork(event, ActivityKind::Memcpy);
    case EventCategory::Memset:
        return addGpuWork(event, ActivityKind::Memset);
    case EventCategory::Call:
        return addCall(event);
    case EventCategory::Annotation:
        return addRange(event, RangeKind::Annotation);
    case EventCategory::Operator:
        if (event.name.starts_with("ProfilerStep#")) // an operator until 2022
            return addRange(event, RangeKind::Annotation);
        return addCpuEvent(event, CpuEventKind::Operator);
    case EventCategory::PythonFunction:
        return addCpuEvent(event, CpuEventKind::PythonFunction);
    case EventCategory::Overhead:
        return addRange(event, RangeKind::Overhead);
    case EventCategory::Recording:
        return addRange(event, RangeKind::Recording);
    case EventCategory::Names:
        return addName(event);
    case EventCategory::Mark:
        m_hasWindowEnd = m_hasWindowEnd || event.name == "Record Window End";
        return;
    case EventCategory::Ignored:
        return;
    }
}

std::optional<std::pair<TimePoint, TimePoint>> KinetoCollector::timesOf(const KinetoEvent& event)
{
    std::int64_t end = 0;
    if (!event.begin || !event.duration || __builtin_add_overflow(*event.begin, *event.duration, &end) ||
        !isPlausibleTime(*event.begin) || !isPlausibleTime(end)) {
        const std::string what = std::string(event.name) + ": no usable ts and dur";
        if (event.begin && isPlausibleTime(*event.begin))
            m_builder.log().add(ImportCode::BadEvent, {timePointAt(*event.begin), {}}, what);
        else
            m_builder.log().add(ImportCode::BadEvent, what);
        return std::nullopt;
    }
    return std::pair(timePointAt(*event.begin), timePointAt(end));
}

void KinetoCollector::addGpuWork(const KinetoEvent& event, ActivityKind kind)
{
    const auto times = timesOf(event);
    if (!times)
        return;
    const std::optional<std::int64_t> device = event.device ? event.device : event.pid;
    if (!device) {
        m_builder.log().add(ImportCode::BadEvent, {times->first, {}},
                            std::string(event.name) + ": no device");
        return;
    }
    if (!event.device)
        m_builder.log().add(ImportCode::DeviceFromPid, {times->first, {}}, event.name);
    ++m_timedRows;
    m_hasFraction = m_hasFraction || *event.begin % 1000 != 0 || *event.duration % 1000 != 0;

    Activity activity;
    activity.begin = times->first;
    activity.end = times->second;
    activity.name = nameOf(event);
    activity.correlation = event.correlation;
    activity.stream = event.stream ? *event.stream : event.tid.value_or(0);
    activity.kind = kind;
    const GraphPlace place = graphPlace(event.graphId, event.graphNodeId);
    activity.graph = place.graph;
    activity.graphNode = place.node;
    if (kind == ActivityKind::Memcpy) {
        activity.copy = copyKindOf(event.name);
        if (activity.copy == CopyKind::Other)
            activity.copy = copyKindOf(event.copyKind);
    }
    if (kind != ActivityKind::Kernel)
        activity.bytes = event.bytes;
    if (m_gpuProcess.isValid())
        keep(*device, activity);
    else
        m_waiting.emplace_back(*device, activity);
}

void KinetoCollector::keep(std::int64_t device, Activity activity)
{
    activity.process = m_gpuProcess;
    m_builder.addActivity(deviceOf(device), activity);
}

DeviceId KinetoCollector::deviceOf(std::int64_t number)
{
    if (const auto known = m_devices.find(number); known != m_devices.end())
        return known->second;
    if (m_devices.size() < mostGpus)
        return m_devices.emplace(number, m_builder.device(m_gpuProcess, number)).first->second;
    m_builder.log().add(ImportCode::FoldedLanes, "GPU " + std::to_string(number));
    if (!m_otherDevices.isValid()) {
        m_otherDevices = m_builder.device(m_gpuProcess, -1);
        m_builder.describeDevice(m_otherDevices, "other GPUs", {});
    }
    return m_otherDevices;
}

/// A kineto file holds one process: GPU rows belong to whoever makes the calls.
void KinetoCollector::setProcess(std::int64_t pid)
{
    m_gpuProcess = processOf(pid);
    for (const auto& [device, activity] : m_waiting)
        keep(device, activity);
    m_waiting = {};
}

ProcessId KinetoCollector::processOf(std::int64_t pid)
{
    if (const auto known = m_processes.find(pid); known != m_processes.end())
        return known->second;
    if (m_processes.size() >= mostProcesses)
        return m_processes.begin()->second;
    return m_processes.emplace(pid, m_builder.process(pid)).first->second;
}

ThreadId KinetoCollector::threadOf(const KinetoEvent& event)
{
    const std::pair key(event.pid.value_or(0), event.tid.value_or(0));
    if (!m_lastThreadId.isValid() || key != m_lastThread) {
        const auto known = m_threads.find(key);
        if (known == m_threads.end() && m_threads.size() >= mostThreads)
            return otherThread(key.second);
        m_lastThreadId =
            known != m_threads.end()
                ? known->second
                : m_threads.emplace(key, m_builder.thread(processOf(key.first), key.second)).first->second;
        m_lastThread = key;
    }
    return m_lastThreadId;
}

ThreadId KinetoCollector::otherThread(std::int64_t tid)
{
    m_builder.log().add(ImportCode::FoldedLanes, "thread " + std::to_string(tid));
    if (!m_otherThreads.isValid()) {
        m_otherThreads = m_builder.thread(m_processes.begin()->second, -1);
        m_builder.setThreadName(m_otherThreads, "other threads");
    }
    return m_otherThreads;
}

void KinetoCollector::addCall(const KinetoEvent& event)
{
    const auto times = timesOf(event);
    if (!times)
        return;
    if (!m_gpuProcess.isValid() && event.pid)
        setProcess(*event.pid);
    m_isRocm = m_isRocm || event.name.starts_with("hip");
    ++m_timedRows;
    m_hasFraction = m_hasFraction || *event.begin % 1000 != 0 || *event.duration % 1000 != 0;
    ApiCall call;
    call.begin = times->first;
    call.end = times->second;
    call.name = nameOf(event);
    call.thread = threadOf(event);
    call.correlation = event.correlation;
    m_builder.addCall(call);
}

void KinetoCollector::addRange(const KinetoEvent& event, RangeKind kind)
{
    const auto times = timesOf(event);
    if (!times)
        return;
    HostRange range;
    range.begin = times->first;
    range.end = times->second;
    range.name = nameOf(event);
    range.kind = kind;
    if (kind == RangeKind::Annotation && event.pid) { // the others have made-up lanes
        range.thread = threadOf(event);
        if (!m_hostPid)
            m_hostPid = event.pid;
    }
    m_builder.addRange(range);
}

void KinetoCollector::addCpuEvent(const KinetoEvent& event, CpuEventKind kind)
{
    const auto times = timesOf(event);
    if (!times)
        return;
    if (!event.pid) {
        m_builder.log().add(ImportCode::BadEvent, std::string(event.name) + ": no pid");
        return;
    }
    const CpuEvent row{times->first, times->second, nameOf(event), threadOf(event), kind};
    if (kind != CpuEventKind::PythonFunction ||
        m_pythonFrames.keeps(row.name, event.name, row.thread, row.range()))
        m_builder.addCpuEvent(row);
}

void KinetoCollector::addName(const KinetoEvent& event)
{
    if (!event.pid || event.label.empty())
        return;
    if (event.name == "process_name" && m_processNames.size() < mostNames)
        m_processNames[*event.pid] = event.label;
    else if (event.name == "thread_name" && event.tid && m_threadNames.size() < mostNames)
        m_threadNames[{*event.pid, *event.tid}] = event.label;
}

void KinetoCollector::finish(const KinetoMetadata& metadata)
{
    if (!m_gpuProcess.isValid() && !m_waiting.empty())
        setProcess(m_hostPid.value_or(0));
    for (const auto& [pid, process] : m_processes) {
        if (const auto name = m_processNames.find(pid); name != m_processNames.end())
            m_builder.setProcessName(process, name->second);
    }
    for (const auto& [key, thread] : m_threads) {
        if (const auto name = m_threadNames.find(key); name != m_threadNames.end())
            m_builder.setThreadName(thread, name->second);
    }
    for (const auto& [number, device] : m_devices) {
        if (!metadata.isRocm() && !m_isRocm)
            m_builder.describeDevice(device, metadata.deviceName(number), {});
    }
    if (!m_hasFraction && m_timedRows >= rowsForWholeMicroseconds)
        m_builder.log().add(ImportCode::WholeMicroseconds, {}, m_timedRows);
    if (m_pythonFrames.leftOut() > 0)
        m_builder.log().add(ImportCode::LeftOutPython, {}, m_pythonFrames.leftOut());
    m_builder.capture().contents = std::move(m_contents);
    m_builder.capture().facts.emplace_back("Record Window End", m_hasWindowEnd ? "present" : "missing");
}

} // namespace stepscope
