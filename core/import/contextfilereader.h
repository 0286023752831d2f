#pragma once

#include "core/base/result.h"
#include "core/trace/contextvalues.h"

#include <string>
#include <string_view>

namespace stepscope {

/// Reads a context file: one JSON object whose values are texts, numbers (kept as they are written), true and
/// false ("yes" and "no"); null and "" state nothing. "thresholds" is an object of numbers. Which keys there
/// are is not checked here. NotAContextFile names the key that is twice there or whose value is anything
/// else. O(size); deep nesting does no harm.
Result<ContextStatement> parseContextFile(std::string_view text);

/// The same from a file of at most 1 MiB. FileNotFound, IsDirectory, FileNotReadable and EmptyFile as
/// FileReader says them.
Result<ContextStatement> readContextFile(const std::string& path);

} // namespace stepscope
