#include "core/import/pagescan.h"

#include "core/import/bigendian.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <sqlite3.h>

namespace stepscope {

namespace {

// sqlite.org/fileformat2.html, 1.6
constexpr unsigned char branchPage = 5;
constexpr unsigned char leafPage = 13;
constexpr std::size_t branchHeader = 12;
constexpr std::size_t leafHeader = 8;
constexpr std::size_t fewestBytesOfCell = 4;
constexpr std::size_t mostLevels = 20;
constexpr std::size_t enoughRows = 2048;

/// Whether numbers are written and read as they are: not those of a REAL column.
bool holdsWholeNumbers(std::string type)
{
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return type.empty() || type.find("INT") != std::string::npos;
}

/// Where the cells of a page lie, as SQLite asks for it; nothing when one lies elsewhere.
std::optional<std::size_t> cellPlace(std::span<const unsigned char> page, std::size_t header,
                                     std::size_t cell, std::size_t cells)
{
    const std::size_t place = bigEndian16(page.data() + header + 2 * cell);
    if (place < header + 2 * cells || place + fewestBytesOfCell > page.size())
        return std::nullopt;
    return place;
}

} // namespace

std::optional<PageScan> PageScan::open(SqliteReader& database, const std::string& table,
                                       const std::vector<std::string>& columns)
{
    const std::vector<SqliteReader::Column> known = database.columns(table);
    const bool areStored =
        std::all_of(known.begin(), known.end(), [](const auto& column) { return column.isStored; });
    if (columns.size() > RowBlock::mostColumns || !areStored)
        return std::nullopt;
    std::vector<int> columnOfCell;
    for (const std::string& name : columns) {
        const auto column = std::find_if(known.begin(), known.end(),
                                         [&name](const auto& candidate) { return candidate.name == name; });
        if (!name.empty() && (column == known.end() || column->isKey || !holdsWholeNumbers(column->type)))
            return std::nullopt; // a key may be the row id, which is not in the row
        const int index = name.empty() ? -1 : static_cast<int>(column - known.begin());
        if (index >= 0 && std::find(columnOfCell.begin(), columnOfCell.end(), index) != columnOfCell.end())
            return std::nullopt;
        columnOfCell.push_back(index);
    }
    const std::optional<std::uint32_t> root = database.rootPage(table);
    std::optional<PageFile> file = PageFile::open(database.path(), database.length());
    if (!root || !file)
        return std::nullopt;
    return PageScan(std::move(*file), *root, database.mostRows(), columnOfCell);
}

PageScan::Step PageScan::next(RowBlock& block)
{
    block.clear(m_columns);
    while (block.rows < enoughRows) {
        std::span<const unsigned char> leaf;
        if (const Step step = nextLeaf(leaf); step != Step::Rows)
            return step;
        if (!readLeaf(leaf, block))
            return Step::Declined;
    }
    return Step::Rows;
}

PageScan::Step PageScan::nextLeaf(std::span<const unsigned char>& leaf)
{
    while (!m_path.empty() && m_path.back().next == m_path.back().children.size())
        m_path.pop_back();
    if (m_isBegun && m_path.empty())
        return Step::Done;
    std::uint32_t number = m_isBegun ? m_path.back().children[m_path.back().next++] : m_root;
    m_isBegun = true;
    for (;;) {
        leaf = m_file.page(number);
        if (number <= 1 || leaf.empty() || m_path.size() > mostLevels)
            return Step::Declined;
        if (leaf[0] == leafPage)
            return Step::Rows;
        if (leaf[0] != branchPage || !enter(leaf))
            return Step::Declined;
        number = m_path.back().children[m_path.back().next++];
    }
}

bool PageScan::enter(std::span<const unsigned char> page)
{
    const std::size_t cells = bigEndian16(page.data() + 3);
    if (cells == 0 || branchHeader + 2 * cells > page.size())
        return false;
    Branch branch;
    branch.children.reserve(cells + 1);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::optional<std::size_t> place = cellPlace(page, branchHeader, cell, cells);
        std::uint64_t key = 0;
        if (!place || *place + 4 + readVarint(page.data() + *place + 4, key) > page.size())
            return false;
        branch.children.push_back(bigEndian32(page.data() + *place));
    }
    branch.children.push_back(bigEndian32(page.data() + 8));
    m_path.push_back(std::move(branch));
    return true;
}

/// All rows of a page, or none.
bool PageScan::readLeaf(std::span<const unsigned char> page, RowBlock& block)
{
    const std::size_t cells = bigEndian16(page.data() + 3);
    const std::size_t longestPayload = page.size() - 35; // what is longer goes on in other pages
    if (cells == 0 || leafHeader + 2 * cells > page.size() || cells > m_rowsLeft)
        return false;
    block.reserveFurther(cells);
    std::optional<std::int64_t> lastId = m_lastId;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::optional<std::size_t> place = cellPlace(page, leafHeader, cell, cells);
        if (!place)
            return false;
        const unsigned char* at = page.data() + *place;
        std::uint64_t payload = 0;
        std::uint64_t number = 0;
        at += readVarint(at, payload);
        at += readVarint(at, number);
        const auto id = static_cast<std::int64_t>(number);
        const auto before = static_cast<std::size_t>(at - page.data());
        if (payload > longestPayload || before + payload > page.size() || (lastId && id <= *lastId))
            return false;
        lastId = id;
        const std::size_t row = block.rows + cell;
        if (!m_layouts.read({at, static_cast<std::size_t>(payload)}, block.cells.data() + row * m_columns))
            return false;
        block.nulls[row] = m_layouts.nulls();
        block.others[row] = m_layouts.others();
    }
    m_lastId = lastId;
    m_rowsLeft -= cells;
    block.rows += cells;
    return true;
}

} // namespace stepscope
