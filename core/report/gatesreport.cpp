#include "core/report/gatesreport.h"

#include "core/report/assessmentjson.h"
#include "core/report/gatetext.h"
#include "core/report/reconciletext.h"
#include "core/report/texthead.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <vector>

namespace stepscope {

std::string gatesText(const Assessment& assessment, const TraceIndex& index)
{
    const DeviceWindow& numbers = assessment.referenceWindow();
    std::string text = textHead(assessment, index, counted(numbers.budget.steps, "step", "steps")) + "\n";
    std::vector<const GateResult*> gates;
    for (const GateResult& gate : assessment.referenceGates())
        gates.push_back(&gate);
    std::stable_sort(gates.begin(), gates.end(), [](const GateResult* a, const GateResult* b) {
        return static_cast<int>(a->state) > static_cast<int>(b->state);
    });
    for (const GateResult* const gate : gates) {
        text += padded(gateStateWord(gate->state), 15) + std::to_string(static_cast<int>(gate->gate)) + " " +
                gateTitle(gate->gate) + "\n";
        for (const Evidence& row : gate->evidence)
            text += "  " + padded(gateStateWord(row.state), 15) + evidenceSentence(row).english() + "\n";
    }
    text += "\n";
    for (const Sentence& sentence : overrideSentences(assessment))
        text += sentence.english() + "\n";
    return text + verdictWord(assessment.referenceVerdict().verdict) + ": " +
           verdictSentence(assessment, index).english() + "\n";
}

std::string gatesJson(const Assessment& assessment, const TraceIndex& index)
{
    return devicesDocument("stepscope.gates/1", assessment, index,
                           [](const Assessment& of, std::size_t device) {
                               return Json{{"gates", gatesArray(of.gates[device])}};
                           });
}

} // namespace stepscope
