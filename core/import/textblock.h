#pragma once

#include "core/import/scannedevents.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stepscope {

/// A piece of a trace's text, and the events that were found in it.
struct TextBlock {
    std::vector<char> bytes;        ///< with scanPadding zeros behind the text
    std::size_t size = 0;           ///< of the text
    std::uint64_t offset = 0;       ///< of its first byte in the whole text
    bool beginsBehindEvent = false; ///< so it looks: only whoever reads in order knows
    ScannedEvents events;
    std::size_t scannedTo = 0; ///< where the last of `events` ends, which begin at the front; 0 for none

    std::string_view text() const { return {bytes.data(), size}; }
};

} // namespace stepscope
