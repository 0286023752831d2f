#pragma once

#include "core/analysis/stability.h"

#include <QString>

namespace stepscope {

/// Texts about what is steady and what is not in the suggested window. Plain text; numbers by locale.

/// Index and kind of a step, the spread around it, its requests, why it is left out.
QString stabilityToolTip(const StepIndex& steps, const StepStability& stability, std::size_t step);
/// What is in `range` and what is left out of the suggested window there, the first few parts of it.
QString steadyToolTip(const SteadyChoice& choice, TimeRange range);

} // namespace stepscope
