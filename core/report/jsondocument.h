#pragma once

#include "core/gates/assessment.h"

#include <nlohmann/json.hpp>

#include <string>

namespace stepscope {

// What the JSON documents of one window share. Keys stand in the order they are written in; times are integer
// ns of the trace clock. resources/schema/stepscope-output.schema.json describes each document, and a test
// holds them to it: a key that is added there and here is a change, one that is renamed a new format number.

using Json = nlohmann::ordered_json;

/// The first keys of each document: version, `format` ("stepscope.budget/1"), file, hash, label, tool, trust,
/// origin, window, reference device.
Json documentHead(const char* format, const Assessment& assessment, const TraceIndex& index);
/// The measurement context: every field, so that what is unknown shows too.
Json contextJson(const MeasurementContext& context);
/// How a device is called.
Json deviceNamesJson(const Trace& trace, DeviceId device);
Json spreadJson(const DurationSpread& spread);
/// One line of the budget: its total, its share of the cadence, its spread over the steps.
Json lineJson(const StepBudget& budget, const BudgetLine& line);
/// A time for each class: "compute_ns", …; they sum to the whole.
Json timesJson(const ClassTimes& times);
/// Both kinds of step of a mixture.
Json mixtureJson(const CadenceMixture& mixture);
/// What was met while reading the file.
Json importLogJson(const ImportLog& log);
/// The JSON text of a document. Names may hold any bytes: invalid UTF-8 is replaced, not thrown at.
std::string documentText(const Json& document);

} // namespace stepscope
