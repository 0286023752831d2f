#pragma once

#include "core/gates/assessment.h"

#include <QString>

namespace stepscope {

/// The verdict as one paragraph to paste: its sentence with its numbers, and in brackets what they were
/// measured on: trace, device, window, steps, tool, trust, label and the beginning of the file's hash.
QString verdictQuote(const TraceIndex& index, const Assessment& assessment);

} // namespace stepscope
