#pragma once

#include "core/gates/assessment.h"

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stepscope {

/// The H100 captures with known truth, and what their drivers measured.
class H100Captures {
public:
    /// Whether they are on this machine.
    static bool exist();

    /// Reads ground_truth.json.
    void load();
    std::vector<std::string> names() const;
    /// What the truth expects the verdict to be, in words.
    std::string expected(const std::string& name) const;
    /// The clean and the profiled round where the truth tells them.
    DriverNumbers rounds(const std::string& name, bool hasClean, bool hasProfiled) const;
    /// Null when the file is refused. The last one is kept: ask file by file.
    std::shared_ptr<const TraceIndex> open(const std::string& name);

private:
    nlohmann::json m_truth;
    std::string m_opened;
    std::shared_ptr<const TraceIndex> m_index;
};

} // namespace stepscope
