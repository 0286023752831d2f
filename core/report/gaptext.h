#pragma once

#include "core/analysis/gapautopsy.h"
#include "core/analysis/gapplace.h"

#include <string>

namespace stepscope {

/// One gap taken apart, as a few lines: how long and where, the operations around it, the launch, the call
/// that blocked, then what it was spent on, each reason once, longest first, with their sum; at last what the
/// launching thread ran meanwhile. Names are cut to fit and safe for a terminal.
std::string gapText(const Trace& trace, DeviceId device, const GapAutopsy& autopsy, const GapPlace& place);

} // namespace stepscope
