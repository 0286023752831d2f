#pragma once

#include "core/report/translatable.h"
#include "core/trace/importlog.h"

#include <string_view>

namespace stepscope {

/// What was met, how often, with the first example: "Rows that end before they begin, left out: 3 (…)".
Sentence importSentence(const ImportEntry& entry);
/// The stable name of a code in exports: "negative_duration".
std::string_view importCodeWord(ImportCode code);
/// "info", "data loss", "error".
const char* importSeverityWord(ImportSeverity severity);

} // namespace stepscope
