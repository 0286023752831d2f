#include "core/report/verdictreport.h"

#include "core/report/assessmentjson.h"
#include "core/report/gatetext.h"
#include "core/report/numbertext.h"
#include "core/report/reconciletext.h"
#include "core/report/texthead.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

std::string sharesText(const Verdict& verdict)
{
    const VerdictShares& shares = verdict.shares;
    return "shares of a step: host " + percent(shares.host) + " %, kernels " + percent(shares.kernel) +
           " %, exposed communication " + percent(shares.comm) + " %, GPU-side wait " +
           percent(shares.device) + " %, rest " + percent(shares.other) + " %\n";
}

std::string lineOf(const Sentence& sentence)
{
    return *sentence.text == '\0' ? std::string() : sentence.english() + "\n";
}

std::string reconciliationText(const Assessment& assessment)
{
    const Reconciliation& numbers = assessment.referenceReconciliation();
    const DriverNumbers& driver = assessment.input.driver;
    if (numbers.cadence <= 0.0)
        return {};
    std::string text = "cadence " + fixed(numbers.cadence, 3) + " ms";
    if (numbers.tokens)
        text += " / " + fixed(*numbers.tokens, 2) + " tokens per step (" +
                tokensSourceWord(numbers.tokensSource) +
                ") = " + fixed(numbers.cadence / *numbers.tokens, 3) + " ms";
    if (const std::optional<double> tpot = driver.clean.tpot())
        text += "; TPOT " + fixed(*tpot, 3) + " ms without the profiler";
    if (const std::optional<double> tpot = driver.profiled.tpot())
        text += "; TPOT " + fixed(*tpot, 3) + " ms of the profiled round";
    return text + "\n";
}

} // namespace

std::string verdictText(const Assessment& assessment, const TraceIndex& index)
{
    const Verdict& verdict = assessment.referenceVerdict();
    std::string text =
        textHead(assessment, index, counted(assessment.referenceWindow().budget.steps, "step", "steps")) +
        "\n";
    text += std::string(verdictWord(verdict.verdict)) + ": " + verdictSentence(assessment, index).english() +
            "\n";
    if (assessment.referenceWindow().budget.steps > 0) {
        if (verdict.verdict == VerdictClass::Withheld)
            text += std::string("(without that it would read ") + verdictWord(verdict.wouldBe) + ")\n";
        text += sharesText(verdict) + lineOf(marginSentence(assessment));
        if (verdict.wouldBe != VerdictClass::NeedsLowOverhead) // else it is the verdict's own sentence
            text += lineOf(robustSentence(verdict));
        text += lineOf(robustBetweenStepsSentence(verdict));
    }
    text += reconciliationText(assessment);
    for (const Sentence& sentence : overrideSentences(assessment))
        text += sentence.english() + "\n";
    for (const Sentence& other : differingDevices(assessment, index))
        text += other.english() + "\n";
    for (const GateResult& gate : assessment.referenceGates()) {
        const bool isQuiet = gate.state == GateState::Pass || gate.state == GateState::NotApplicable;
        const Evidence* const evidence = isQuiet ? nullptr : decidingEvidence(gate);
        if (evidence != nullptr)
            text += padded(gateStateWord(gate.state), 15) + std::to_string(static_cast<int>(gate.gate)) +
                    " " + padded(gateTitle(gate.gate), 22) + evidenceSentence(*evidence).english() + "\n";
    }
    return text;
}

std::string verdictJson(const Assessment& assessment, const TraceIndex& index)
{
    return devicesDocument("stepscope.verdict/1", assessment, index,
                           [](const Assessment& of, std::size_t device) {
                               return Json{{"verdict", verdictObject(of.verdicts[device])}};
                           });
}

} // namespace stepscope
