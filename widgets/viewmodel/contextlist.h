#pragma once

#include "core/gates/measurementcontext.h"

#include <QString>

#include <vector>

namespace stepscope {

/// One field of the measurement context for the screen.
struct ContextLine {
    QString name;           ///< "kv-cache dtype"
    QString value;          ///< as it stands in files; empty when unknown
    QString source;         ///< "from the trace", "typed", "assumed", "unknown"
    bool isMissing = false; ///< required, and not filled
};

/// Every field in the order of the context. Values are data: plain text.
std::vector<ContextLine> contextLines(const MeasurementContext& context);
/// "24 missing: reports stay DRAFT", or what is the case when none is.
QString contextRemark(const MeasurementContext& context);

} // namespace stepscope
