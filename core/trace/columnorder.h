#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace stepscope {

/// Brings `column` into the order of `order` (new row i is old row order[i]), in place: rows that move one
/// way are moved in an order in which none is overwritten before it was read, and those that move the other
/// way wait in a buffer, whichever are fewer. O(n).
template <class T> void reorderColumn(std::vector<T>& column, const std::vector<std::uint32_t>& order)
{
    const std::size_t size = order.size();
    std::size_t forward = 0; // rows that move to the front
    for (std::size_t row = 0; row < size; ++row)
        forward += order[row] > row ? 1 : 0;
    std::vector<T> waiting;
    if (forward <= size / 2) {
        waiting.reserve(forward);
        for (std::size_t row = 0; row < size; ++row) {
            if (order[row] > row)
                waiting.push_back(column[order[row]]);
        }
        for (std::size_t row = size; row-- > 0;) {
            column[row] = order[row] > row ? waiting.back() : column[order[row]];
            if (order[row] > row)
                waiting.pop_back();
        }
    } else {
        for (std::size_t row = 0; row < size; ++row) {
            if (order[row] < row)
                waiting.push_back(column[order[row]]);
        }
        auto next = waiting.begin();
        for (std::size_t row = 0; row < size; ++row)
            column[row] = order[row] < row ? *next++ : column[order[row]];
    }
}

/// Brings two neighbouring runs of `order`, each in order, into one: [first, middle) and [middle, last). Rows
/// that lie right already are not touched; `buffer` is overwritten.
template <class Less>
void mergeRuns(std::vector<std::uint32_t>& order, std::size_t first, std::size_t middle, std::size_t last,
               std::vector<std::uint32_t>& buffer, Less comesBefore)
{
    const auto at = [&order](std::size_t place) {
        return order.begin() + static_cast<std::ptrdiff_t>(place);
    };
    const auto from = std::upper_bound(at(first), at(middle), order[middle], comesBefore);
    const auto until = std::lower_bound(at(middle), at(last), order[middle - 1], comesBefore);
    if (until - at(middle) <= at(middle) - from) { // the shorter of the two waits in the buffer
        buffer.assign(at(middle), until);
        auto left = at(middle);
        auto right = buffer.end();
        for (auto place = until; right != buffer.begin();)
            *--place = left != from && comesBefore(*(right - 1), *(left - 1)) ? *--left : *--right;
    } else {
        buffer.assign(from, at(middle));
        auto left = buffer.begin();
        auto right = at(middle);
        for (auto place = from; left != buffer.end();)
            *place++ = right != until && comesBefore(*right, *left) ? *right++ : *left++;
    }
}

/// The stable order in which `comesBefore(a, b)` holds for rows a before b; empty when the `size` rows
/// are in that order already, so that callers can skip the moves. O(n log n), and O(n) where rows come in a
/// few runs or lie close to their places, as in a trace.
template <class Less> std::vector<std::uint32_t> stableOrder(std::size_t size, Less comesBefore)
{
    constexpr std::uint32_t shortRun = 32;
    const auto rows = static_cast<std::uint32_t>(size);
    std::vector<std::uint32_t> order;
    std::vector<std::size_t> runs = {0}; // where each begins
    for (std::uint32_t row = 1; row < rows; ++row) {
        if (!comesBefore(row, row - 1))
            continue;
        if (order.empty()) {
            order.resize(size);
            std::iota(order.begin(), order.end(), 0U);
        }
        runs.push_back(row);
    }
    if (order.empty())
        return order;
    runs.push_back(size);

    // Runs that are short are sorted together: merging them would cost as much as that.
    std::size_t kept = 0;
    for (std::size_t run = 0; run + 1 < runs.size();) {
        std::size_t next = run + 1;
        while (next + 1 < runs.size() && runs[next + 1] - runs[run] <= shortRun)
            ++next;
        if (next > run + 1)
            std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(runs[run]),
                             order.begin() + static_cast<std::ptrdiff_t>(runs[next]), comesBefore);
        runs[++kept] = runs[next];
        run = next;
    }
    runs.resize(kept + 1);

    std::vector<std::uint32_t> buffer;
    while (runs.size() > 2) {
        kept = 0;
        for (std::size_t run = 0; run + 1 < runs.size(); run += 2) {
            const bool isAlone = run + 2 >= runs.size();
            if (!isAlone)
                mergeRuns(order, runs[run], runs[run + 1], runs[run + 2], buffer, comesBefore);
            runs[++kept] = isAlone ? runs[run + 1] : runs[run + 2];
        }
        runs.resize(kept + 1);
    }
    return order;
}

} // namespace stepscope
