#pragma once

#include "core/gates/assessment.h"
#include "core/report/jsondocument.h"

namespace stepscope {

/// What the JSON documents of an assessment have in common.
Json gatesArray(const std::vector<GateResult>& gates);
Json verdictObject(const Verdict& verdict);
/// Puts the reference device's verdict in words into a document, with what it rests on: overrides, context
/// and the driver's numbers.
void addVerdict(Json& document, const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
