#include "core/report/texthead.h"

#include "core/report/budgetreport.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/verdicttext.h"

#include <filesystem>

namespace stepscope {

namespace {

/// What the numbers were measured with, as far as it is known; gate 8 says how much is missing.
std::string contextText(const MeasurementContext& context)
{
    std::string text;
    for (const ContextField& field : context.fields()) {
        if (field.value && field.group != ContextGroup::Capture)
            text += (text.empty() ? "" : ", ") + std::string(field.key) + " " + printable(*field.value) +
                    (field.isFilled() ? "" : " (not confirmed)");
    }
    return "context: " + (text.empty() ? "nothing known" : text) + "\n";
}

} // namespace

std::string textHead(const Assessment& assessment, const TraceIndex& index, const std::string& steps)
{
    const Trace& trace = index.trace();
    const CaptureInfo& capture = trace.capture();
    const std::string hardware = trace.device(assessment.reference).hardware;
    return printable(std::filesystem::path(capture.path).filename().string()) + " | " +
           printable(capture.tool) + " | " + trustWord(trustOf(index, assessment.reference)) + " | sha256 " +
           capture.sha256.text().substr(0, 12) + " | StepScope " STEPSCOPE_VERSION "\n" +
           deviceLabel(trace, assessment.reference) + (hardware.empty() ? "" : ", " + printable(hardware)) +
           " | window " + seconds(assessment.analysis.window.begin) + " to " +
           seconds(assessment.analysis.window.end) + " s | " + steps + " | " + labelOf(assessment.context) +
           "\n" + contextText(assessment.context);
}

std::string mixtureText(const CadenceMixture& mixture)
{
    const auto mode = [](const CadenceMode& kind) {
        return milliseconds(kind.median) + " ms (" + percent(kind.share) + " %)";
    };
    return "two kinds of step: " + mode(mixture.shorter) + " and " + mode(mixture.longer) + "\n";
}

std::string stepSourceText(const StepIndex& steps)
{
    return std::string(stepSourceWord(steps.source)) + (steps.isWeak ? " (weak)" : "");
}

} // namespace stepscope
