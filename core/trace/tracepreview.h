#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepscope {

/// What of a trace can be drawn before all of it is read: how busy each device was over equal stretches of
/// time. A picture only; no number is taken from it.
struct TracePreview {
    struct Lane {
        std::string label;               ///< "GPU 0", "rank 3, GPU 0"
        std::vector<std::uint16_t> busy; ///< share of each stretch, 65535 for all of it; never 0 for some
    };

    TimeRange extent; ///< of all lanes, from the first GPU work
    std::vector<Lane> lanes;
};

} // namespace stepscope
