#include "core/import/nsystable.h"

#include "core/import/plausibletime.h"

namespace stepscope {

NsysTable::NsysTable(SqliteReader& database, const NsysSchema& schema, ImportLog& log, std::string table,
                     std::vector<Column> columns, const std::string& condition)
    : m_log(log), m_table(std::move(table)), m_columns(std::move(columns))
{
    if (!schema.hasTable(m_table))
        return;
    std::string sql;
    for (const Column& column : m_columns) {
        const bool isThere = schema.hasColumn(m_table, column.name);
        if (!isThere && column.need == Need::Needed) {
            m_error = Error{ErrorCode::BadSchema, m_table + "." + column.name};
            return;
        }
        sql += sql.empty() ? "SELECT " : ", ";
        sql += isThere ? SqliteReader::quoted(column.name) : "NULL";
    }
    sql += " FROM " + SqliteReader::quoted(m_table);
    if (!condition.empty())
        sql += " WHERE " + condition;
    Result<SqliteRows> rows = database.query(sql);
    if (rows)
        m_rows = std::move(*rows);
    else
        m_log.add(ImportCode::DamagedDatabase, m_table + ": " + rows.error().detail);
}

bool NsysTable::next()
{
    if (!m_rows)
        return false;
    switch (m_rows->next()) {
    case SqliteRows::Step::Row:
        ++m_rowsRead;
        return true;
    case SqliteRows::Step::Cancelled:
        m_isCancelled = true;
        break;
    case SqliteRows::Step::Damaged:
        m_log.add(ImportCode::DamagedDatabase,
                  m_table + " after " + std::to_string(m_rowsRead) + " rows: " + m_rows->fault());
        break;
    case SqliteRows::Step::Done:
        break;
    }
    m_rows.reset();
    return false;
}

void NsysTable::markBad(std::size_t column)
{
    if (m_badColumn.empty())
        m_badColumn = m_columns[column].name;
}

std::int64_t NsysTable::integer(std::size_t column, std::int64_t fallback)
{
    const std::optional<std::int64_t> value = m_rows->integer(static_cast<int>(column));
    if (value)
        return *value;
    if (m_columns[column].need == Need::Needed || !isNull(column))
        markBad(column);
    return fallback;
}

TimePoint NsysTable::time(std::size_t column)
{
    const std::int64_t nanoseconds = integer(column);
    if (isPlausibleTime(nanoseconds))
        return timePointAt(nanoseconds);
    markBad(column);
    return {};
}

std::string_view NsysTable::text(std::size_t column)
{
    const std::optional<std::string_view> value = m_rows->text(static_cast<int>(column));
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
    m_log.add(ImportCode::BadCell, m_table + "." + m_badColumn + " in row " + std::to_string(m_rowsRead));
    m_badColumn.clear();
    return true;
}

} // namespace stepscope
