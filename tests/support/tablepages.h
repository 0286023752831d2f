#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stepscope::testsupport {

/// Which pages of a whole database hold the rows of a table, as SQLite's own page statistics tell.
class TablePages {
public:
    /// A table that does not exist has no rows. Failures throw std::runtime_error.
    TablePages(const std::string& path, const std::string& table);

    /// Rows on leaves that are whole and can be reached over whole pages. `isWhole` is asked with page
    /// numbers, the first of which is 1.
    template <class IsWhole> std::uint64_t reachableRows(const IsWhole& isWhole) const
    {
        std::uint64_t rows = 0;
        for (const Leaf& leaf : m_leaves) {
            bool isReachable = true;
            for (const std::uint32_t page : leaf.pages)
                isReachable = isReachable && isWhole(page);
            rows += isReachable ? leaf.rows : 0;
        }
        return rows;
    }
    std::uint64_t rows() const
    {
        return reachableRows([](std::uint32_t) { return true; });
    }
    /// In the order of the rows.
    std::vector<std::uint32_t> leafPages() const;

private:
    struct Leaf {
        std::vector<std::uint32_t> pages; ///< from the root to the leaf
        std::uint64_t rows = 0;
    };
    std::vector<Leaf> m_leaves;
};

} // namespace stepscope::testsupport
