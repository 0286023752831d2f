#pragma once

#include <string>
#include <string_view>

namespace stepscope {

/// `text` with "…" in place of what nobody else should read: values of options, variables, JSON members and
/// headers whose names end in key, token, secret or password; passwords in addresses; and words that begin as
/// tokens of known services do. Rather too much than too little: works on text, not on words, so that quotes
/// in quotes do not hide anything. O(size).
std::string withoutSecrets(std::string_view text);

} // namespace stepscope
