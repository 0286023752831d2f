#pragma once

#include "core/trace/columnlength.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stepscope {

/// A column that is 0 in most rows: a bit a row, and the others in order. Reading is O(1).
template <class Value> class SparseColumn {
public:
    Value operator[](std::size_t row) const
    {
        if (row / 64 >= m_bits.size())
            return Value{};
        const std::uint64_t bits = m_bits[row / 64];
        const std::uint64_t bit = std::uint64_t{1} << row % 64;
        if ((bits & bit) == 0)
            return Value{};
        return m_values[m_before[row / 64] + static_cast<std::size_t>(std::popcount(bits & (bit - 1)))];
    }

    void push_back(Value value)
    {
        const std::size_t row = m_size++;
        if (value == Value{})
            return;
        while (m_bits.size() <= row / 64) {
            m_bits.push_back(0);
            m_before.push_back(static_cast<std::uint32_t>(m_values.size()));
        }
        m_bits.back() |= std::uint64_t{1} << row % 64;
        m_values.push_back(value);
    }
    void reorder(const std::vector<std::uint32_t>& order)
    {
        if (m_values.empty())
            return;
        SparseColumn moved;
        moved.m_bits.reserve(m_bits.size());
        moved.m_before.reserve(m_before.size());
        moved.m_values.reserve(m_values.size());
        for (const std::uint32_t row : order)
            moved.push_back((*this)[row]);
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
    std::vector<std::uint64_t> m_bits;   // 64 rows each, up to the last that is not 0
    std::vector<std::uint32_t> m_before; // values of the rows before them
    std::vector<Value> m_values;
    std::size_t m_size = 0;
};

} // namespace stepscope
