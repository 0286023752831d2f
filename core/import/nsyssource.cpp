#include "core/import/nsyssource.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t longestNsysName = 64 * 1024; // platform.md §5.1
constexpr std::size_t mostNsysThreads = 4096;
constexpr std::size_t mostNsysProcesses = 4096;
constexpr std::uint64_t mostNamesInOrder = 1U << 22;
constexpr std::uint64_t rowsBetweenReports = 4096;

} // namespace

NsysSource::NsysSource(SqliteReader& database, const NsysSchema& schema, TraceBuilder& builder,
                       Progress& progress)
    : m_database(database), m_schema(schema), m_builder(builder), m_progress(progress)
{
    if (!schema.hasColumn("StringIds", "id") || !schema.hasColumn("StringIds", "value"))
        return;
    const std::vector<SqliteReader::Column> columns = database.columns("StringIds");
    if (std::none_of(columns.begin(), columns.end(), [](const SqliteReader::Column& column) {
            return column.isKey && column.name == "id";
        })) {
        readAllNames();
        return;
    }
    Result<SqliteRows> rows = database.query("SELECT \"value\" FROM \"StringIds\" WHERE \"id\" = ?1");
    if (rows)
        m_lookUp = std::move(*rows);
}

/// A copy of an export may have lost its keys: each look-up would go through the whole table.
void NsysSource::readAllNames()
{
    NsysTable names = table("StringIds", {{"id", NsysTable::Need::Needed}, {"value"}});
    while (names.next()) {
        const std::int64_t id = names.integer(0);
        const std::string_view text = names.text(1);
        if (!names.isBadRow() && !names.isNull(1) && !m_names.contains(id))
            m_names.emplace(id, name(text));
    }
}

NsysTable NsysSource::table(const char* name, std::vector<NsysTable::Column> columns,
                            const std::string& condition)
{
    return NsysTable(m_database, m_schema, m_builder, name, std::move(columns),
                     {condition, false, !m_uncounted.contains(name)});
}

NsysTable NsysSource::numbers(const char* name, std::vector<NsysTable::Column> columns)
{
    return NsysTable(m_database, m_schema, m_builder, name, std::move(columns),
                     {{}, true, !m_uncounted.contains(name)});
}

NameId NsysSource::name(std::string_view text)
{
    const CleanText clean = validUtf8(text);
    if (clean.wasInvalid)
        m_builder.log().add(ImportCode::InvalidUtf8, clean.text);
    if (clean.text.size() > longestNsysName)
        m_builder.log().add(ImportCode::LongName, clean.text.substr(0, 40));
    return m_builder.intern(cutUtf8(clean.text, longestNsysName));
}

NameId NsysSource::name(std::int64_t stringId)
{
    const auto place = static_cast<std::uint64_t>(stringId);
    if (place < m_namesInOrder.size() && m_namesInOrder[place].isValid())
        return m_namesInOrder[place];
    const NameId id = findName(stringId);
    if (place < mostNamesInOrder) {
        if (place >= m_namesInOrder.size())
            m_namesInOrder.resize(std::max(place + 1, 2 * m_namesInOrder.size()));
        m_namesInOrder[place] = id;
    }
    return id;
}

NameId NsysSource::findName(std::int64_t stringId)
{
    if (const auto known = m_names.find(stringId); known != m_names.end())
        return known->second;
    NameId id;
    if (m_lookUp) {
        m_lookUp->bind(1, stringId);
        const SqliteRows::Step step = m_lookUp->next();
        if (step == SqliteRows::Step::Row) {
            if (const std::optional<std::string_view> text = m_lookUp->text(0))
                id = name(*text);
        } else if (step == SqliteRows::Step::Damaged && !m_isLookUpDamaged) {
            m_isLookUpDamaged = true;
            m_builder.log().add(ImportCode::DamagedDatabase, "StringIds: " + m_lookUp->fault());
        }
        m_lookUp->reset();
    }
    if (!id.isValid()) {
        id = m_builder.intern("[name " + std::to_string(stringId) + "]");
        m_builder.log().add(ImportCode::MissingName, std::to_string(stringId));
    }
    if (static_cast<std::uint64_t>(stringId) >= mostNamesInOrder)
        m_names.emplace(stringId, id);
    return id;
}

std::uint64_t NsysSource::expectedGpuRows()
{
    std::uint64_t rows = 0;
    for (const char* kind : {"KERNEL", "GRAPH_TRACE", "MEMCPY", "MEMSET"})
        rows += m_database.lastRow(std::string("CUPTI_ACTIVITY_KIND_") + kind);
    return std::min(rows, m_database.mostRows());
}

std::int64_t NsysSource::pidOf(std::int64_t globalId)
{
    return static_cast<std::int64_t>((static_cast<std::uint64_t>(globalId) >> 24) & 0xffffff);
}

std::int64_t NsysSource::tidOf(std::int64_t globalTid)
{
    return globalTid & 0xffffff;
}

ProcessId NsysSource::process(std::int64_t pid)
{
    if (m_lastProcess.second.isValid() && m_lastProcess.first == pid)
        return m_lastProcess.second;
    if (const auto known = m_processes.find(pid); known != m_processes.end()) {
        m_lastProcess = *known;
        return known->second;
    }
    if (m_processes.size() < mostNsysProcesses)
        return m_processes.emplace(pid, m_builder.process(pid)).first->second;
    if (!m_otherProcesses.isValid()) {
        m_otherProcesses = m_builder.process(-1);
        m_builder.setProcessName(m_otherProcesses, "other processes");
    }
    return m_otherProcesses;
}

void NsysSource::nameProcess(std::int64_t pid, const std::string& name)
{
    if (const auto known = m_processes.find(pid); known != m_processes.end())
        m_builder.setProcessName(known->second, name);
}

ThreadId NsysSource::thread(std::int64_t globalTid)
{
    if (const auto known = m_threads.find(globalTid); known != m_threads.end())
        return known->second;
    const ProcessId owner = process(pidOf(globalTid));
    if (m_threads.size() < mostNsysThreads)
        return m_threads.emplace(globalTid, m_builder.thread(owner, tidOf(globalTid))).first->second;
    // A file that numbers a thread per row. One for each process, whose correlation ids are its own.
    m_builder.log().add(ImportCode::FoldedLanes, "thread " + std::to_string(tidOf(globalTid)));
    const ThreadId others = m_builder.thread(owner, -1);
    m_builder.setThreadName(others, "other threads");
    return others;
}

bool NsysSource::countRow()
{
    if (++m_rowsRead % rowsBetweenReports != 0)
        return true;
    m_progress.report(m_rowsRead, m_rowsExpected);
    return !m_progress.isCancelled();
}

} // namespace stepscope
