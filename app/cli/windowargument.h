#pragma once

#include "core/base/time.h"

#include <optional>
#include <string_view>

namespace stepscope {

/// `1.5s:6.33s`, `250ms:900ms`, `0:2` (seconds): a window relative to the trace start. nullopt when the text
/// is none, or ends before it begins. `auto` and `all` are the caller's.
std::optional<TimeRange> parseWindow(std::string_view text);

} // namespace stepscope
