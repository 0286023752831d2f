#include "core/import/tablescan.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace stepscope {

namespace {

constexpr std::size_t mostHoles = 1000;
constexpr std::int64_t lowestId = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highestId = std::numeric_limits<std::int64_t>::max();

/// How far it is up to a greater id: more than an id can say.
std::uint64_t idDistance(std::int64_t from, std::int64_t to)
{
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

std::int64_t idAbove(std::int64_t from, std::uint64_t step)
{
    return step >= idDistance(from, highestId)
               ? highestId
               : static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + step);
}

/// The name under which the row ids of a table can be asked for; a column of that name hides them.
std::string_view idName(SqliteReader& database, const std::string& table)
{
    const std::vector<SqliteReader::Column> columns = database.columns(table);
    for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        const auto isHidden = [name](const SqliteReader::Column& column) {
            return sqlite3_stricmp(column.name.c_str(), name.data()) == 0;
        };
        if (std::none_of(columns.begin(), columns.end(), isHidden))
            return name;
    }
    return {};
}

} // namespace

Result<TableScan> TableScan::open(SqliteReader& database, const std::string& table,
                                  const std::string& columns, const std::string& condition)
{
    // An index that holds all columns would give its own order.
    const std::string from = " FROM " + SqliteReader::quoted(table) + " NOT INDEXED";
    const std::string where = condition.empty() ? std::string() : " WHERE (" + condition + ")";
    if (const std::string id(idName(database, table)); !id.empty()) {
        const std::string select = "SELECT " + columns + ", " + id + from;
        if (Result<SqliteRows> rows = database.query(select + where))
            return TableScan(database, std::move(*rows),
                             select + (where.empty() ? " WHERE " : where + " AND ") + id + " >= ?1");
    }
    Result<SqliteRows> rows = database.query("SELECT " + columns + from + where); // WITHOUT ROWID
    if (!rows)
        return rows.error();
    return TableScan(database, std::move(*rows), {});
}

std::optional<std::int64_t> TableScan::id() const
{
    return m_againSql.empty() ? std::nullopt : row().integer(row().columns() - 1);
}

TableScan::Step TableScan::next()
{
    SqliteRows& rows = m_isResumed ? *m_again : m_rows;
    switch (rows.next()) {
    case SqliteRows::Step::Row: {
        const std::optional<std::int64_t> current = id();
        if (current && m_last && *current <= *m_last)
            return resume("rows are out of order");
        m_last = current;
        ++m_rowsRead;
        return Step::Row;
    }
    case SqliteRows::Step::Done:
        return Step::Done;
    case SqliteRows::Step::Cancelled:
        return Step::Cancelled;
    case SqliteRows::Step::Damaged:
        return resume(rows.fault());
    }
    return Step::Done;
}

TableScan::Step TableScan::resume(const std::string& fault)
{
    m_holes.push_back({fault, m_rowsRead, m_last, std::nullopt});
    if (m_againSql.empty() || m_holes.size() > mostHoles)
        return Step::Done;
    if (!m_again) {
        Result<SqliteRows> again = m_database->query(m_againSql);
        if (!again)
            return Step::Done;
        m_again = std::move(*again);
    }
    m_isResumed = true;
    const Step step = search(m_last);
    if (step != Step::Row)
        return step;
    Hole& hole = m_holes.back();
    hole.next = m_last;
    const std::int64_t before = hole.after.value_or(0); // ids begin at 1
    if (m_last && *m_last > before && idDistance(before, *m_last) - 1 <= m_database->mostRows())
        hole.lostRows = idDistance(before, *m_last) - 1;
    return Step::Row;
}

/// Looks further and further behind the last row, then narrows to the first row that can be read.
TableScan::Step TableScan::search(std::optional<std::int64_t> last)
{
    // Without a row before, from the first id that an export gives; rows below it are found on the way back.
    const std::int64_t from = last.value_or(0);
    std::int64_t damaged = last.value_or(lowestId);
    for (std::uint64_t step = 1; damaged < highestId;
         step = 2 * step + 1) { // ends with all bits set, and stays
        const std::int64_t bound = idAbove(from, step);
        switch (seek(bound)) {
        case Attempt::Row:
        case Attempt::Done:
            return firstBehind(damaged, bound);
        case Attempt::Cancelled:
            return Step::Cancelled;
        case Attempt::Damaged:
            damaged = bound;
        }
    }
    return Step::Done;
}

TableScan::Step TableScan::firstBehind(std::int64_t damaged, std::int64_t readable)
{
    while (idDistance(damaged, readable) > 1) {
        const std::int64_t middle = idAbove(damaged, idDistance(damaged, readable) / 2);
        const Attempt attempt = seek(middle);
        if (attempt == Attempt::Cancelled)
            return Step::Cancelled;
        (attempt == Attempt::Damaged ? damaged : readable) = middle;
    }
    switch (seek(readable)) {
    case Attempt::Row:
        m_last = id();
        ++m_rowsRead;
        return Step::Row;
    case Attempt::Cancelled:
        return Step::Cancelled;
    case Attempt::Done:
    case Attempt::Damaged:
        break;
    }
    return Step::Done;
}

/// Goes to the first row whose id is `bound` or above.
TableScan::Attempt TableScan::seek(std::int64_t bound)
{
    m_again->reset();
    m_again->bind(1, bound);
    switch (m_again->next()) {
    case SqliteRows::Step::Row: {
        const std::optional<std::int64_t> found = id();
        return found && *found >= bound ? Attempt::Row : Attempt::Damaged;
    }
    case SqliteRows::Step::Done:
        return Attempt::Done;
    case SqliteRows::Step::Cancelled:
        return Attempt::Cancelled;
    case SqliteRows::Step::Damaged:
        break;
    }
    return Attempt::Damaged;
}

} // namespace stepscope
