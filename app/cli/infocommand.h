#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// `info TRACE [--format text|json] [--comm-pattern REGEX]`; `words` come after the verb. The exit code.
int runInfo(const std::vector<std::string>& words);

} // namespace stepscope
