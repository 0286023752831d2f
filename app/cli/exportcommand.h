#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `export TRACE --out DIR [the options of budget]`: writes budget.txt and budget, steps, gaps, gates and
/// context as CSV. Returns the exit code.
int runExport(const std::vector<std::string>& words);

} // namespace stepscope
