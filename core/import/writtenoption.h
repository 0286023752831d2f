#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stepscope {

/// An option as it is written: "-O.level=3" has the name "O", the member "level" and the value "3".
struct WrittenOption {
    std::string shown; ///< as typed, without the value
    std::string name;
    std::string member;
    std::optional<std::string> value;
};

/// Whether a word of a command is an option; -1 and .5 are values.
bool isWrittenOption(std::string_view word);
WrittenOption splitWrittenOption(std::string_view word);

/// `text` as far as it looks like the name of an option or a member; quotes may bring in anything.
std::string plainOptionName(std::string_view text);
/// $NAME of ${NAME:-value}: what stands behind may be a secret.
std::string variableName(std::string_view word);
/// Whether the variable is one in which scripts collect options, unlike $MODEL.
bool mayHoldOptions(std::string_view word);

} // namespace stepscope
