#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `gates TRACE [the options of budget]`: the checklist with every row of evidence. Returns the exit code.
int runGates(const std::vector<std::string>& words);

} // namespace stepscope
