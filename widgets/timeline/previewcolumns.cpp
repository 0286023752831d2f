#include "widgets/timeline/previewcolumns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stepscope {

std::vector<ColumnCoverage> previewColumns(std::span<const std::uint16_t> busy, std::size_t columns)
{
    constexpr std::uint64_t whole = std::numeric_limits<std::uint16_t>::max();
    std::vector<ColumnCoverage> covered(columns);
    if (busy.empty())
        return covered;
    // In units of a column's part of a stretch: a stretch has `columns` of them, a column busy.size().
    const std::uint64_t length = busy.size();
    for (std::size_t column = 0; column < columns; ++column) {
        const std::uint64_t begin = column * length;
        const std::uint64_t end = begin + length;
        std::uint64_t sum = 0;
        for (std::uint64_t stretch = begin / columns; stretch * columns < end; ++stretch) {
            const std::uint64_t from = std::max(begin, stretch * columns);
            const std::uint64_t to = std::min(end, (stretch + 1) * columns);
            sum += busy[stretch] * (to - from);
        }
        const float share =
            static_cast<float>(static_cast<double>(sum) / static_cast<double>(whole * length));
        const float most = sum < whole * length ? std::nextafter(1.0F, 0.0F) : 1.0F;
        covered[column].busy[0] = std::min(share, most);
        covered[column].total = covered[column].busy[0];
    }
    return covered;
}

} // namespace stepscope
