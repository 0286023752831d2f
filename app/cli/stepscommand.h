#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `steps TRACE [--window A:B|auto|all] [--device N] [--format text|json|csv] [--no-annotations]`: the steps
/// that the window touches. Returns the exit code.
int runSteps(const std::vector<std::string>& words);

} // namespace stepscope
