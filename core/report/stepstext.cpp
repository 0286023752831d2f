#include "core/report/stepsreport.h"

#include "core/report/budgetreport.h"
#include "core/report/leftouttext.h"
#include "core/report/numbertext.h"
#include "core/report/stepwork.h"
#include "core/report/texthead.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

std::string stretchText(const std::optional<SteadyStretch>& stretch)
{
    return stretch ? seconds(stretch->window.begin, 6) + " to " + seconds(stretch->window.end, 6) + " s, " +
                         counted(stretch->steps, "step", "steps")
                   : "none";
}

std::string steadyText(const SteadyChoice& choice)
{
    std::string text = "suggested window: " + stretchText(choice.suggestion) +
                       "\nrunner-up: " + stretchText(choice.runnerUp) + "\nleft out:\n";
    for (const LeftOut& part : choice.leftOut) {
        text += rightAligned(seconds(part.range.begin, 6), 14) + " to " +
                rightAligned(seconds(part.range.end, 6), 12) + " s  " + leftOutSentence(part).english() +
                "\n";
    }
    return choice.leftOut.empty() ? text + "  nothing\n" : text;
}

/// "steps from annotations: 100 boundaries, median cadence 6.065 ms"
std::string cadenceText(const StepIndex& steps)
{
    if (steps.source == StepSource::None)
        return "no steps";
    return "steps from " + stepSourceText(steps) + ": " +
           counted(steps.boundaries.size(), "boundary", "boundaries") +
           (steps.medianCadence > Duration::zero()
                ? ", median cadence " + milliseconds(steps.medianCadence) + " ms"
                : std::string(", no cadence"));
}

std::string sourceText(const StepIndex& steps)
{
    const std::string text = cadenceText(steps) + "\n  " + stepSourceMeaning(steps.source) + "\n";
    return steps.mixture ? text + mixtureText(*steps.mixture) : text;
}

/// The cells from `begin s` on.
struct StepCells {
    std::string begin;
    std::string cadence;
    std::string kind;
    std::string busy;
    std::string idle;
    std::string host;
    std::string gap;
    std::string operations;
    std::string requests;
    std::string graphs;
};

std::string stepLine(const std::string& number, const StepCells& cells)
{
    return rightAligned(number, 7) + rightAligned(cells.begin, 14) + rightAligned(cells.cadence, 12) + "  " +
           padded(cells.kind, 8) + rightAligned(cells.busy, 11) + rightAligned(cells.idle, 11) +
           rightAligned(cells.host, 11) + rightAligned(cells.gap, 12) + rightAligned(cells.operations, 9) +
           rightAligned(cells.requests, 10) + rightAligned(cells.graphs, 8) + "\n";
}

StepCells cellsOf(const Step& step, const StepIndex& steps)
{
    return {seconds(step.range.begin, 6),
            milliseconds(step.range.duration()),
            std::string(stepKindWord(step, steps)),
            milliseconds(step.times.busy()),
            milliseconds(step.times.idle()),
            milliseconds(step.times.host()),
            milliseconds(step.largestGap.duration()),
            std::to_string(step.operations()),
            step.tokens ? std::to_string(step.tokens->contextRequests + step.tokens->generationRequests)
                        : "-",
            std::to_string(step.graphLaunches)};
}

std::string stepTable(const StepIndex& steps, std::size_t first, std::size_t last)
{
    std::string text = stepLine("step", {"begin s", "cadence ms", "kind", "busy ms", "idle ms", "host ms",
                                         "max gap ms", "gpu ops", "requests", "graphs"});
    for (std::size_t step = first; step < last; ++step)
        text += stepLine(std::to_string(step), cellsOf(steps.steps[step], steps));
    const StepSum sum = StepSum::of(std::span(steps.steps).subspan(first, last - first));
    return text + stepLine("sum", {"", milliseconds(sum.cadence), "", milliseconds(sum.times.busy()),
                                   milliseconds(sum.times.idle()), milliseconds(sum.times.host()), "",
                                   std::to_string(sum.operations), "", std::to_string(sum.graphLaunches)});
}

} // namespace

std::string stepsText(const Assessment& assessment, const TraceIndex& index)
{
    const TimeRange window = assessment.analysis.window;
    const StepIndex& steps = index.device(assessment.reference).steps;
    const auto [first, last] = steps.touching(window);
    std::string text =
        textHead(assessment, index, counted(last - first, "step", "steps") + ", cut ones included") + "\n" +
        sourceText(steps) + steadyText(steps.steady) + "\n";
    text += first < last ? stepTable(steps, first, last) : "no step in the window\n";
    for (std::size_t other = 0; other < index.devices().size(); ++other) {
        if (DeviceId(other) == assessment.reference)
            continue;
        const StepIndex& others = index.devices()[other].steps;
        const auto [begin, end] = others.touching(window);
        text += deviceLabel(index.trace(), DeviceId(other)) + ": " + counted(end - begin, "step", "steps") +
                " in the window, " + cadenceText(others) + "\n";
    }
    return text;
}

} // namespace stepscope
