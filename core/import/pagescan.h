#pragma once

#include "core/import/pagefile.h"
#include "core/import/recordlayout.h"
#include "core/import/rowblock.h"
#include "core/import/sqlitereader.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stepscope {

/// Reads columns of whole numbers of a table straight from the pages of its file, in the order of the row
/// ids, several times as fast as SQLite hands out rows. It reads only what lies there as SQLite writes it; at
/// anything else it declines, and a TableScan has to say what is there: after the same rows, because every
/// row of a page is looked at before the first of them counts. May be used on any thread, one at a time.
class PageScan {
public:
    enum class Step { Rows, Done, Declined };

    /// `columns` by name, an empty name for one that is NULL in each row. nullopt where a column may hold
    /// other things than are written in the row, or the table is not to be found.
    static std::optional<PageScan> open(SqliteReader& database, const std::string& table,
                                        const std::vector<std::string>& columns);

    /// Fills the block with some thousand of the next rows, the last of them with Done. Those before a place
    /// where it declines are valid.
    Step next(RowBlock& block);

private:
    /// A page that leads to others.
    struct Branch {
        std::vector<std::uint32_t> children;
        std::size_t next = 0;
    };

    PageScan(PageFile file, std::uint32_t root, std::uint64_t mostRows, std::span<const int> columnOfCell)
        : m_file(std::move(file)), m_layouts(columnOfCell), m_columns(columnOfCell.size()), m_root(root),
          m_rowsLeft(mostRows)
    {}

    Step nextLeaf(std::span<const unsigned char>& leaf);
    bool enter(std::span<const unsigned char> page);
    bool readLeaf(std::span<const unsigned char> page, RowBlock& block);

    PageFile m_file;
    RecordLayouts m_layouts;
    std::size_t m_columns;
    std::uint32_t m_root;
    std::uint64_t m_rowsLeft; // more are not in a table
    bool m_isBegun = false;
    std::vector<Branch> m_path; // to the current leaf
    std::optional<std::int64_t> m_lastId;
};

} // namespace stepscope
