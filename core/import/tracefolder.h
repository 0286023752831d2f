#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Names of the files in `folder` that look like traces with GPU work, best guess first: those named like a
/// worker's (formats.md §2.1, domain.md §1.6), then those recorded closest to `besides`, a file name that is
/// left out itself (may be empty). At most `limit`; looks at no file's content.
std::vector<std::string> traceNamesIn(const std::string& folder, const std::string& besides,
                                      std::size_t limit);

/// The rank in a worker's file name: `rank3`, `-rank-3`, `-TP-3`; nullopt when it names none.
std::optional<int> rankInName(const std::string& fileName);

/// Whether files of these names are the ranks of one recording: two or more, alike but for rank and time, no
/// rank twice, the times within two minutes.
bool isRankSet(const std::vector<std::string>& fileNames);

/// The files of `folder` that are the ranks of one recording by their names, by rank: alike but for rank and
/// time, the times within two minutes. Empty when its traces are not one such set of two or more, or when
/// there is more than one.
std::vector<std::string> rankSetIn(const std::string& folder);

/// The names as one text for a sentence: "a, b, c".
std::string joinedNames(const std::vector<std::string>& names);

/// `<host>_<pid>.async_llm.<time>.pt.trace.json.gz`: the engine front end of vLLM, which has no GPU work.
bool isFrontEndName(const std::string& fileName);

} // namespace stepscope
