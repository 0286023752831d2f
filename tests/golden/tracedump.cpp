#include "tests/golden/tracedump.h"

#include "core/import/emptytrace.h"
#include "core/report/errortext.h"
#include "core/report/importtext.h"
#include "core/report/printabletext.h"

#include <array>
#include <sstream>

namespace stepscope::test {

namespace {

std::string kindWord(ActivityKind kind)
{
    constexpr std::array words = {"kernel", "graph", "memcpy", "memset"};
    return words[static_cast<std::size_t>(kind)];
}

std::string copyWord(CopyKind kind)
{
    constexpr std::array words = {"", " HtoD", " DtoH", " DtoD", " HtoH", " PtoP", " other"};
    return words[static_cast<std::size_t>(kind)];
}

std::string callWord(ApiCallKind kind)
{
    constexpr std::array words = {"kernel-launch", "graph-launch", "copy",  "memset",  "synchronize",
                                  "stream-wait",   "allocate",     "build", "capture", "other"};
    return words[static_cast<std::size_t>(kind)];
}

std::string rangeWord(RangeKind kind)
{
    constexpr std::array words = {"annotation", "overhead", "recording"};
    return words[static_cast<std::size_t>(kind)];
}

class Dump {
public:
    explicit Dump(const Trace& trace) : m_trace(trace) {}

    std::string text()
    {
        capture();
        for (const Device& device : m_trace.devices())
            lane(device);
        calls();
        ranges();
        for (const ImportEntry& entry : m_trace.log().entries()) {
            m_text << "log " << importCodeWord(entry.code) << " ×" << entry.count << ": "
                   << printable(importSentence(entry).english()) << "\n";
        }
        if (m_trace.log().isDamaged())
            m_text << "damaged\n";
        return m_text.str();
    }

private:
    std::string times(TimeRange range) const
    {
        const std::int64_t origin = m_trace.capture().origin;
        return std::to_string(origin + nanosecondsOf(range.begin)) + " " +
               std::to_string(origin + nanosecondsOf(range.end));
    }

    std::string threadName(ThreadId id) const
    {
        if (!id.isValid())
            return "no thread";
        const Thread& thread = m_trace.thread(id);
        return std::to_string(m_trace.processes()[thread.process.value()].pid) + "/" +
               std::to_string(thread.tid) + (thread.name.empty() ? "" : " (" + printable(thread.name) + ")");
    }

    void capture()
    {
        const CaptureInfo& capture = m_trace.capture();
        m_text << "tool " << printable(capture.tool) << "\n";
        if (!capture.schemaVersion.empty())
            m_text << "schema " << printable(capture.schemaVersion) << "\n";
        if (capture.isGraphMode)
            m_text << "graph level\n";
        if (capture.withStack)
            m_text << "with stack\n";
        if (capture.rank)
            m_text << "rank " << *capture.rank << "\n";
        if (capture.worldSize)
            m_text << "world size " << *capture.worldSize << "\n";
        m_text << "origin " << capture.origin << "\n";
        if (capture.baseTime)
            m_text << "base " << *capture.baseTime << "\n";
        for (const auto& [name, value] : capture.facts)
            m_text << "fact " << printable(name) << ": " << printable(value) << "\n";
        for (const auto& [kind, count] : capture.contents)
            m_text << "contents " << printable(kind) << " " << count << "\n";
    }

    void lane(const Device& device)
    {
        const Process& process = m_trace.processes()[device.process.value()];
        m_text << "device " << device.key << " of pid " << process.pid;
        if (!process.name.empty())
            m_text << " (" << printable(process.name) << ")";
        if (!device.hardware.empty())
            m_text << ", " << printable(device.hardware);
        if (!device.uuid.empty())
            m_text << ", " << printable(device.uuid);
        if (device.negativeRows > 0)
            m_text << ", negative " << device.negativeRows;
        m_text << "\n";
        const ActivityTable& table = device.activities;
        for (std::size_t row = 0; row < table.size(); ++row) {
            m_text << "  " << times(table.range(row)) << " " << kindWord(table.kind(row))
                   << copyWord(table.copy(row)) << " \""
                   << printable(m_trace.name(table.name(row)).substr(0, 80)) << "\" stream "
                   << table.stream(row);
            if (table.correlation(row) != 0)
                m_text << " correlation " << table.correlation(row);
            if (table.bytes(row) != 0)
                m_text << " bytes " << table.bytes(row);
            if (table.graph(row) != 0)
                m_text << " graph " << table.graph(row);
            if (table.graphNode(row) != 0)
                m_text << " node " << table.graphNode(row);
            if (table.launch(row).isValid())
                m_text << " by call " << table.launch(row).value();
            if (table.process(row) != device.process)
                m_text << " of pid " << m_trace.processes()[table.process(row).value()].pid;
            m_text << "\n";
        }
    }

    void calls()
    {
        const ApiCallTable& table = m_trace.calls();
        for (std::size_t row = 0; row < table.size(); ++row) {
            m_text << "call " << row << " " << times(table.range(row)) << " " << callWord(table.kind(row))
                   << " \"" << printable(m_trace.name(table.name(row))) << "\" on "
                   << threadName(table.thread(row));
            if (table.correlation(row) != 0)
                m_text << " correlation " << table.correlation(row);
            m_text << "\n";
        }
    }

    void ranges()
    {
        for (const HostRange& range : m_trace.ranges()) {
            m_text << "range " << times(range.range()) << " " << rangeWord(range.kind) << " \""
                   << printable(m_trace.name(range.name)) << "\" on " << threadName(range.thread) << "\n";
        }
    }

    const Trace& m_trace;
    std::ostringstream m_text;
};

} // namespace

std::string dumpTrace(const Trace& trace)
{
    return Dump(trace).text();
}

std::string dumpResult(const Result<Trace>& trace)
{
    if (!trace)
        return "refused: " + errorSentence(trace.error(), "TRACE") + "\n";
    std::string text = dumpTrace(*trace);
    if (const std::optional<Error> nothing = whyNothingToShow(*trace))
        text += "nothing to show: " + errorSentence(*nothing, "TRACE") + "\n";
    return text;
}

} // namespace stepscope::test
