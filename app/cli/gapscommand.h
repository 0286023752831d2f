#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `gaps TRACE [--window A:B|auto|all] [--device N] [--top N|all] [--format text|json|csv]
/// [--no-annotations]`: the gaps wholly inside the window, longest first; the CSV holds all of them in order
/// of time. Returns the exit code.
int runGaps(const std::vector<std::string>& words);

} // namespace stepscope
