#pragma once

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace stepscope::testing {

/// A CSV read back by RFC 4180: quoted cells may hold commas, quotes and line feeds.
class CsvTable {
public:
    explicit CsvTable(std::string_view text);

    const std::vector<std::string>& header() const { return m_header; }
    std::size_t rows() const { return m_rows.size(); }
    bool has(std::string_view column) const;
    /// A cell by column name; qFatal for a column that is not there.
    const std::string& cell(std::size_t row, std::string_view column) const;
    std::int64_t number(std::size_t row, std::string_view column) const;
    /// Columns that begin and end so, in order.
    std::vector<std::string> columns(std::string_view prefix, std::string_view suffix) const;
    /// What breaks the form: a row of another length, a lone CR or LF outside quotes; empty when all is well.
    const QString& fault() const { return m_fault; }

private:
    std::vector<std::string> m_header;
    std::vector<std::vector<std::string>> m_rows;
    QString m_fault;
};

} // namespace stepscope::testing
