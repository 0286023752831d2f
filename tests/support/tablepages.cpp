#include "tests/support/tablepages.h"

#include <map>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

namespace stepscope::testsupport {

namespace {

void require(bool holds, sqlite3* database)
{
    if (!holds)
        throw std::runtime_error(std::string("page statistics: ") + sqlite3_errmsg(database));
}

} // namespace

TablePages::TablePages(const std::string& path, const std::string& table)
{
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
    require(status == SQLITE_OK, database.get());
    sqlite3_stmt* prepared = nullptr;
    require(
        sqlite3_prepare_v2(database.get(),
                           "SELECT path, pageno, ncell, pagetype FROM dbstat WHERE name = ?1 ORDER BY path",
                           -1, &prepared, nullptr) == SQLITE_OK,
        database.get());
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> pages(prepared, sqlite3_finalize);
    sqlite3_bind_text(pages.get(), 1, table.c_str(), -1, SQLITE_TRANSIENT);

    std::map<std::string, std::uint32_t> inner; // a page by its path: "/", "/00b/", …
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(pages.get())) == SQLITE_ROW) {
        const std::string place = reinterpret_cast<const char*>(sqlite3_column_text(pages.get(), 0));
        const std::string kind = reinterpret_cast<const char*>(sqlite3_column_text(pages.get(), 3));
        const auto number = static_cast<std::uint32_t>(sqlite3_column_int64(pages.get(), 1));
        if (kind == "internal") {
            inner.emplace(place, number);
        } else if (kind == "leaf") {
            Leaf leaf;
            leaf.rows = static_cast<std::uint64_t>(sqlite3_column_int64(pages.get(), 2));
            for (const auto& [above, page] : inner) {
                if (place.starts_with(above))
                    leaf.pages.push_back(page);
            }
            leaf.pages.push_back(number);
            m_leaves.push_back(std::move(leaf));
        }
    }
    require(step == SQLITE_DONE, database.get());
}

std::vector<std::uint32_t> TablePages::leafPages() const
{
    std::vector<std::uint32_t> numbers;
    for (const Leaf& leaf : m_leaves)
        numbers.push_back(leaf.pages.back());
    return numbers;
}

} // namespace stepscope::testsupport
