#include "core/import/nsysimporter.h"
#include "tests/fuzz/fuzztarget.h"
#include "tests/fuzz/scratchfile.h"
#include "tests/fuzz/traceinvariants.h"

#include <sqlite3.h>

using namespace stepscope;
using test::require;

namespace {

/// Rows of a table that SQLite can step through, without a look at any cell.
std::uint64_t rowsOf(sqlite3* database, const std::string& table)
{
    sqlite3_stmt* statement = nullptr;
    const std::string sql = "SELECT 1 FROM " + table + " NOT INDEXED";
    std::uint64_t rows = 0;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW)
            ++rows;
    }
    sqlite3_finalize(statement);
    return rows;
}

std::uint64_t gpuRowsIn(const std::string& path)
{
    sqlite3* database = nullptr;
    std::uint64_t rows = 0;
    if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
        for (const char* kind : {"KERNEL", "GRAPH_TRACE", "MEMCPY", "MEMSET"})
            rows += rowsOf(database, std::string("CUPTI_ACTIVITY_KIND_") + kind);
    }
    sqlite3_close(database);
    return rows;
}

} // namespace

/// The bytes of an export of Nsight Systems.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static test::ScratchFile scratch;
    scratch.write(test::textOf(data, size));
    NoProgress progress;
    TraceBuilder builder(TraceFormat::NsysSqlite);
    if (!NsysImporter::read(scratch.path(), progress, builder))
        return 0;
    const Trace trace = builder.build();
    test::checkTrace(trace);
    // SQLite's own scan ends at the first damaged page.
    require(trace.log().isDamaged() || trace.activityCount() <= gpuRowsIn(scratch.path()),
            "no more GPU work than rows");
    require(test::rowsTaken(trace) <= size, "no more rows than bytes");
    return 0;
}
