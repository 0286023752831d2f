#include "core/import/nsystable.h"

#include "core/import/plausibletime.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::uint64_t largeTable = 20'000; // rows: worth a thread

bool isGpuTable(std::string_view table)
{
    return table == "CUPTI_ACTIVITY_KIND_KERNEL" || table == "CUPTI_ACTIVITY_KIND_GRAPH_TRACE" ||
           table == "CUPTI_ACTIVITY_KIND_MEMCPY" || table == "CUPTI_ACTIVITY_KIND_MEMSET";
}

} // namespace

NsysTable::NsysTable(SqliteReader& database, const NsysSchema& schema, TraceBuilder& builder,
                     std::string table, std::vector<Column> columns, const Nature& nature)
    : m_database(database), m_builder(builder), m_table(std::move(table)), m_columns(std::move(columns)),
      m_isCounted(nature.isCounted), m_isWhole(nature.condition.empty())
{
    if (!schema.hasTable(m_table))
        return;
    std::string cells;
    for (const Column& column : m_columns) {
        const bool isThere = schema.hasColumn(m_table, column.name);
        if (!isThere && column.need == Need::Needed) {
            m_error = Error{ErrorCode::BadSchema, m_table + "." + column.name};
            countRows();
            return;
        }
        cells += cells.empty() ? "" : ", ";
        cells += isThere ? SqliteReader::quoted(column.name) : "NULL";
    }
    Result<TableScan> scan = TableScan::open(database, m_table, cells, nature.condition);
    if (!scan) {
        builder.log().add(ImportCode::DamagedDatabase, m_table + ": " + scan.error().detail);
        countRows();
        return;
    }
    m_scan = std::move(*scan);
    if (nature.holdsNumbers && m_isWhole)
        readAhead(schema);
}

void NsysTable::readAhead(const NsysSchema& schema)
{
    std::vector<std::string> names;
    for (const Column& column : m_columns)
        names.emplace_back(schema.hasColumn(m_table, column.name) ? column.name : "");
    if (std::optional<PageScan> pages = PageScan::open(m_database, m_table, names))
        m_ahead = std::make_unique<RowAhead>(std::move(*pages), m_database.lastRow(m_table) >= largeTable);
}

bool NsysTable::next()
{
    if (!m_scan || m_isAtEnd || (m_ahead && nextAhead()))
        return !m_isAtEnd && m_scan;
    if (m_isAtEnd)
        return false;
    const TableScan::Step step = m_scan->next();
    m_timesBefore.resize(m_scan->holes().size(), m_lastTime);
    if (step == TableScan::Step::Row)
        return true;
    m_isCancelled = step == TableScan::Step::Cancelled;
    end();
    return false;
}

/// False at the end, and where the other reader has to go on.
bool NsysTable::nextAhead()
{
    if (m_row + 1 < m_block.rows) {
        ++m_row;
        ++m_rowsAhead;
        return true;
    }
    m_row = 0;
    m_block.rows = 0;
    while (m_block.rows == 0 && m_aheadStep == PageScan::Step::Rows)
        m_aheadStep = m_ahead->next(m_block);
    if (m_block.rows > 0) {
        ++m_rowsAhead;
        return true;
    }
    if (m_aheadStep == PageScan::Step::Done) {
        end();
        return false;
    }
    m_ahead.reset();
    countRows(); // first, as of any table: SQLite reads pages more readily that it has seen before
    while (!m_isAtEnd && m_scan->rowsRead() < m_rowsAhead) {
        const TableScan::Step step = m_scan->next();
        m_isCancelled = step == TableScan::Step::Cancelled;
        if (step != TableScan::Step::Row)
            end();
    }
    return false;
}

void NsysTable::end()
{
    m_isAtEnd = true;
    logHoles();
    if (!m_isCounted && !m_isCancelled && m_scan->holes().empty())
        noteRows();
}

void NsysTable::logHoles()
{
    for (std::size_t i = 0; i < m_scan->holes().size(); ++i) {
        const TableScan::Hole& hole = m_scan->holes()[i];
        const std::string after = std::to_string(hole.rowsBefore) + " rows";
        m_builder.log().add(ImportCode::DamagedDatabase, m_table + " after " + after + ": " + hole.fault);
        if (const std::optional<std::uint64_t> lost = hole.lostRows)
            m_builder.log().add(ImportCode::DamagedPart,
                                m_table + ": " + std::to_string(*lost) + " rows after " + after, *lost);
        DamagedPlace place;
        place.table = m_table;
        place.holdsGpuWork = isGpuTable(m_table);
        place.lostRows = hole.lostRows;
        place.after = m_timesBefore[i];
        place.reachesEnd = !hole.next;
        m_builder.capture().damage.push_back(std::move(place));
    }
    if (m_scan->holes().empty())
        return;
    countRows();
    noteRows();
}

/// A damaged table could not be counted.
void NsysTable::noteRows()
{
    auto& contents = m_builder.capture().contents;
    const auto known = std::find_if(contents.begin(), contents.end(),
                                    [this](const auto& entry) { return entry.first == m_table; });
    if (known == contents.end())
        contents.emplace_back(m_table, rowsRead());
    else
        known->second = rowsRead();
}

/// What the rows that were read do not tell: how many there are, or that they cannot be counted.
void NsysTable::countRows()
{
    if (m_isCounted)
        return;
    m_isCounted = true;
    auto& contents = m_builder.capture().contents;
    const Result<std::uint64_t> rows = m_database.countRows(m_table);
    std::erase_if(contents, [this, &rows](const auto& entry) {
        return entry.first == m_table && (!rows || *rows == 0);
    });
    for (auto& [table, count] : contents) {
        if (table == m_table && rows)
            count = *rows;
    }
}

void NsysTable::markBad(std::size_t column)
{
    if (m_badColumn.empty())
        m_badColumn = m_columns[column].name;
}

std::int64_t NsysTable::checkedInteger(std::size_t column, std::int64_t fallback)
{
    const std::optional<std::int64_t> value =
        m_ahead ? std::nullopt : m_scan->row().integer(static_cast<int>(column));
    if (value)
        return *value;
    if (m_columns[column].need == Need::Needed || !isNull(column))
        markBad(column);
    return fallback;
}

TimePoint NsysTable::time(std::size_t column)
{
    const std::int64_t nanoseconds = integer(column);
    if (isPlausibleTime(nanoseconds)) {
        m_lastTime = timePointAt(nanoseconds);
        return *m_lastTime;
    }
    markBad(column);
    return {};
}

std::string_view NsysTable::text(std::size_t column)
{
    const std::optional<std::string_view> value = m_scan->row().text(static_cast<int>(column));
    if (value)
        return *value;
    if (m_columns[column].need == Need::Needed || !isNull(column))
        markBad(column);
    return {};
}

bool NsysTable::isBadRow()
{
    if (m_badColumn.empty())
        return false;
    m_builder.log().add(ImportCode::BadCell,
                        m_table + "." + m_badColumn + " in row " + std::to_string(rowsRead()));
    m_badColumn.clear();
    return true;
}

} // namespace stepscope
