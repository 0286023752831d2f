#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/import/rowblock.h"

namespace stepscope {

/// Where the cells of a query lie in a record of SQLite (sqlite.org/fileformat2.html, 2.1), as its header
/// says. Neighbouring rows mostly have the same header, so that it is read once for all of them.
class RecordLayout {
public:
    /// For each cell of the query the column of the table, -1 for one that it does not have.
    explicit RecordLayout(std::span<const int> columnOfCell);

    /// False for a record that SQLite might read in another way: it is left to it. At least
    /// PageFile::spareBytes have to be readable behind it.
    bool fit(std::span<const unsigned char> record)
    {
        return (isSameAsBefore(record) || parse(record)) &&
               (m_isWhole ? record.size() == m_end : record.size() >= m_end);
    }
    /// The cells of the record that was fitted.
    void read(const unsigned char* record, std::int64_t* cells) const;
    std::uint32_t nulls() const { return m_nulls; }
    std::uint32_t others() const { return m_others; }

private:
    struct Place {
        std::uint16_t offset = 0;
        std::uint8_t shift = 0;    // of the eight bytes from there on
        std::int64_t mask = 0;     // 0 for what is no number in the record
        std::int64_t constant = 0; // which it is then
    };

    bool isSameAsBefore(std::span<const unsigned char> record) const;
    bool parse(std::span<const unsigned char> record);

    std::vector<int> m_cellOfColumn; // up to the last that is wanted; -1 for others
    std::size_t m_cells = 0;
    std::uint32_t m_absent = 0; // cells without a column
    std::array<Place, RowBlock::mostColumns> m_places{};
    std::uint32_t m_nulls = 0;
    std::uint32_t m_others = 0;
    std::vector<unsigned char> m_header; // up to the last column that is wanted
    std::size_t m_end = 0;               // of that column
    bool m_isWhole = false;              // that column is the last one
};

} // namespace stepscope
