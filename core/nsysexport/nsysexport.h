#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <optional>
#include <string>

namespace stepscope {

/// The database that a local nsys made of a closed report, in a folder of its own; deleted with this object.
class NsysExport {
public:
    /// Whether the path is named as a report of Nsight Systems is.
    static bool isReport(const std::string& path);
    /// The nsys in PATH, else the newest of those in the usual places; nullopt when there is none.
    static std::optional<std::string> tool();

    /// Runs `tool`, minutes for a big report. Cancelled, or NsysExportFailed with the last of what it said.
    /// For a worker thread.
    static Result<NsysExport> run(const std::string& tool, const std::string& report, Progress& progress);

    NsysExport(NsysExport&& other) noexcept;
    NsysExport& operator=(NsysExport&&) = delete;
    ~NsysExport();

    const std::string& database() const { return m_database; }

private:
    NsysExport(std::string folder, std::string database)
        : m_folder(std::move(folder)), m_database(std::move(database))
    {}

    std::string m_folder;
    std::string m_database;
};

} // namespace stepscope
