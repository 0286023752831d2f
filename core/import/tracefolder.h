#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// Names of the files in `folder` that look like traces with GPU work, best guess first: those named like a
/// worker's (formats.md §2.1, domain.md §1.6), then those recorded closest to `besides`, a file name that is
/// left out itself (may be empty). At most `limit`; looks at no file's content.
std::vector<std::string> traceNamesIn(const std::string& folder, const std::string& besides,
                                      std::size_t limit);

/// The names as one text for a sentence: "a, b, c".
std::string joinedNames(const std::vector<std::string>& names);

/// `<host>_<pid>.async_llm.<time>.pt.trace.json.gz`: the engine front end of vLLM, which has no GPU work.
bool isFrontEndName(const std::string& fileName);

} // namespace stepscope
