#pragma once

#include "core/base/result.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

class SqliteReader;

/// Which tables and columns an export has. They change with every release and users add their own, so
/// everything is asked by name (formats.md §1.1). A table that is absent means the same as an empty one.
class NsysSchema {
public:
    /// NotNsysDatabase or OtherExport when this is no export; ViewInsteadOfTable when a table that is read
    /// is a view or a virtual table.
    static Result<NsysSchema> read(SqliteReader& database);

    bool hasTable(std::string_view table) const;
    bool hasColumn(std::string_view table, std::string_view column) const;
    /// Real tables, in the order of the file.
    const std::vector<std::string>& tables() const { return m_tables; }

private:
    std::vector<std::string> m_tables;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>>
        m_columns; // of the tables that are read
};

} // namespace stepscope
