#pragma once

#include "core/import/nsyssource.h"

#include <functional>

namespace stepscope {

/// What an export says of itself: versions, settings, target, start time, and its own messages about lost
/// records (formats.md §1.1, §1.2, §1.8, §1.9). Environment variables and command lines, which may hold
/// secrets, are never read.
class NsysMetadata {
public:
    explicit NsysMetadata(NsysSource& source) : m_source(source) {}

    void readSettings();
    /// `isGpuProcess` says whether a process owns GPU work; "nothing was collected" counts only for those,
    /// or for all when no process does.
    void readDiagnostics(const std::function<bool(std::int64_t pid)>& isGpuProcess, bool hasGpuWork);

private:
    void readExport();
    void readCapture();
    void readTarget();
    void addFact(const std::string& name, std::string_view value);

    NsysSource& m_source;
};

} // namespace stepscope
