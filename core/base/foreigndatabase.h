#pragma once

#include <string>

struct sqlite3;

namespace stepscope {

/// What a statement against a database of unknown origin may need at most; SQLite refuses beyond.
struct DatabaseLimits {
    int valueBytes = 0;
    int statementBytes = 0;
    int columns = 0;
    int expressionDepth = 0;
    int operations = 0;
    int compoundSelects = 0;
};

/// The file: address that opens a database for reading and leaves no lock or journal beside it: of one that
/// nobody writes, or that is only ever replaced as a whole. `parameters` begin with '&'.
std::string readOnlyAddress(const std::string& absolutePath, const std::string& parameters = {});

/// Switches off all that a hostile schema could do harm by: views, triggers, its own functions, double-quoted
/// strings, extensions, attached files, memory maps. For one's own pragmas before an authorizer is set.
void harden(sqlite3* database, const DatabaseLimits& limits);

} // namespace stepscope
