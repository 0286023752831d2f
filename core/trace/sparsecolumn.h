#pragma once

#include "core/trace/columnlength.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stepscope {

/// A column that is 0 in most rows: a bit a row, and the others in order. Reading is O(1).
template <class Value> class SparseColumn {
public:
    Value operator[](std::size_t row) const { return isZero(row) ? Value{} : m_values[valueFrom(row)]; }

    void push_back(Value value)
    {
        const std::size_t row = m_size++;
        if (value == Value{})
            return;
        if (m_bits.size() <= row / 64) {
            m_bits.resize(row / 64 + 1);
            m_before.resize(row / 64 + 1, static_cast<std::uint32_t>(m_values.size()));
        }
        m_bits.back() |= std::uint64_t{1} << row % 64;
        m_values.push_back(value);
    }
    void reorder(const std::vector<std::uint32_t>& order)
    {
        if (m_values.empty())
            return;
        SparseColumn moved;
        moved.m_bits.reserve((order.size() + 63) / 64);
        moved.m_before.reserve((order.size() + 63) / 64);
        moved.m_values.resize(m_values.size());
        std::size_t next = 0;  // row, where the order goes on as it was: its values follow each other
        std::size_t value = 0; // of that row, or the first one behind it
        std::size_t put = 0;
        for (std::size_t first = 0; first < order.size() && put < m_values.size(); first += 64) {
            std::uint64_t bits = 0;
            moved.m_before.push_back(static_cast<std::uint32_t>(put));
            for (std::size_t i = first; i < std::min(first + 64, order.size()); ++i) {
                const std::size_t row = order[i];
                if (row != next)
                    value = valueFrom(row);
                next = row + 1;
                if (isZero(row))
                    continue;
                bits |= std::uint64_t{1} << (i - first);
                moved.m_values[put++] = m_values[value++];
            }
            moved.m_bits.push_back(bits);
        }
        moved.m_size = m_size;
        *this = std::move(moved);
    }

    /// For a table's visitColumns().
    template <class Column, class Visit>
    static void visitColumns(Column& column, const std::string& name, Visit&& visit)
    {
        visit(name + ", bits", column.m_bits, ColumnLength::Own);
        visit(name + ", before", column.m_before, ColumnLength::Own);
        visit(name + ", values", column.m_values, ColumnLength::Own);
    }
    /// Whether vectors that come from a file are a column of at most so many rows. O(rows / 64).
    bool isSound(std::size_t rows) const
    {
        std::size_t values = 0;
        if (m_bits.size() != m_before.size() || m_bits.size() > (rows + 63) / 64)
            return false;
        for (std::size_t word = 0; word < m_bits.size(); ++word) {
            if (m_before[word] != values)
                return false;
            values += static_cast<std::size_t>(std::popcount(m_bits[word]));
        }
        return values == m_values.size();
    }

private:
    bool isZero(std::size_t row) const
    {
        return row / 64 >= m_bits.size() || (m_bits[row / 64] >> row % 64 & 1) == 0;
    }
    /// Where the value of `row` is, or the first one behind it.
    std::size_t valueFrom(std::size_t row) const
    {
        if (row / 64 >= m_bits.size())
            return m_values.size();
        const std::uint64_t before = m_bits[row / 64] & ((std::uint64_t{1} << row % 64) - 1);
        return m_before[row / 64] + static_cast<std::size_t>(std::popcount(before));
    }

    std::vector<std::uint64_t> m_bits;   // 64 rows each, up to the last that is not 0
    std::vector<std::uint32_t> m_before; // values of the rows before them
    std::vector<Value> m_values;
    std::size_t m_size = 0;
};

} // namespace stepscope
