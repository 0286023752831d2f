#include "tests/unit/report/csvtable.h"

#include <algorithm>

namespace stepscope::testing {

CsvTable::CsvTable(std::string_view text)
{
    std::vector<std::vector<std::string>> lines;
    std::vector<std::string> line(1);
    bool isQuoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (isQuoted) {
            if (c != '"')
                line.back() += c;
            else if (at + 1 < text.size() && text[at + 1] == '"')
                line.back() += text[++at];
            else
                isQuoted = false;
        } else if (c == '"') {
            if (!line.back().empty())
                m_fault = QStringLiteral("a quote inside a bare cell");
            isQuoted = true;
        } else if (c == ',') {
            line.emplace_back();
        } else if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            ++at;
            lines.push_back(std::exchange(line, std::vector<std::string>(1)));
        } else if (c == '\r' || c == '\n') {
            m_fault = QStringLiteral("a bare line end");
        } else {
            line.back() += c;
        }
    }
    if (isQuoted || line.size() != 1 || !line.front().empty())
        m_fault = QStringLiteral("the last row does not end");
    if (lines.empty())
        return;
    m_header = lines.front();
    m_rows.assign(lines.begin() + 1, lines.end());
    for (const std::vector<std::string>& row : m_rows) {
        if (row.size() != m_header.size())
            m_fault = QStringLiteral("a row of %1 cells under %2").arg(row.size()).arg(m_header.size());
    }
}

bool CsvTable::has(std::string_view column) const
{
    return std::find(m_header.begin(), m_header.end(), column) != m_header.end();
}

const std::string& CsvTable::cell(std::size_t row, std::string_view column) const
{
    const auto found = std::find(m_header.begin(), m_header.end(), column);
    if (found == m_header.end())
        qFatal("no column %s", std::string(column).c_str());
    return m_rows[row][static_cast<std::size_t>(found - m_header.begin())];
}

std::int64_t CsvTable::number(std::size_t row, std::string_view column) const
{
    bool isNumber = false;
    const qlonglong value = QString::fromStdString(cell(row, column)).toLongLong(&isNumber);
    if (!isNumber)
        qFatal("%s is no number", cell(row, column).c_str());
    return value;
}

std::vector<std::string> CsvTable::columns(std::string_view prefix, std::string_view suffix) const
{
    std::vector<std::string> found;
    for (const std::string& column : m_header) {
        if (column.starts_with(prefix) && column.ends_with(suffix) &&
            column.size() > prefix.size() + suffix.size())
            found.push_back(column);
    }
    return found;
}

} // namespace stepscope::testing
