#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace stepscope {

/// Brings `column` into the order of `order` (new row i is old row order[i]).
template <class T> void reorderColumn(std::vector<T>& column, const std::vector<std::uint32_t>& order)
{
    std::vector<T> moved;
    moved.reserve(column.size());
    for (const std::uint32_t row : order)
        moved.push_back(column[row]);
    column = std::move(moved);
}

/// The stable order in which `comesBefore(a, b)` holds for rows a before b; empty when the `size` rows
/// are in that order already, so that callers can skip the moves.
template <class Less> std::vector<std::uint32_t> stableOrder(std::size_t size, Less comesBefore)
{
    const auto rows = static_cast<std::uint32_t>(size);
    bool sorted = true;
    for (std::uint32_t row = 1; row < rows && sorted; ++row)
        sorted = !comesBefore(row, row - 1);
    if (sorted)
        return {};
    std::vector<std::uint32_t> order(size);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), comesBefore);
    return order;
}

} // namespace stepscope
