#include "core/trace/tracecolumns.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

/// Of a table: whether its times are times, and what they cover.
class Times {
public:
    explicit Times(const Trace& trace) : m_origin(trace.capture().origin) {}

    bool take(TimeRange range)
    {
        m_all =
            m_all ? TimeRange{std::min(m_all->begin, range.begin), std::max(m_all->end, range.end)} : range;
        return range.begin <= range.end;
    }
    /// Whether the file's clock holds them, and 64 bits the distance of any two.
    bool fit() const
    {
        std::int64_t ignored = 0;
        return !m_all ||
               (!__builtin_add_overflow(m_origin, nanosecondsOf(m_all->begin), &ignored) &&
                !__builtin_add_overflow(m_origin, nanosecondsOf(m_all->end), &ignored) &&
                !__builtin_sub_overflow(nanosecondsOf(m_all->end), nanosecondsOf(m_all->begin), &ignored));
    }
    TimeRange all() const { return m_all.value_or(TimeRange()); }

private:
    std::int64_t m_origin;
    std::optional<TimeRange> m_all;
};

template <class Id, class Things> bool isOneOf(Id id, const Things& things)
{
    return id.value() < things.size();
}

template <class Id, class Things> bool isNoneOrOneOf(Id id, const Things& things)
{
    return !id.isValid() || isOneOf(id, things);
}

template <class Kind> bool isUpTo(Kind kind, Kind last)
{
    return kind <= last;
}

} // namespace

TraceColumns::Parts TraceColumns::partsOf(Trace& trace)
{
    return {trace.m_names,   trace.m_processes,     trace.m_threads, trace.m_devices,  trace.m_ranges,
            trace.m_capture, trace.m_log.m_entries, trace.m_extent,  trace.m_gpuExtent};
}

template <class Table> bool TraceColumns::isEven(const Table& table)
{
    bool isSo = true;
    table.visitColumns(table, [&](const std::string&, const auto& values, ColumnLength length) {
        isSo = isSo && (length == ColumnLength::Own || values.size() == table.size());
    });
    return isSo && table.isSound();
}

bool TraceColumns::isDevice(const Trace& trace, const Device& device)
{
    const ActivityTable& work = device.activities;
    if (!isEven(work) || !isOneOf(device.process, trace.processes()))
        return false;
    Times times(trace);
    for (std::size_t row = 0; row < work.size(); ++row) {
        const bool isSorted = row == 0 || work.begin(row - 1) < work.begin(row) ||
                              (work.begin(row - 1) == work.begin(row) && work.end(row - 1) <= work.end(row));
        if (!times.take(work.range(row)) || !isSorted || !isOneOf(work.name(row), trace.names()) ||
            !isOneOf(work.process(row), trace.processes()) ||
            !isNoneOrOneOf(work.launch(row), trace.calls()) ||
            !isUpTo(work.kind(row), ActivityKind::Memset) || !isUpTo(work.copy(row), CopyKind::Other))
            return false;
    }
    return times.fit() && (work.isEmpty() || trace.gpuExtent().contains(times.all()));
}

bool TraceColumns::areCalls(const Trace& trace)
{
    const ApiCallTable& calls = trace.calls();
    if (!isEven(calls))
        return false;
    Times times(trace);
    for (std::size_t row = 0; row < calls.size(); ++row) {
        const bool isSorted =
            row == 0 || calls.begin(row - 1) < calls.begin(row) ||
            (calls.begin(row - 1) == calls.begin(row) && calls.end(row - 1) >= calls.end(row));
        if (!times.take(calls.range(row)) || !isSorted || !isOneOf(calls.name(row), trace.names()) ||
            !isOneOf(calls.thread(row), trace.threads()) || !isUpTo(calls.kind(row), ApiCallKind::Other))
            return false;
    }
    return times.fit() && (calls.isEmpty() || trace.extent().contains(times.all()));
}

