#pragma once

#include "core/gates/measurementcontext.h"

#include <QString>

namespace stepscope {

/// Which fields a server's command fills: "It fills 9 fields: model, TP, …". A field that a stronger source
/// holds is not among them.
QString commandFillsText(const ServerCommand& command, const MeasurementContext& context);
/// "Left out, without a field or a known value: --port, --foo"; empty where nothing was.
QString commandIgnoredText(const ServerCommand& command);

} // namespace stepscope
