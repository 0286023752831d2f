#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `budget TRACE [--window A:B|auto|all] [--device N] [--tpot MS] [--tokens-per-step X] [--driver FILE]
/// [--format text|json|csv] [--no-annotations] [--strict]`. Returns the exit code.
int runBudget(const std::vector<std::string>& words);

} // namespace stepscope
