#include "tests/support/decodecommand.h"

#include "tests/support/kernelnames.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"
#include "tests/support/stepbuilder.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>

namespace stepscope::testsupport {

namespace {

/// Sends rows on and counts them.
class CountingSink final : public TraceSink {
public:
    explicit CountingSink(TraceSink& next) : m_next(next) {}

    void add(const GpuOp& row) override { pass(row); }
    void add(const ApiCall& row) override { pass(row); }
    void add(const HostRange& row) override { pass(row); }
    void add(const CpuOp& row) override { pass(row); }
    void add(const OverheadRow& row) override { pass(row); }
    std::int64_t count() const { return m_count; }

private:
    template <typename Row> void pass(const Row& row)
    {
        ++m_count;
        m_next.add(row);
    }

    TraceSink& m_next;
    std::int64_t m_count = 0;
};

template <typename Value> Value lookUp(const std::map<std::string, Value>& values, const std::string& text)
{
    const auto found = values.find(text);
    if (found == values.end())
        throw std::invalid_argument("unknown value " + text);
    return found->second;
}

const std::map<std::string, AnnotationStyle> annotationStyles{
    {"none", AnnotationStyle::None},
    {"vllm", AnnotationStyle::VllmContext},
    {"detailed", AnnotationStyle::VllmDetailed},
    {"new", AnnotationStyle::VllmNew},
    {"sglang", AnnotationStyle::Sglang},
    {"profilerstep", AnnotationStyle::ProfilerStep}};

const std::map<std::string, KinetoStyle> kinetoStyles{
    {"modern", KinetoStyle::Modern}, {"2021", KinetoStyle::Legacy2021}, {"rocm", KinetoStyle::Rocm}};

const std::map<std::string, KinetoTime> kinetoTimes{{"relative", KinetoTime::Relative},
                                                    {"absolute", KinetoTime::Absolute},
                                                    {"whole", KinetoTime::WholeMicros}};

const std::map<std::string, NsysSchema> nsysSchemas{
    {"none", NsysSchema::None2021},  {"2.9.1", NsysSchema::V2_9_1},   {"3.1.2", NsysSchema::V3_1_2},
    {"3.13.2", NsysSchema::V3_13_2}, {"3.24.0", NsysSchema::V3_24_0}, {"3.25.0", NsysSchema::V3_25_0}};

} // namespace

std::string DecodeCommand::help()
{
    return "  --steps N --kernels M (a step) --kernel-ns T --gap-us G --pieces P (0: eager) --drafts K\n"
           "  --ranks R --skew-us S --prefills N --async --seed-jitter PPM --outlier-every N\n"
           "  --annotations none|vllm|detailed|new|sglang|profilerstep --no-api --no-cpu-ops\n"
           "  --lost-ppm N --no-work-ppm N --no-launch-ppm N\n"
           "  kineto: --style modern|2021|rocm --time relative|absolute|whole --flows --base-after --level "
           "0..9\n"
           "          --cut-json BYTES --cut-file BYTES --node-ids\n"
           "  nsys:   --schema none|2.9.1|3.1.2|3.13.2|3.24.0|3.25.0 --graph-level --all-tables --no-nvtx\n";
}

DecodeCommand::DecodeCommand(const std::vector<std::string>& arguments)
{
    std::size_t next = 0;
    const auto text = [&]() -> const std::string& {
        if (next >= arguments.size())
            throw std::invalid_argument("a value is missing at the end");
        return arguments[next++];
    };
    const auto number = [&] { return std::stoll(text()); };
    const auto small = [&] { return std::stoi(text()); };
    m_kineto.gzipLevel = 1;
    const std::map<std::string, std::function<void()>> options{
        {"--steps", [&] { m_steps = number(); }},
        {"--kernels", [&] { m_kernels = small(); }},
        {"--kernel-ns", [&] { m_kernelTime = number(); }},
        {"--gap-us", [&] { m_gap = microseconds(number()); }},
        {"--pieces", [&] { m_pieces = small(); }},
        {"--drafts", [&] { m_drafts = small(); }},
        {"--ranks", [&] { m_ranks = small(); }},
        {"--skew-us", [&] { m_skew = microseconds(number()); }},
        {"--prefills", [&] { m_prefills = number(); }},
        {"--async", [&] { m_async = true; }},
        {"--seed-jitter", [&] { m_jitter.gapPpm = m_jitter.durationPpm = number(); }},
        {"--outlier-every", [&] { m_jitter.outlierEvery = small(); }},
        {"--annotations", [&] { m_annotation = lookUp(annotationStyles, text()); }},
        {"--no-api", [&] { m_hostRows.apiCalls = false; }},
        {"--no-cpu-ops", [&] { m_hostRows.cpuOps = false; }},
        {"--lost-ppm", [&] { m_faults.lostKernelsPpm = number(); }},
        {"--no-work-ppm", [&] { m_faults.launchesWithoutWorkPpm = number(); }},
        {"--no-launch-ppm", [&] { m_faults.workWithoutLaunchPpm = number(); }},
        {"--style", [&] { m_kineto.style = lookUp(kinetoStyles, text()); }},
        {"--time", [&] { m_kineto.time = lookUp(kinetoTimes, text()); }},
        {"--flows", [&] { m_kineto.flows = true; }},
        {"--base-after", [&] { m_kineto.baseAfterEvents = true; }},
        {"--level", [&] { m_kineto.gzipLevel = small(); }},
        {"--cut-json", [&] { m_kineto.cutJsonAt = number(); }},
        {"--cut-file", [&] { m_kineto.cutFileAt = number(); }},
        {"--node-ids", [&] { m_kineto.graphNodeIds = true; }},
        {"--schema", [&] { m_nsys.schema = lookUp(nsysSchemas, text()); }},
        {"--graph-level", [&] { m_nsys.graphLevel = NsysGraphLevel::Graph; }},
        {"--all-tables", [&] { m_nsys.lazyTables = false; }},
        {"--no-nvtx", [&] { m_nsys.nvtx = false; }},
    };
    while (next < arguments.size()) {
        const std::string& argument = text();
        if (const auto option = options.find(argument); option != options.end())
            option->second();
        else if (!argument.starts_with("--") && m_path.empty())
            m_path = argument;
        else
            throw std::invalid_argument("unknown argument " + argument);
    }
    if (m_path.empty())
        throw std::invalid_argument("no file to write");
}

HostGap DecodeCommand::hostGap() const
{
    HostGap host;
    host.update = m_gap / 5;
    host.schedule = m_gap / 4;
    host.prepare = m_gap / 4;
    host.launch = m_pieces == 0 ? 6000 : 60000;
    return host;
}

StepSpec DecodeCommand::step() const
{
    StepSpec step;
    const int layers = std::max(1, (m_kernels - 2) / 12);
    const Nanos busy = m_kernelTime * m_kernels;
    const std::vector<GpuOpSpec> nodes = decoderNodes({layers, busy, busy / 10, 0});
    if (m_pieces == 0) {
        for (const GpuOpSpec& node : nodes) {
            step.launches.push_back(eagerKernel(node.name, node.duration, microseconds(9)));
            step.launches.back().ops.front().isComm = node.isComm;
        }
    } else {
        int piece = 0;
        for (std::vector<GpuOpSpec>& part : inPieces(nodes, m_pieces))
            step.launches.push_back(graphReplay(11 + piece++, std::move(part), microseconds(90)));
    }
    addSampling(step, 150000);
    for (int draft = 0; draft < m_drafts; ++draft) {
        step.launches.push_back(graphReplay(11 + m_pieces, decoderNodes({1, 60000, 0, 0}), microseconds(90)));
        step.launches.back().inStepRange = false;
    }
    setHostGap(step, m_gap, hostGap());
    if (m_async) {
        step.async = true;
        step.asyncLead = m_gap / 2 + step.launches.front().lead;
        step.wait.otherThread = true;
    }
    step.annotation.style = m_annotation;
    step.annotation.genTokens = 1 + m_drafts;
    return step;
}

LoopDescription DecodeCommand::loop() const
{
    std::vector<Segment> segments;
    StepSpec prefill = prefillStep(64, 20000000);
    setHostGap(prefill, m_gap, hostGap());
    prefill.annotation.style = m_annotation;
    const std::int64_t rounds = std::max<std::int64_t>(m_prefills, 1);
    for (std::int64_t round = 0; round < rounds; ++round) {
        if (m_prefills > 0)
            segments.push_back({prefill, 1, 0, {}});
        segments.push_back({step(), m_steps / rounds + (round < m_steps % rounds ? 1 : 0), 0, m_jitter});
    }
    LoopDescription loop = replicated(rankLoop(0, std::move(segments)), m_ranks, m_skew);
    loop.faults = m_faults;
    loop.hostRows = m_hostRows;
    return loop;
}

std::int64_t DecodeCommand::run() const
{
    const LoopDescription whole = loop();
    const TraceHeader header = headerOf(whole);
    NameTable names;
    if (m_path.ends_with(".sqlite")) {
        NsysWriter writer(m_path, header, names, m_nsys);
        CountingSink counter(writer);
        generateLoop(whole, names, counter);
        writer.finish();
        return counter.count();
    }
    std::int64_t rows = 0;
    for (const RankLoop& rank : whole.ranks) {
        KinetoOptions options = m_kineto;
        options.gzip = m_path.ends_with(".gz");
        options.rank = rank.process.rank;
        LoopDescription alone = whole;
        alone.ranks = {rank};
        const std::string path = m_ranks > 1 ? kinetoRankPath(m_path, rank.process.rank) : m_path;
        KinetoWriter writer(path, header, names, options);
        CountingSink counter(writer);
        generateLoop(alone, names, counter);
        writer.finish();
        rows += counter.count();
    }
    return rows;
}

} // namespace stepscope::testsupport
