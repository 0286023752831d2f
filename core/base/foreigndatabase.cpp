#include "core/base/foreigndatabase.h"

#include <cctype>
#include <string_view>

#include <sqlite3.h>

namespace stepscope {

std::string readOnlyAddress(const std::string& absolutePath, const std::string& parameters)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string address = "file://";
    for (const char c : absolutePath) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '/' || c == '-' || c == '_' || c == '.') {
            address += c;
        } else {
            address += '%';
            address += digits[byte >> 4];
            address += digits[byte & 15];
        }
    }
    return address + "?mode=ro&immutable=1" + parameters;
}

void harden(sqlite3* database, const DatabaseLimits& limits)
{
    struct Switch {
        int name;
        int value;
    };
    for (const Switch& option :
         {Switch{SQLITE_DBCONFIG_DEFENSIVE, 1}, Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
          Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0}, Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
          Switch{SQLITE_DBCONFIG_DQS_DML, 0}, Switch{SQLITE_DBCONFIG_DQS_DDL, 0},
          Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}})
        sqlite3_db_config(database, option.name, option.value, nullptr);
    sqlite3_exec(database, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA query_only=ON", nullptr,
                 nullptr, nullptr);
    for (const Switch& limit :
         {Switch{SQLITE_LIMIT_LENGTH, limits.valueBytes},
          Switch{SQLITE_LIMIT_SQL_LENGTH, limits.statementBytes}, Switch{SQLITE_LIMIT_COLUMN, limits.columns},
          Switch{SQLITE_LIMIT_EXPR_DEPTH, limits.expressionDepth},
          Switch{SQLITE_LIMIT_VDBE_OP, limits.operations},
          Switch{SQLITE_LIMIT_COMPOUND_SELECT, limits.compoundSelects}, Switch{SQLITE_LIMIT_ATTACHED, 0}})
        sqlite3_limit(database, limit.name, limit.value);
}

} // namespace stepscope
