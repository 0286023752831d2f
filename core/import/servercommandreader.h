#pragma once

#include "core/base/result.h"
#include "core/trace/contextvalues.h"

#include <string>
#include <string_view>

namespace stepscope {

/// Reads the command that starts a vLLM or SGLang server, as people paste it: with prompts, wrappers, quotes
/// and the script around it. What is stated of it, and what is not, is told in serveroptions.h. Runs and
/// expands nothing. NotAServerCommand tells what is wrong and what to paste, also when the text starts
/// several servers. O(size), for at most 1 MiB.
Result<ServerCommand> parseServerCommand(std::string_view text);

/// The same from a file. FileNotFound, IsDirectory, FileNotReadable and EmptyFile as FileReader says them.
Result<ServerCommand> readServerCommand(const std::string& path);

} // namespace stepscope
