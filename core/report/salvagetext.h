#pragma once

#include "core/analysis/traceindex.h"
#include "core/gates/assessment.h"
#include "core/report/translatable.h"

#include <vector>

namespace stepscope {

/// What a person is told before a damaged trace is shown, a paragraph each. All but the title may be shown
/// one sentence behind the other.
struct SalvageText {
    Sentence title;
    std::vector<Sentence> found;   ///< where which file is damaged, and what was kept
    std::vector<Sentence> lanes;   ///< which devices end early, and by how much; may be empty
    std::vector<Sentence> reason;  ///< why this usually happens, and what to do
    std::vector<Sentence> meaning; ///< what gate 4 says to it, and for which windows the verdict stands
};

/// Whether a trace was read from a file that is cut or damaged.
bool isSalvaged(const Trace& trace);

/// Of a trace that isSalvaged(). O(devices).
SalvageText salvageText(const TraceIndex& index, const Assessment& assessment);

} // namespace stepscope
