#pragma once

#include "core/base/result.h"
#include "core/import/shellwords.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// An engine whose start command StepScope can read.
enum class ServedEngine : std::uint8_t { Vllm, Sglang };

/// A server's start as it stands in a command, whatever wraps it.
struct ServerLaunch {
    ServedEngine engine = ServedEngine::Vllm;
    std::vector<ShellWord> arguments; ///< of the server
    std::vector<ShellWord>
        environment;                ///< NAME=VALUE in front of it, exported before, or given to its container
    std::optional<ShellWord> image; ///< of the container
    bool namesModelFirst = false;   ///< the model may stand among the options without one of its own
    bool isOpen = false;            ///< the words are kept in a variable: more may be added elsewhere
};

/// All starts of a server in a text, in its order: `vllm serve`, `sglang serve`, their Python modules and
/// vLLM's own images, in any wrapper and in commands that stand in quotes (up to three deep). Echoed commands
/// do not count. NotAServerCommand as splitShellWords says it. O(size).
Result<std::vector<ServerLaunch>> findServerLaunches(std::string_view text);

} // namespace stepscope
