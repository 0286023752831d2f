#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `export TRACE --out DIR [the options of budget]`: writes budget.txt, budget.csv, steps.csv and gates.csv.
/// Returns the exit code.
int runExport(const std::vector<std::string>& words);

} // namespace stepscope
