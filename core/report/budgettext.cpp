#include "core/report/budgetreport.h"

#include "core/report/budgettexttable.h"
#include "core/report/gatetext.h"
#include "core/report/importtext.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/reconciletext.h"
#include "core/report/texthead.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <vector>

namespace stepscope {

namespace {

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string budgetTableText(const Assessment& assessment, const DeviceIndex& device)
{
    const StepBudget& budget = assessment.referenceWindow().budget;
    const BudgetTextTable table(budget, assessment.input.driver.tokens(), device.occupancy.isGraphLevel());
    std::string text =
        table.header() + table.busyRows() + table.idleRows() + table.row("step cadence", budget.cadence);
    if (budget.of(TimeClass::InGraph).total > Duration::zero()) {
        BudgetLine filled = budget.busy;
        filled.total += budget.of(TimeClass::InGraph).total;
        text +=
            "busy with graph spans filled: " +
            fixed(static_cast<double>(filled.total.count()) / static_cast<double>(budget.steps) / 1e6, 3) +
            " ms (" + percent(budget.share(filled.total)) + " %)\n";
    }
    if (budget.hiddenComm.total > Duration::zero())
        text += "comm hidden behind compute: " +
                fixed(static_cast<double>(budget.hiddenComm.total.count()) /
                          static_cast<double>(budget.steps) / 1e6,
                      3) +
                " ms per step, inside compute\n";
    return text;
}

std::string notCountedText(const NotCounted& rest)
{
    std::vector<std::string> parts;
    if (rest.edgeSteps > 0)
        parts.push_back(counted(rest.edgeSteps, "edge step", "edge steps"));
    if (rest.prefillSteps > 0)
        parts.push_back(counted(rest.prefillSteps, "prefill", "prefills"));
    if (rest.mixedSteps > 0)
        parts.push_back(counted(rest.mixedSteps, "mixed step", "mixed steps"));
    if (rest.lullSteps > 0)
        parts.push_back(counted(rest.lullSteps, "lull", "lulls"));
    parts.push_back(milliseconds(rest.time, 1) + " ms");
    std::string text = "not counted: ";
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i > 0 ? ", " : "") + parts[i];
    return text + "\n";
}

} // namespace

std::string budgetText(const Assessment& assessment, const TraceIndex& index)
{
    const Trace& trace = index.trace();
    const DeviceIndex& device = index.device(assessment.reference);
    const DeviceWindow& numbers = assessment.referenceWindow();
    const Verdict& verdict = assessment.referenceVerdict();

    std::string text =
        textHead(assessment, index,
                 counted(numbers.budget.steps, "step", "steps") + " from " + stepSourceText(device.steps)) +
        "\n";
    text += upper(verdictWord(verdict.verdict)) + ": " + verdictSentence(assessment, index).english() + "\n";
    if (verdict.verdict == VerdictClass::Withheld && numbers.budget.steps > 0)
        text += std::string("(without that it would read ") + verdictWord(verdict.wouldBe) + ")\n";
    if (const Sentence margin = marginSentence(assessment); *margin.text != '\0')
        text += margin.english() + "\n";
    const Sentence robust = robustSentence(verdict);
    if (*robust.text != '\0' && verdict.wouldBe != VerdictClass::NeedsLowOverhead)
        text += robust.english() + "\n";
    for (const Sentence& override : overrideSentences(assessment))
        text += override.english() + "\n";
    for (const Sentence& other : differingDevices(assessment, index))
        text += other.english() + "\n";
    text += "\n";
    if (numbers.budget.steps > 0) {
        text += budgetTableText(assessment, device);
        const CadenceStatistics& cadence = numbers.cadence;
        if (cadence.count == 0)
            text += "cadence: none, the file holds one step\n";
        else
            text += "cadence: n " + std::to_string(cadence.count) + ", mean " +
                    fixed(cadence.meanNanoseconds() / 1e6, 3) + ", median " +
                    milliseconds(cadence.spread.median) + ", p99 " + milliseconds(cadence.spread.p99) +
                    " ms, CV " + fixed(cadence.variation, 3) + ", " +
                    counted(cadence.outliers, "outlier", "outliers") + "\n";
        if (cadence.mixture)
            text += mixtureText(*cadence.mixture);
    } else {
        text += "no whole decode step in the window: busy " +
                percent(static_cast<double>(numbers.inWindow.busy().count()) /
                        static_cast<double>(
                            std::max<std::int64_t>(assessment.analysis.window.duration().count(), 1))) +
                " % of it\n";
    }
    text += notCountedText(numbers.notCounted) + "\n";
    for (const GateResult& gate : assessment.referenceGates()) {
        const Evidence* evidence = decidingEvidence(gate);
        text += padded(gateStateWord(gate.state), 15) + std::to_string(static_cast<int>(gate.gate)) + " " +
                padded(gateTitle(gate.gate), 22) + (evidence ? evidenceSentence(*evidence).english() : "") +
                "\n";
    }
    for (const ImportEntry& entry : trace.log().entries()) {
        if (severityOf(entry.code) != ImportSeverity::Info)
            text += "import: " + printable(importSentence(entry).english()) + "\n";
    }
    for (std::size_t other = 0; other < index.devices().size(); ++other) {
        if (DeviceId(other) == assessment.reference)
            continue;
        const StepBudget& budget = assessment.analysis.devices[other].budget;
        text += deviceLabel(trace, DeviceId(other)) + ": " + verdictWord(assessment.verdicts[other].verdict) +
                ", " + counted(budget.steps, "step", "steps") + ", busy " +
                percent(budget.share(budget.busy.total)) + " %\n";
    }
    return text;
}

} // namespace stepscope
