#pragma once

#include "core/import/nsyssource.h"

#include <optional>

namespace stepscope {

/// Reads what the host did: API calls, NVTX ranges, the profiler's own work, and the names of processes and
/// threads that appear (formats.md §1.5, §1.7, §1.8).
class NsysHostRows {
public:
    explicit NsysHostRows(NsysSource& source) : m_source(source) {}

    std::optional<Error> read();

private:
    std::optional<Error> readCalls(const char* table);
    void readNvtx();
    void readOverhead(const char* table);
    void readNames();

    NsysSource& m_source;
};

} // namespace stepscope
