#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stepscope {

/// Some rows of whole numbers, row by row. A cell that is no whole number reads as 0 and has its bit in a
/// mask.
struct RowBlock {
    static constexpr std::size_t mostColumns = 32;

    std::size_t columns = 0;
    std::size_t rows = 0;
    std::vector<std::int64_t> cells;
    std::vector<std::uint32_t> nulls;  ///< by row: a bit a column
    std::vector<std::uint32_t> others; ///< by row: texts, blobs, and numbers that are not whole

    void clear(std::size_t columnCount)
    {
        columns = columnCount;
        rows = 0;
    }
    /// Room for so many rows behind those that are there. What it held stays.
    void reserveFurther(std::size_t further)
    {
        if (nulls.size() >= rows + further)
            return;
        cells.resize((rows + further) * columns);
        nulls.resize(rows + further);
        others.resize(rows + further);
    }
};

} // namespace stepscope
