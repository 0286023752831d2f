#pragma once

#include "core/gates/assessment.h"

#include <cstddef>
#include <optional>

namespace stepscope {

/// Steps in a row that stand for the window.
struct TypicalSteps {
    std::size_t first = 0; ///< number of the first among the window's steps, from 1
    std::size_t count = 0;
    TimeRange range;
};

/// The `count` clean steps in a row whose cadences lie nearest to the window's median, of the reference
/// device; of equals the first. Fewer where the window has no such row; nothing where it has no clean step.
/// O(steps in the window · count).
std::optional<TypicalSteps> typicalSteps(const TraceIndex& index, const Assessment& assessment,
                                         std::size_t count);

} // namespace stepscope