bool TraceColumns::areCpuEvents(const Trace& trace)
{
    const CpuEventTable& events = trace.cpuEvents();
    if (!isEven(events))
        return false;
    Times times(trace);
    std::size_t row = 0;
    for (std::size_t thread = 0; thread < trace.threads().size(); ++thread) {
        const auto [first, last] = events.rowsOf(ThreadId(thread));
        if (first != row || last < first || last > events.size())
            return false;
        for (; row < last; ++row) {
            const std::uint32_t parent = events.parent(row);
            const bool isSorted =
                row == first || events.begin(row - 1) < events.begin(row) ||
                (events.begin(row - 1) == events.begin(row) && events.end(row - 1) >= events.end(row));
            if (!times.take(events.range(row)) || !isSorted || !isOneOf(events.name(row), trace.names()) ||
                events.thread(row) != ThreadId(thread) ||
                !isUpTo(events.kind(row), CpuEventKind::Annotation) ||
                (parent != CpuEventTable::noParent && (parent < first || parent >= row)))
                return false;
        }
    }
    return row == events.size() && times.fit();
}

bool TraceColumns::areRanges(const Trace& trace)
{
    const RangeTable& ranges = trace.ranges();
    Times times(trace);
    for (std::size_t row = 0; row < ranges.size(); ++row) {
        const HostRange& range = ranges[row];
        const bool isSorted = row == 0 || ranges[row - 1].begin < range.begin ||
                              (ranges[row - 1].begin == range.begin && ranges[row - 1].end >= range.end);
        if (!times.take(range.range()) || !isSorted || !isOneOf(range.name, trace.names()) ||
            !isNoneOrOneOf(range.thread, trace.threads()) || !isUpTo(range.kind, RangeKind::Recording) ||
            range.file >= std::max<std::size_t>(1, trace.capture().files.size()))
            return false;
    }
    return times.fit();
}

bool TraceColumns::areFacts(const Trace& trace)
{
    const std::size_t files = std::max<std::size_t>(1, trace.capture().files.size());
    const auto isProcess = [files](const Process& process) { return process.file < files; };
    const auto isThread = [&trace](const Thread& thread) {
        return isOneOf(thread.process, trace.processes());
    };
    const auto isPlace = [files](const DamagedPlace& place) { return place.file < files; };
    const auto isEntry = [&trace](const ImportEntry& entry) {
        return entry.examples.size() == entry.places.size() &&
               std::all_of(entry.places.begin(), entry.places.end(),
                           [&trace](const std::optional<ImportPlace>& place) {
                               return !place || isNoneOrOneOf(place->device, trace.devices());
                           });
    };
    const auto& entries = trace.log().entries();
    return std::all_of(trace.processes().begin(), trace.processes().end(), isProcess) &&
           std::all_of(trace.threads().begin(), trace.threads().end(), isThread) &&
           std::all_of(trace.capture().damage.begin(), trace.capture().damage.end(), isPlace) &&
           std::all_of(entries.begin(), entries.end(), isEntry) && trace.extent().begin == TimePoint() &&
           trace.extent().end >= trace.gpuExtent().end && trace.gpuExtent().begin <= trace.gpuExtent().end &&
           trace.gpuExtent().begin >= TimePoint();
}

bool TraceColumns::areTexts(const Trace& trace)
{
    bool areSo = true;
    const auto take = [&areSo](const std::string& text) { areSo = areSo && isValidUtf8(text); };
    for (const Process& process : trace.processes())
        take(process.name);
    for (const Thread& thread : trace.threads())
        take(thread.name);
    for (const Device& device : trace.devices()) {
        take(device.hardware);
        take(device.uuid);
    }
    take(trace.capture().tool);
    take(trace.capture().schemaVersion);
    for (const auto& [name, value] : trace.capture().facts) {
        take(name);
        take(value);
    }
    for (const auto& [kind, count] : trace.capture().contents)
        take(kind);
    for (const DamagedPlace& place : trace.capture().damage)
        take(place.table);
    for (const ImportEntry& entry : trace.log().entries())
        std::for_each(entry.examples.begin(), entry.examples.end(), take);
    return areSo;
}

bool TraceColumns::isTrace(const Trace& trace)
{
    return areFacts(trace) && areTexts(trace) && areCalls(trace) && areRanges(trace) && areCpuEvents(trace) &&
           std::all_of(trace.devices().begin(), trace.devices().end(),
                       [&trace](const Device& device) { return isDevice(trace, device); });
}

} // namespace stepscope
