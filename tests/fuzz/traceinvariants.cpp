#include "tests/fuzz/traceinvariants.h"

#include "tests/fuzz/fuzztarget.h"

namespace stepscope::test {

namespace {

constexpr Duration longestGpuWork = std::chrono::seconds(10);

class Check {
public:
    explicit Check(const Trace& trace) : m_trace(trace) {}

    void devices() const
    {
        std::optional<TimeRange> gpu;
        for (const Device& device : m_trace.devices()) {
            const ActivityTable& table = device.activities;
            isProcess(device.process);
            require(!table.isEmpty() || device.negativeRows > 0, "a device has rows");
            for (std::size_t row = 0; row < table.size(); ++row) {
                const TimeRange range = table.range(row);
                isTime(range);
                isName(table.name(row));
                isProcess(table.process(row));
                require(range.begin >= TimePoint(), "GPU work begins after the trace's start");
                require(range.end - range.begin <= longestGpuWork, "GPU work is not absurdly long");
                require(m_trace.extent().contains(range), "the trace's extent holds the GPU work");
                require(row == 0 || table.begin(row - 1) < range.begin ||
                            (table.begin(row - 1) == range.begin && table.end(row - 1) <= range.end),
                        "GPU work is sorted by begin, then end");
                require(!table.launch(row).isValid() || table.launch(row).value() < m_trace.calls().size(),
                        "a launch is a call of the trace");
                gpu =
                    gpu ? TimeRange{std::min(gpu->begin, range.begin), std::max(gpu->end, range.end)} : range;
            }
        }
        require(gpu.value_or(TimeRange()) == m_trace.gpuExtent(), "the GPU extent is that of the rows");
    }

    void host() const
    {
        const ApiCallTable& calls = m_trace.calls();
        for (std::size_t row = 0; row < calls.size(); ++row) {
            isTime(calls.range(row));
            isName(calls.name(row));
            isThread(calls.thread(row));
            require(m_trace.extent().contains(calls.range(row)), "the trace's extent holds the calls");
            require(row == 0 || calls.begin(row - 1) <= calls.begin(row), "calls are sorted by begin");
        }
        for (std::size_t row = 0; row < m_trace.ranges().size(); ++row) {
            const HostRange& range = m_trace.ranges()[row];
            isTime(range.range());
            isName(range.name);
            require(!range.thread.isValid() || range.thread.value() < m_trace.threads().size(),
                    "the thread of a range is one of the trace");
            require(row == 0 || m_trace.ranges()[row - 1].begin <= range.begin, "ranges are sorted by begin");
        }
        for (const Thread& thread : m_trace.threads())
            isProcess(thread.process);
    }

    void cpuEvents() const
    {
        const CpuEventTable& events = m_trace.cpuEvents();
        std::size_t rows = 0;
        for (std::size_t thread = 0; thread < m_trace.threads().size(); ++thread) {
            const auto [first, last] = events.rowsOf(ThreadId(thread));
            require(first == rows && last >= first, "CPU events are grouped by thread");
            rows = last;
            for (std::size_t row = first; row < last; ++row) {
                isTime(events.range(row));
                isName(events.name(row));
                require(row == first || events.begin(row - 1) <= events.begin(row),
                        "CPU events of a thread are sorted by begin");
                const std::uint32_t parent = events.parent(row);
                require(parent == CpuEventTable::noParent ||
                            (parent >= first && parent < row && events.end(parent) >= events.begin(row)),
                        "the parent of a CPU event was open when it began");
            }
        }
        require(rows == events.size(), "each CPU event is of a thread");
    }

    void damage() const
    {
        const CaptureInfo& capture = m_trace.capture();
        require(capture.damage.empty() || m_trace.log().isDamaged(), "damage is told");
        std::uint64_t before = 0;
        for (const DamagedPlace& place : capture.damage) {
            require(place.table.empty() || capture.format == TraceFormat::NsysSqlite,
                    "only a database has tables");
            if (capture.format == TraceFormat::NsysSqlite)
                continue;
            require(place.offset && *place.offset >= before, "damaged places are in the order of the text");
            before = *place.offset + place.lostBytes.value_or(0);
            require(before <= capture.textBytes, "what is lost lies within the text");
        }
    }

private:
    void isTime(TimeRange range) const
    {
        require(range.end >= range.begin, "nothing ends before it begins");
        const std::int64_t origin = m_trace.capture().origin;
        std::int64_t sum = 0;
        require(!__builtin_add_overflow(origin, nanosecondsOf(range.begin), &sum) &&
                    !__builtin_add_overflow(origin, nanosecondsOf(range.end), &sum),
                "times fit the file's clock");
    }
    void isName(NameId id) const
    {
        require(id.isValid() && id.value() < m_trace.names().size(), "a name is one of the trace");
    }
    void isProcess(ProcessId id) const
    {
        require(id.isValid() && id.value() < m_trace.processes().size(), "a process is one of the trace");
    }
    void isThread(ThreadId id) const
    {
        require(id.isValid() && id.value() < m_trace.threads().size(), "a thread is one of the trace");
    }

    const Trace& m_trace;
};

} // namespace

void checkTrace(const Trace& trace)
{
    const Check check(trace);
    check.devices();
    check.host();
    check.cpuEvents();
    check.damage();
}

std::uint64_t rowsTaken(const Trace& trace)
{
    std::uint64_t rows = trace.activityCount() + trace.calls().size() + trace.ranges().size();
    for (std::size_t row = 0; row < trace.cpuEvents().size(); ++row)
        rows += trace.cpuEvents().kind(row) == CpuEventKind::Annotation ? 0 : 1; // those are ranges, too
    return rows;
}

std::uint64_t rowsCounted(const Trace& trace)
{
    std::uint64_t rows = 0;
    for (const auto& [kind, count] : trace.capture().contents)
        rows += count;
    return rows;
}

} // namespace stepscope::test
