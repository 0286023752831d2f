#pragma once

#include <cstdint>

namespace stepscope {

/// What opening a trace takes, beside what there is; in bytes.
struct MemoryNeed {
    std::uint64_t needed = 0; ///< estimated, index included; at least that much where reading stopped
    std::uint64_t free = 0;
    std::uint64_t withoutPython = 0; ///< when its Python frames are left out; 0: there are none, or few
    bool wasReached = false;         ///< found while reading, not estimated before
};

} // namespace stepscope
