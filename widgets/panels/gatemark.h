#pragma once

#include "core/gates/gate.h"
#include "widgets/theme/tracepalette.h"

#include <QString>

namespace stepscope {

/// The state of a gate or of a row of evidence as a shape and a colour; the word stands beside it.
struct GateMark {
    QString sign;
    Colour colour = Colour::DimText;
};

GateMark gateMark(GateState state);

} // namespace stepscope
