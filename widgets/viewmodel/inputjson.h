#pragma once

#include "core/gates/assessmentinput.h"

#include <QJsonObject>
#include <QJsonValue>

#include <optional>

namespace stepscope::tracestatejson {

/// What the user said of a trace, as it is kept with it. Defaults are left out.
QJsonObject objectOf(const AssessmentInput& input);
/// Nothing where the value holds what cannot be. Members of later versions are passed over.
std::optional<AssessmentInput> inputIn(const QJsonValue& value);

} // namespace stepscope::tracestatejson
