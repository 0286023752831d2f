#include "core/report/budgetreport.h"

#include "core/report/gatetext.h"
#include "core/report/importtext.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace stepscope {

namespace {

std::string padded(std::string text, std::size_t width)
{
    const std::size_t columns = columnsOf(text);
    return columns < width ? text + std::string(width - columns, ' ') : text;
}

std::string rightAligned(const std::string& text, std::size_t width)
{
    const std::size_t columns = columnsOf(text);
    return columns < width ? std::string(width - columns, ' ') + text : text;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

/// One line of the table: the share and mean refer to the clean steps.
class BudgetTableText {
public:
    BudgetTableText(const StepBudget& budget, std::optional<double> tokens)
        : m_budget(budget), m_tokens(tokens)
    {}

    std::string header() const
    {
        std::string line = padded("per step", labelWidth) + rightAligned("ms", 10) + rightAligned("%", 8) +
                           rightAligned("p10", 10) + rightAligned("median", 10) + rightAligned("p90", 10);
        return line + (m_tokens ? rightAligned("ms/token", 11) : "") + "\n";
    }
    std::string row(const std::string& label, const BudgetLine& line) const
    {
        const double mean =
            static_cast<double>(line.total.count()) / static_cast<double>(m_budget.steps) / 1e6;
        const DurationSpread perStep = line.perStep();
        std::string text = padded(label, labelWidth) + rightAligned(fixed(mean, 3), 10) +
                           rightAligned(percent(m_budget.share(line.total)), 8) +
                           rightAligned(milliseconds(perStep.p10), 10) +
                           rightAligned(milliseconds(perStep.median), 10) +
                           rightAligned(milliseconds(perStep.p90), 10);
        return text + (m_tokens ? rightAligned(fixed(mean / *m_tokens, 3), 11) : "") + "\n";
    }
    static std::string unknownRow(const std::string& label, const std::string& why)
    {
        return padded(label, labelWidth) + rightAligned("n/a", 10) + "  " + why + "\n";
    }

private:
    static constexpr std::size_t labelWidth = 30;
    const StepBudget& m_budget;
    std::optional<double> m_tokens;
};

std::string budgetTable(const Assessment& assessment, const DeviceIndex& device)
{
    const DeviceWindow& numbers = assessment.referenceWindow();
    const StepBudget& budget = numbers.budget;
    const BudgetTableText table(budget, assessment.driver.tokensPerStep);
    std::string text = table.header();
    const auto group = [&](auto isMember) {
        for (const TimeClass timeClass : allTimeClasses) {
            if (!isMember(timeClass))
                continue;
            const bool isAlwaysShown = timeClass == TimeClass::Compute || timeClass == TimeClass::ExposedComm;
            if (budget.of(timeClass).total == Duration::zero() && !isAlwaysShown)
                continue;
            const bool isHiddenInGraph =
                device.occupancy.isGraphLevel() && timeClass == TimeClass::ExposedComm;
            text += isHiddenInGraph
                        ? BudgetTableText::unknownRow(std::string("  ") + timeClassLabel(timeClass),
                                                      "(inside graph)")
                        : table.row(std::string("  ") + timeClassLabel(timeClass), budget.of(timeClass));
        }
    };
    text += table.row("GPU busy", budget.busy);
    group(isBusy);
    text += table.row("host idle", budget.host);
    group(isHost);
    const auto isOtherIdle = [](TimeClass timeClass) { return !isBusy(timeClass) && !isHost(timeClass); };
    if (budget.otherIdle.total > Duration::zero())
        text += table.row("other idle", budget.otherIdle);
    group(isOtherIdle);
    text += table.row("step cadence", budget.cadence);
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

std::string counted(std::size_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
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

/// What the numbers were measured with, as far as it is known; gate 8 says how much is missing.
std::string contextText(const MeasurementContext& context)
{
    std::string text;
    for (const ContextField& field : context.fields()) {
        if (field.value && field.group != ContextGroup::Capture)
            text += (text.empty() ? "" : ", ") + std::string(field.key) + " " + printable(*field.value);
    }
    return "context: " + (text.empty() ? "nothing known" : text) + "\n";
}

} // namespace

std::string budgetText(const Assessment& assessment, const TraceIndex& index)
{
    const Trace& trace = index.trace();
    const CaptureInfo& capture = trace.capture();
    const DeviceIndex& device = index.device(assessment.reference);
    const DeviceWindow& numbers = assessment.referenceWindow();
    const Verdict& verdict = assessment.referenceVerdict();
    const std::string hardware = trace.device(assessment.reference).hardware;

    std::string text = printable(std::filesystem::path(capture.path).filename().string()) + " | " +
                       capture.tool + " | " + trustWord(trustOf(index, assessment.reference)) + " | sha256 " +
                       capture.sha256.substr(0, 12) + " | StepScope " STEPSCOPE_VERSION "\n";
    text += deviceLabel(trace, assessment.reference) + (hardware.empty() ? "" : ", " + printable(hardware)) +
            " | window " + seconds(assessment.analysis.window.begin) + " to " +
            seconds(assessment.analysis.window.end) + " s | " +
            counted(numbers.budget.steps, "step", "steps") + " from " + stepSourceWord(device.steps.source) +
            (device.steps.isWeak ? " (weak)" : "") + " | " + labelOf(assessment.context) + "\n" +
            contextText(assessment.context) + "\n";
    text += upper(verdictWord(verdict.verdict)) + ": " + verdictSentence(assessment, index).english() + "\n";
    if (verdict.verdict == VerdictClass::Withheld && numbers.budget.steps > 0)
        text += std::string("(the shares alone would read ") + verdictWord(verdict.wouldBe) + ")\n";
    if (const Sentence margin = marginSentence(assessment); *margin.text != '\0')
        text += margin.english() + "\n";
    for (const Sentence& other : differingDevices(assessment, index))
        text += other.english() + "\n";
    text += "\n";
    if (numbers.budget.steps > 0) {
        text += budgetTable(assessment, device);
        const CadenceStatistics& cadence = numbers.cadence;
        if (cadence.count == 0)
            text += "cadence: none, the file holds one step\n";
        else
            text += "cadence: n " + std::to_string(cadence.count) + ", mean " +
                    fixed(cadence.meanNanoseconds() / 1e6, 3) + ", median " +
                    milliseconds(cadence.spread.median) + ", p99 " + milliseconds(cadence.spread.p99) +
                    " ms, CV " + fixed(cadence.variation, 3) + ", " +
                    counted(cadence.outliers, "outlier", "outliers") + "\n";
        if (cadence.mixture) {
            const auto mode = [](const CadenceMode& kind) {
                return milliseconds(kind.median) + " ms (" + percent(kind.share) + " %)";
            };
            text += "two kinds of step: " + mode(cadence.mixture->shorter) + " and " +
                    mode(cadence.mixture->longer) + "\n";
        }
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
