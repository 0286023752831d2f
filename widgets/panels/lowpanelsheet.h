#pragma once

#include "widgets/theme/tracepalette.h"

#include <QString>

namespace stepscope {

/// The style sheet of a panel below the lanes, which is low: slim buttons, scrolling on the panel's ground.
QString lowPanelSheet(const TracePalette& colours);

} // namespace stepscope
