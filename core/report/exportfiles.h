#pragma once

#include "core/gates/assessment.h"

#include <string>
#include <vector>

namespace stepscope {

struct ExportFile {
    std::string name; ///< "budget.csv"
    std::string content;
};

/// The names of the files, in the order in which exportFiles() has them.
std::vector<std::string> exportFileNames();
/// The files of one report besides its picture: whoever writes a report writes exactly these bytes.
std::vector<ExportFile> exportFiles(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
