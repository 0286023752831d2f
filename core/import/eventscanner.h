#pragma once

#include "core/import/scannedevents.h"

#include <cstddef>
#include <string_view>

namespace stepscope {

/// Readable bytes that have to stand behind a text for scanEvents(), all of them 0.
inline constexpr std::size_t scanPadding = 64;

/// Reads trace events at the speed of memory: takes those that are strict JSON of the usual form and stops at
/// all others, which are for the JSON library. An event is declined when it is not whole, is no JSON, has a
/// member twice that counts, values of another shape than kineto writes them, escapes in a text that is used,
/// or a text beyond the bounds of JsonCleaner; what is taken reads the same as there. `text` is read from
/// `from` on, which lies behind an event of a list. Returns where the last event ends that was taken, `from`
/// when none was. O(bytes read). Any thread.
std::size_t scanEvents(std::string_view text, std::size_t from, ScannedEvents& events);

} // namespace stepscope
