#pragma once

#include "core/import/serverlaunch.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepscope {

/// How the value of an option reads.
enum class OptionKind : std::uint8_t {
    Text,
    Count,  ///< a whole number above 0
    Size,   ///< the same, also as 8k (8000) and 8K (8192)
    Share,  ///< a number above 0 and at most 1
    On,     ///< without a value; --no-… turns it off
    Off,    ///< without a value: turns something off
    Object, ///< JSON, or one member as --option.member value
};

/// An option whose value is looked at.
struct ServerOption {
    std::string_view name; ///< without dashes in front, with dashes inside
    OptionKind kind = OptionKind::Text;
    std::string_view slot; ///< the context's key, or a word of ours where that follows from several options
    bool isOfVllm = false;
    bool isOfSglang = false;
};

/// The option of that name, or the only one that begins with it, as Python's argparse has it; nullptr for one
/// that does not matter here.
const ServerOption* findServerOption(std::string_view name, ServedEngine engine);

/// The member that is looked at in an Object of that slot; there is one in each.
const ServerOption& serverOptionMember(std::string_view slot);

/// Options that take no value, as far as their name shows it.
bool isServerFlag(std::string_view name);
/// Options that take all words up to the next option.
bool takesSeveralWords(std::string_view name);

} // namespace stepscope
