#pragma once

#include "core/gates/assessment.h"
#include "core/report/jsondocument.h"

#include <string>

namespace stepscope {

/// What the JSON documents of an assessment have in common.
Json gatesArray(const std::vector<GateResult>& gates);
Json verdictObject(const Verdict& verdict);
/// Puts the reference device's verdict in words into a document, with what it rests on: overrides, context
/// and the driver's numbers.
void addVerdict(Json& document, const Assessment& assessment, const TraceIndex& index);

/// A document of that format with the verdict in words and one object a device, which holds what `own` says
/// of it.
std::string devicesDocument(const char* format, const Assessment& assessment, const TraceIndex& index,
                            Json (*own)(const Assessment& assessment, std::size_t device));

} // namespace stepscope
