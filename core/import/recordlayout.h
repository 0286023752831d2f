#pragma once

#include "core/import/bigendian.h"
#include "core/import/rowblock.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace stepscope {

/// Finds the cells of a query in records of SQLite (sqlite.org/fileformat2.html, 2.1). Where they lie the
/// header of a record says; the records of a table have few different ones, so that each is read once.
class RecordLayouts {
public:
    /// For each cell of the query the column of the table, -1 for one that it does not have.
    explicit RecordLayouts(std::span<const int> columnOfCell);

    /// The cells of a record; false for one that SQLite might read in another way: it is left to it. At least
    /// PageFile::spareBytes have to be readable behind it.
    bool read(std::span<const unsigned char> record, std::int64_t* cells)
    {
        Layout& layout = m_layouts[placeOf(record.data())];
        if (!layout.isOf(record.data()) && !parse(record, layout))
            return false;
        if (layout.isWhole ? record.size() != layout.end : record.size() < layout.end)
            return false; // a damaged length: its cells would lie behind the page
        m_current = &layout;
        for (std::size_t cell = 0; cell < m_cells; ++cell)
            cells[cell] = layout.places[cell].in(record.data());
        return true;
    }
    /// Of the record that was read last: a bit a cell, as in a RowBlock.
    std::uint32_t nulls() const { return m_current->nulls; }
    std::uint32_t others() const { return m_current->others; }

private:
    static constexpr std::size_t longestHeader = 0x7f; // whose length is one byte

    struct Place {
        std::uint16_t offset = 0;
        std::uint8_t shift = 0;   // of the eight bytes from there on
        bool isThere : 1 = false; // else it is the constant
        bool constant : 1 = false;

        std::int64_t in(const unsigned char* record) const
        {
            const auto eight = static_cast<std::int64_t>(bigEndian64(record + offset));
            return ((eight >> shift) & -static_cast<std::int64_t>(isThere)) | constant;
        }
    };
    struct Layout {
        std::array<unsigned char, longestHeader> header{}; // up to the last column that is wanted
        std::uint8_t headerBytes = 0;                      // 0: none yet
        bool isWhole = false;                              // the last column that is wanted is the last one
        std::uint32_t end = 0;                             // of that column
        std::uint32_t nulls = 0;
        std::uint32_t others = 0;
        std::array<Place, RowBlock::mostColumns> places{};

        bool isOf(const unsigned char* record) const
        {
            return headerBytes > 0 && std::memcmp(record, header.data(), headerBytes) == 0;
        }
    };

    std::size_t placeOf(const unsigned char* record) const;
    bool parse(std::span<const unsigned char> record, Layout& layout) const;

    std::vector<int> m_cellOfColumn; // up to the last that is wanted; -1 for others
    std::size_t m_cells = 0;
    std::uint32_t m_absent = 0; // cells without a column
    std::vector<Layout> m_layouts;
    const Layout* m_current = nullptr;
};

} // namespace stepscope
