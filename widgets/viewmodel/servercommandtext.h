#pragma once

#include "core/gates/measurementcontext.h"

#include <QString>

namespace stepscope {

/// Which fields a server's command fills: "It fills 9 fields: model, TP, …". A field that a stronger source
/// holds is not among them.
QString commandFillsText(const ServerCommand& command, const MeasurementContext& context);
/// "Not understood, and left out: --port, --foo"; empty where all was understood.
QString commandIgnoredText(const ServerCommand& command);

} // namespace stepscope
