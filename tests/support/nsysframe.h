#pragma once

#include "tests/support/nsysoptions.h"
#include "tests/support/sqlitefile.h"

#include <cstdint>
#include <string>

namespace stepscope::testsupport {

/// machine << 48 | pid << 24 | tid, as nsys packs it; a globalPid has tid 0.
std::int64_t globalTid(int pid, int tid);

/// Row counts that a healthy report states about itself.
struct NsysTotals {
    Nanos end = 0;
    std::int64_t gpuRows = 0;
    std::int64_t apiRows = 0;
};

/// The tables of an export that describe the target and the recording rather than hold events.
class NsysFrame {
public:
    NsysFrame(SqliteFile& file, const TraceHeader& header, const NsysOptions& options)
        : m_file(file), m_header(header), m_options(options)
    {}

    void writeEnums();
    void writeTargets();
    void writeMeta();
    /// Tables whose content is known only at the end.
    void writeTotals(const NsysTotals& totals);

private:
    void writeDevices();
    void writeEnum(const std::string& name, std::initializer_list<std::pair<int, const char*>> values);
    void diagnose(const NsysDiagnostic& diagnostic, std::int64_t globalPid);

    SqliteFile& m_file;
    const TraceHeader& m_header;
    const NsysOptions& m_options;
};

} // namespace stepscope::testsupport
