#include "core/import/recordlayout.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::uint64_t longestCell = 60'000; // longer ones do not lie in the page
constexpr std::uint64_t firstText = 12;       // and blob: the length is what is above, halved
constexpr std::array<std::uint8_t, 10> bytesOfType = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

constexpr std::size_t layoutBits = 6;
constexpr std::size_t mostLayouts = 1U << layoutBits;

enum SerialType : std::uint64_t { Null = 0, Real = 7, One = 9 };

} // namespace

RecordLayouts::RecordLayouts(std::span<const int> columnOfCell)
    : m_cells(columnOfCell.size()), m_layouts(mostLayouts)
{
    for (std::size_t cell = 0; cell < columnOfCell.size(); ++cell) {
        const int column = columnOfCell[cell];
        if (column < 0) {
            m_absent |= 1U << cell;
            continue;
        }
        if (m_cellOfColumn.size() <= static_cast<std::size_t>(column))
            m_cellOfColumn.resize(static_cast<std::size_t>(column) + 1, -1);
        m_cellOfColumn[static_cast<std::size_t>(column)] = static_cast<int>(cell);
    }
}

/// Where the layout is kept, by what the header begins with.
std::size_t RecordLayouts::placeOf(const unsigned char* record) const
{
    std::uint64_t mixed = 0;
    for (std::size_t at = 0; at < m_cellOfColumn.size(); at += sizeof mixed)
        mixed = (mixed ^ bigEndian64(record + at)) * 0x9e3779b97f4a7c15U;
    return mixed >> (64 - layoutBits);
}

bool RecordLayouts::parse(std::span<const unsigned char> record, Layout& layout) const
{
    layout = {};
    const std::size_t header = record.empty() ? 0 : record[0];
    if (header == 0 || header > longestHeader || header > record.size())
        return false;
    layout.nulls = m_absent;
    std::size_t at = 1;
    std::size_t offset = header;
    for (const int cell : m_cellOfColumn) {
        std::uint64_t type = 0;
        at += readVarint(record.data() + at, type);
        if (at > header) // a row from before the column was added, for one: it has the default
            return false;
        if (type == 10 || type == 11 || type >= firstText + 2 * longestCell)
            return false;
        if (type == Real && cell >= 0) // none is written into a column of whole numbers, and some mean NULL
            return false;
        const std::size_t bytes = type < firstText ? bytesOfType[type] : (type - firstText) / 2;
        if (cell >= 0) {
            Place& place = layout.places[static_cast<std::size_t>(cell)];
            place.constant = type == One;
            if (type == Null) {
                layout.nulls |= 1U << cell;
            } else if (type >= firstText) {
                layout.others |= 1U << cell;
            } else if (bytes > 0) {
                place.offset = static_cast<std::uint16_t>(offset);
                place.shift = static_cast<std::uint8_t>(64 - 8 * bytes);
                place.isThere = true;
            }
        }
        offset += bytes;
        if (offset > record.size())
            return false;
    }
    layout.end = static_cast<std::uint32_t>(offset);
    layout.isWhole = at == header;
    std::copy_n(record.begin(), at, layout.header.begin());
    layout.headerBytes = static_cast<std::uint8_t>(at);
    return true;
}

} // namespace stepscope
