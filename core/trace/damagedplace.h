#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace stepscope {

/// A part of a trace file that could not be read. What lies before it was kept; what lies behind it too,
/// unless it reaches the end.
struct DamagedPlace {
    std::size_t file = 0;     ///< of CaptureInfo::files; 0 where one file was opened
    std::string table;        ///< of a database; empty for a text
    bool holdsGpuWork = true; ///< what is lost may be GPU work
    /// Its first byte: of the text after decompression, or of the database file.
    std::optional<std::uint64_t> offset;
    std::optional<std::uint64_t> lostBytes; ///< what is known to be lost
    std::optional<std::uint64_t> lostRows;  ///< of a table whose rows are numbered
    /// The end of what was read last before it, where rows come in the order of time: of a table.
    std::optional<TimePoint> after;
    bool reachesEnd = false; ///< nothing behind it was read: the file ends early here
};

} // namespace stepscope
