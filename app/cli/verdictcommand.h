#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `verdict TRACE [the options of budget]`: the verdict and what it rests on. Returns the exit code.
int runVerdict(const std::vector<std::string>& words);

} // namespace stepscope
