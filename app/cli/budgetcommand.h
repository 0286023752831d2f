#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `budget TRACE [options]`, as the program's help lists them. Returns the exit code.
int runBudget(const std::vector<std::string>& words);

} // namespace stepscope
