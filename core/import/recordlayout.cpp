#include "core/import/recordlayout.h"

#include "core/import/bigendian.h"

#include <algorithm>
#include <cstring>

namespace stepscope {

namespace {

constexpr std::uint64_t longestCell = 60'000; // longer ones do not lie in the page
constexpr std::uint64_t firstText = 12;       // and blob: the length is what is above, halved
constexpr std::array<std::uint8_t, 10> bytesOfType = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

enum SerialType : std::uint64_t { Null = 0, Real = 7, Zero = 8, One = 9 };

} // namespace

RecordLayout::RecordLayout(std::span<const int> columnOfCell) : m_cells(columnOfCell.size())
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

bool RecordLayout::isSameAsBefore(std::span<const unsigned char> record) const
{
    return !m_header.empty() && std::memcmp(record.data(), m_header.data(), m_header.size()) == 0;
}

bool RecordLayout::parse(std::span<const unsigned char> record)
{
    m_header.clear();
    constexpr std::size_t shortHeader = 0x80; // its length is one byte
    const std::size_t header = record.empty() ? 0 : record[0];
    if (header == 0 || header >= shortHeader || header > record.size())
        return false;
    m_nulls = m_absent;
    m_others = 0;
    std::size_t at = 1;
    std::size_t offset = header;
    for (const int cell : m_cellOfColumn) {
        std::uint64_t type = 0;
        at += readVarint(record.data() + at, type);
        if (at > header) // a row from before the column was added, for one: it has the default
            return false;
        if (type == 10 || type == 11 || type >= firstText + 2 * longestCell)
            return false;
        const std::size_t bytes = type < firstText ? bytesOfType[type] : (type - firstText) / 2;
        if (cell >= 0) {
            Place& place = m_places[static_cast<std::size_t>(cell)];
            place = {};
            if (type == Null)
                m_nulls |= 1U << cell;
            else if (type == Real || type >= firstText)
                m_others |= 1U << cell;
            else if (bytes > 0)
                place = {static_cast<std::uint16_t>(offset), static_cast<std::uint8_t>(64 - 8 * bytes), -1,
                         0};
            place.constant = type == One ? 1 : 0;
        }
        offset += bytes;
        if (offset > record.size())
            return false;
    }
    m_header.assign(record.begin(), record.begin() + static_cast<std::ptrdiff_t>(at));
    m_end = offset;
    m_isWhole = at == header;
    return true;
}

void RecordLayout::read(const unsigned char* record, std::int64_t* cells) const
{
    for (std::size_t cell = 0; cell < m_cells; ++cell) {
        const Place& place = m_places[cell];
        const auto eight = static_cast<std::int64_t>(bigEndian64(record + place.offset));
        cells[cell] = ((eight >> place.shift) & place.mask) | place.constant;
    }
}

} // namespace stepscope
