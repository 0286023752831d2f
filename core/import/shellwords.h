#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// A word of a shell command without its quotes.
struct ShellWord {
    std::string text;
    bool hasVariable =
        false; ///< a part of it is known only once a shell has expanded it; `text` holds it raw
};

/// The words up to the end of a command: a line end, `;`, `&`, `|` or a parenthesis. Redirections are gone.
struct ShellCommand {
    std::vector<ShellWord> words;
    bool isArray = false; ///< the elements of NAME=( … ): more may be added to them elsewhere
};

/// Splits a text as a POSIX shell does, and runs nothing: quotes, escapes, continued lines, comments. Lenient
/// where a paste is not what was typed: spaces behind the backslash at a line's end, "> " in front of a
/// continued line. Here-documents count as commands. Lines end with '\n'. NotAServerCommand for a quote or a
/// parenthesis that is not closed and for more than 20 000 words. O(size).
Result<std::vector<ShellCommand>> splitShellWords(std::string_view text);

} // namespace stepscope
