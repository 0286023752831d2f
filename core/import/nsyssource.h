#pragma once

#include "core/base/progress.h"
#include "core/import/nsysschema.h"
#include "core/import/nsystable.h"
#include "core/import/sqlitereader.h"
#include "core/trace/tracebuilder.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stepscope {

/// What every part of an nsys import reads from and writes to, with the names of the export: its StringIds
/// are looked up as they are met, as most of them belong to tables that are not read; without a key on them
/// they are read at once.
class NsysSource {
public:
    NsysSource(SqliteReader& database, const NsysSchema& schema, TraceBuilder& builder, Progress& progress);

    TraceBuilder& builder() { return m_builder; }
    const NsysSchema& schema() const { return m_schema; }
    NsysTable table(const char* name, std::vector<NsysTable::Column> columns,
                    const std::string& condition = {});
    /// A table that is not asked for texts.
    NsysTable numbers(const char* name, std::vector<NsysTable::Column> columns);

    /// The text under an id of StringIds; "[name 17]" where the file has none.
    NameId name(std::int64_t stringId);
    /// A text of the file made valid and cut to 64 KiB.
    NameId name(std::string_view text);

    /// `globalPid` and `globalTid` hold machine, process and thread (formats.md §1.3).
    static std::int64_t pidOf(std::int64_t globalId);
    static std::int64_t tidOf(std::int64_t globalTid);
    ThreadId thread(std::int64_t globalTid);
    /// Whether `thread()` was asked for it: it appears in the trace.
    bool hasThread(std::int64_t globalTid) const { return m_threads.contains(globalTid); }
    /// Beyond 4096 processes the one that stands for the others.
    ProcessId process(std::int64_t pid);
    bool hasProcess(std::int64_t pid) const
    {
        return (m_lastProcess.second.isValid() && m_lastProcess.first == pid) || m_processes.contains(pid);
    }
    /// Names a process that appears in the trace; others are ignored.
    void nameProcess(std::int64_t pid, const std::string& name);

    /// How many rows the tables hold that will be read: the total of the progress.
    void expectRows(std::uint64_t rows) { m_rowsExpected = rows; }
    /// As the last rows of their tables say.
    std::uint64_t expectedGpuRows();
    /// CaptureInfo::contents says of this table how many rows it has about: reading it tells.
    void noteUncounted(const std::string& table) { m_uncounted.insert(table); }
    /// Reports one row; false when the user cancelled.
    bool countRow();
    bool isCancelled() const { return m_progress.isCancelled(); }

private:
    void readAllNames();
    NameId findName(std::int64_t stringId);

    SqliteReader& m_database;
    const NsysSchema& m_schema;
    TraceBuilder& m_builder;
    Progress& m_progress;
    std::optional<SqliteRows> m_lookUp;
    bool m_isLookUpDamaged = false;
    std::unordered_map<std::int64_t, NameId> m_names;
    std::vector<NameId> m_namesInOrder; // those with small ids, which nearly all have
    std::unordered_map<std::int64_t, ThreadId> m_threads;
    std::unordered_map<std::int64_t, ProcessId> m_processes;
    std::pair<std::int64_t, ProcessId> m_lastProcess; // found among them
    ProcessId m_otherProcesses;                       // stands for all beyond the bound
    std::set<std::string> m_uncounted;
    std::uint64_t m_rowsExpected = 0;
    std::uint64_t m_rowsRead = 0;
};

} // namespace stepscope
