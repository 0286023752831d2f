#pragma once

#include "core/gates/measurementcontext.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace stepscope {

/// One field of the measurement context for the screen.
struct ContextLine {
    QString name;           ///< "kv-cache dtype"
    QString value;          ///< as it stands in files; empty when unknown
    QString source;         ///< "from the trace", "typed", "assumed", "unknown"
    bool isMissing = false; ///< required, and not filled
    bool isHint = false;    ///< likely, and not confirmed
};

/// Every field in the order of the context. Values are data: plain text.
std::vector<ContextLine> contextLines(const MeasurementContext& context);
/// "24 missing: reports stay DRAFT", or what is the case when none is.
QString contextRemark(const MeasurementContext& context);
/// "24 of 34 required fields are missing: exports stay DRAFT"
QString contextProgress(const MeasurementContext& context);
/// "2 from the trace, 3 from the server's command"; empty where nothing contradicts.
QString contradictionText(const ContextField& field);
/// "drafts a step: 2 from the trace, 3 from the server's command", one line a field.
QStringList contradictionLines(const MeasurementContext& context);

} // namespace stepscope
