#pragma once

#include "core/trace/columnlength.h"
#include "core/trace/columnorder.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

/// A column of whole numbers that are small as a rule: one that does not fit makes the whole column wide.
template <class Narrow, class Wide> class NarrowColumn {
public:
    std::size_t size() const { return m_wide.empty() ? m_narrow.size() : m_wide.size(); }
    Wide operator[](std::size_t row) const { return m_wide.empty() ? Wide{m_narrow[row]} : m_wide[row]; }

    void reserve(std::size_t rows) { m_narrow.reserve(rows); }
    void push_back(Wide value)
    {
        if (m_wide.empty() && std::in_range<Narrow>(value)) {
            m_narrow.push_back(static_cast<Narrow>(value));
            return;
        }
        if (m_wide.empty()) {
            m_wide.assign(m_narrow.begin(), m_narrow.end());
            m_narrow = {};
        }
        m_wide.push_back(value);
    }
    void reorder(const std::vector<std::uint32_t>& order)
    {
        if (m_wide.empty())
            reorderColumn(m_narrow, order);
        else
            reorderColumn(m_wide, order);
    }

    /// For a table's visitColumns().
    template <class Column, class Visit>
    static void visitColumns(Column& column, const std::string& name, Visit&& visit)
    {
        visit(name, column.m_narrow, ColumnLength::Own);
        visit(name + ", wide", column.m_wide, ColumnLength::Own);
    }
    /// Whether vectors that come from a file are a column of so many rows.
    bool isSound(std::size_t rows) const { return size() == rows && (m_narrow.empty() || m_wide.empty()); }

private:
    std::vector<Narrow> m_narrow;
    std::vector<Wide> m_wide; // instead of it
};

} // namespace stepscope
