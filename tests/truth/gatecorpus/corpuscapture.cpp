#include "tests/truth/gatecorpus/corpuscapture.h"

#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/nsyswriter.h"

#include <algorithm>
#include <filesystem>

namespace stepscope::gatecorpus {

namespace {

/// ms; prefills left out.
double medianStep(const testsupport::LoopDescription& loop)
{
    testsupport::LoopFacts facts;
    testsupport::generateLoop(loop, &facts);
    std::vector<testsupport::Nanos> steps;
    for (std::size_t i = 0; i + 1 < facts.steps.size(); ++i) {
        if (!facts.steps[i].prefill && facts.steps[i].pid == facts.steps[i + 1].pid)
            steps.push_back(facts.steps[i + 1].gpuBegin - facts.steps[i].gpuBegin);
    }
    if (steps.empty())
        return 0.0;
    std::sort(steps.begin(), steps.end());
    return static_cast<double>(steps[steps.size() / 2]) / 1e6;
}

DriverRecord recordOf(const CorpusCapture& capture, const char* name, double step)
{
    const testsupport::AnnotationSpec& annotation =
        capture.loop.ranks.front().segments.front().step.annotation;
    DriverRecord record;
    record.name = name;
    record.rounds.resize(1);
    DriverRound& round = record.rounds.front();
    round.requests = 4;
    round.concurrency = std::max(annotation.genRequests, 1);
    if (step > 0.0) {
        round.tpotMilliseconds = step / capture.tokens;
        round.itlMilliseconds = step;
        round.tokensPerStep = capture.tokens;
    }
    return record;
}

void writeCapture(const CorpusCapture& capture, const std::string& path)
{
    testsupport::GeneratedTrace trace = testsupport::generateLoop(capture.loop);
    if (capture.editRows)
        capture.editRows(trace);
    if (capture.format == Format::Kineto) {
        testsupport::KinetoOptions options = capture.kineto;
        if (capture.isOneRank)
            options.rank = capture.loop.ranks.front().process.rank;
        testsupport::writeKineto(trace, path, options);
    } else {
        testsupport::NsysOptions options = capture.nsys;
        if (capture.format == Format::NsysGraphLevel)
            options.graphLevel = testsupport::NsysGraphLevel::Graph;
        testsupport::writeNsys(trace, path, options);
    }
    if (capture.keptBytes < 1.0) {
        const auto bytes = static_cast<double>(std::filesystem::file_size(path));
        std::filesystem::resize_file(path, static_cast<std::uintmax_t>(bytes * capture.keptBytes));
    }
}

} // namespace

const char* formatName(Format format)
{
    switch (format) {
    case Format::Nsys:
        return "nsys";
    case Format::NsysGraphLevel:
        return "nsys, graph level";
    case Format::Kineto:
        return "kineto";
    }
    return "";
}

void measureRounds(CorpusCapture& capture)
{
    const double step = medianStep(capture.loop);
    capture.clean = recordOf(capture, "clean.json", step);
    capture.profiled = recordOf(capture, "profiled.json", step);
}

Result<Assessment> assess(const CorpusCapture& capture, const std::string& path)
{
    writeCapture(capture, path);
    NoProgress progress;
    Result<Trace> imported = importTrace(path, progress);
    if (!imported)
        return imported.error();
    const auto trace = std::make_shared<const Trace>(std::move(*imported));
    if (std::optional<Error> nothing = whyNothingToShow(*trace, path))
        return *nothing;
    const auto built = TraceIndex::build(trace, KernelClassifier::standard(), progress);
    if (!built)
        return built.error();
    const TraceIndex& index = **built;
    const DeviceId device = index.referenceDevice();
    AssessmentInput input = capture.input;
    if (!capture.clean.rounds.empty())
        input.driver.clean.record = std::make_shared<const DriverRecord>(capture.clean);
    if (!capture.profiled.rounds.empty())
        input.driver.profiled.record = std::make_shared<const DriverRecord>(capture.profiled);
    const TimeRange window =
        capture.isWholeTrace ? index.device(device).occupancy.busy().extent() : index.automaticWindow(device);
    return assessWindow(index, window, device, input);
}

} // namespace stepscope::gatecorpus
