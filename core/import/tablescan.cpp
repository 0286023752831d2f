#include "core/import/tablescan.h"

#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t mostHoles = 1000;

} // namespace

std::optional<std::uint64_t> TableScan::Hole::lostRows() const
{
    if (!next)
        return std::nullopt;
    return static_cast<std::uint64_t>(*next) - static_cast<std::uint64_t>(after.value_or(0)) - 1;
}

Result<TableScan> TableScan::open(SqliteReader& database, const std::string& table,
                                  const std::string& columns, const std::string& condition)
{
    const std::string from = " FROM " + SqliteReader::quoted(table);
    const std::string where = condition.empty() ? std::string() : " WHERE (" + condition + ")";
    if (Result<SqliteRows> rows = database.query("SELECT " + columns + ", rowid" + from + where)) {
        const std::string above = (where.empty() ? " WHERE " : where + " AND ") + std::string("rowid >= ?1");
        return TableScan(database, std::move(*rows), "SELECT " + columns + ", rowid" + from + above);
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

/// Looks further and further behind the last row, then narrows to the first row that can be read.
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
    const std::int64_t last = m_last.value_or(0);
    std::int64_t damaged = last;
    for (std::int64_t step = 1; last <= std::numeric_limits<std::int64_t>::max() - step; step *= 2) {
        switch (seek(last + step)) {
        case Attempt::Row:
        case Attempt::Done:
            return firstBehind(damaged, last + step);
        case Attempt::Cancelled:
            return Step::Cancelled;
        case Attempt::Damaged:
            damaged = last + step;
        }
        if (step > std::numeric_limits<std::int64_t>::max() / 2)
            break;
    }
    return Step::Done;
}

TableScan::Step TableScan::firstBehind(std::int64_t damaged, std::int64_t readable)
{
    while (readable - damaged > 1) {
        const std::int64_t middle = damaged + (readable - damaged) / 2;
        const Attempt attempt = seek(middle);
        if (attempt == Attempt::Cancelled)
            return Step::Cancelled;
        (attempt == Attempt::Damaged ? damaged : readable) = middle;
    }
    switch (seek(readable)) {
    case Attempt::Row:
        m_last = id();
        m_holes.back().next = m_last;
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
