#include "core/import/nsyshostrows.h"

#include "core/base/utf8.h"

#include <set>

namespace stepscope {

namespace {

constexpr std::int64_t pushPopRange = 59; // NVTX_EVENTS.eventType
constexpr std::int64_t startEndRange = 60;

} // namespace

std::optional<Error> NsysHostRows::read()
{
    for (const char* table : {"CUPTI_ACTIVITY_KIND_RUNTIME", "CUPTI_ACTIVITY_KIND_DRIVER"}) {
        if (const std::optional<Error> error = readCalls(table))
            return error;
    }
    readNvtx();
    readOverhead("PROFILER_OVERHEAD");
    readOverhead("CUPTI_ACTIVITY_KIND_OVERHEAD");
    readNames();
    if (m_source.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    return std::nullopt;
}

std::optional<Error> NsysHostRows::readCalls(const char* name)
{
    using Need = NsysTable::Need;
    enum Column : std::size_t { Start, End, GlobalTid, Name, Correlation };
    NsysTable table = m_source.numbers(name, {{"start", Need::Needed},
                                              {"end", Need::Needed},
                                              {"globalTid"},
                                              {"nameId", Need::Needed},
                                              {"correlationId"}});
    while (table.next()) {
        if (!m_source.countRow())
            break;
        ApiCall call;
        call.begin = table.time(Start);
        call.end = table.time(End);
        call.correlation = table.integer(Correlation);
        const std::int64_t globalTid = table.integer(GlobalTid);
        const std::int64_t nameId = table.integer(Name);
        if (table.isBadRow())
            continue;
        call.name = m_source.name(nameId);
        call.thread = m_source.thread(globalTid);
        m_source.builder().addCall(call);
    }
    return table.error();
}

void NsysHostRows::readNvtx()
{
    using Need = NsysTable::Need;
    enum Column : std::size_t { Start, End, Type, Text, TextId, GlobalTid };
    NsysTable table = m_source.table(
        "NVTX_EVENTS",
        {{"start", Need::Needed}, {"end"}, {"eventType", Need::Needed}, {"text"}, {"textId"}, {"globalTid"}});
    if (table.error())
        m_source.builder().log().add(ImportCode::SkippedRows,
                                     "NVTX_EVENTS: no column " + table.error()->detail);
    while (table.next()) {
        if (!m_source.countRow())
            break;
        const std::int64_t type = table.integer(Type);
        if (type != pushPopRange && type != startEndRange) {
            table.isBadRow();
            continue;
        }
        HostRange range;
        range.begin = table.time(Start);
        const bool isOpen = table.isNull(End);
        range.end = table.time(End);
        const bool hasThread = !table.isNull(GlobalTid);
        const std::int64_t globalTid = table.integer(GlobalTid);
        const bool isRegistered = !table.isNull(TextId);
        const std::int64_t textId = table.integer(TextId);
        const std::string_view text = table.text(Text);
        if (table.isBadRow())
            continue;
        if (isOpen) {
            m_source.builder().log().add(ImportCode::SkippedRows, {range.begin, {}},
                                         "NVTX range that never ends");
            continue;
        }
        range.name = isRegistered ? m_source.name(textId) : m_source.name(text);
        if (hasThread)
            range.thread = m_source.thread(globalTid);
        m_source.builder().addRange(range);
    }
}

void NsysHostRows::readOverhead(const char* name)
{
    using Need = NsysTable::Need;
    enum Column : std::size_t { Start, End, GlobalTid, Name };
    NsysTable table =
        m_source.numbers(name, {{"start", Need::Needed}, {"end", Need::Needed}, {"globalTid"}, {"nameId"}});
    if (table.error())
        m_source.builder().log().add(ImportCode::SkippedRows,
                                     std::string(name) + ": no column " + table.error()->detail);
    while (table.next()) {
        if (!m_source.countRow())
            break;
        HostRange range;
        range.kind = RangeKind::Overhead;
        range.begin = table.time(Start);
        range.end = table.time(End);
        const bool hasThread = !table.isNull(GlobalTid);
        const std::int64_t globalTid = table.integer(GlobalTid);
        const bool hasName = !table.isNull(Name);
        const std::int64_t nameId = table.integer(Name);
        if (table.isBadRow())
            continue;
        range.name = hasName ? m_source.name(nameId) : m_source.builder().intern("Profiler overhead");
        if (hasThread)
            range.thread = m_source.thread(globalTid);
        m_source.builder().addRange(range);
    }
}

/// PROCESSES lists every process of the machine: only those that appear get their name.
void NsysHostRows::readNames()
{
    NsysTable processes = m_source.table("PROCESSES", {{"pid"}, {"name"}});
    while (processes.next()) {
        const std::int64_t pid = processes.integer(0, -1);
        const std::string name = validUtf8(processes.text(1)).text;
        if (!processes.isBadRow())
            m_source.nameProcess(pid, name);
    }
    NsysTable threads = m_source.table("ThreadNames", {{"nameId"}, {"globalTid"}});
    while (threads.next()) {
        const std::int64_t nameId = threads.integer(0, -1);
        const std::int64_t globalTid = threads.integer(1, -1);
        if (!threads.isBadRow() && m_source.hasThread(globalTid))
            m_source.builder().setThreadName(m_source.thread(globalTid),
                                             std::string(m_source.builder().name(m_source.name(nameId))));
    }
}

} // namespace stepscope
