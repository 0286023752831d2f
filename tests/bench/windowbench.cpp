// What the window costs while somebody works in it: CPU of the GUI thread for a dragged steady window, until
// every panel shows the new numbers, and for each painted frame, on generated traces of eight devices.
// 1920 × 1080, offscreen. p50, p99 and the longest are told; performance.md has what they are held against.

#include "app/settings.h"
#include "app/tracepage.h"
#include "core/trace/tracebuilder.h"
#include "widgets/panels/topkernelspanel.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/topkernelsmodel.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <vector>

using namespace stepscope;

namespace {

constexpr int devices = 8;
constexpr int kernelsPerStep = 124;
constexpr int rounds = 400;

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Eight processes with a device each; a step is a launch of 124 kernels, a copy of the tokens and a pause.
std::shared_ptr<const TraceIndex> makeIndex(std::size_t operations)
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    std::mt19937_64 random(1);
    const std::size_t steps = operations / devices / (kernelsPerStep + 1);
    const auto jitter = [&random](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(random);
    };
    std::vector<NameId> names;
    for (int i = 0; i < 40; ++i)
        names.push_back(builder.intern((i % 8 == 0   ? "ncclDevKernel_AllReduce_"
                                        : i % 3 == 0 ? "flash_fwd_kernel_"
                                                     : "nvjet_gemm_") +
                                       std::to_string(i)));
    const NameId copy = builder.intern("Memcpy DtoH (Device -> Pinned)");
    const NameId annotation = builder.intern("execute_context_0(0)_generation_1(1)");
    const NameId launchName = builder.intern("cudaGraphLaunch_v10000");
    const NameId copyName = builder.intern("cudaMemcpyAsync_v3020");
    const NameId waitName = builder.intern("cudaStreamSynchronize_v3020");
    for (int device = 0; device < devices; ++device) {
        const ProcessId process = builder.process(100 + device);
        const ThreadId thread = builder.thread(process, 1);
        const DeviceId lane = builder.device(process, device);
        std::int64_t at = 1'000'000 + 1'600 * device;
        std::int64_t correlation = 0;
        const auto call = [&](NameId name, std::int64_t begin, std::int64_t end, std::int64_t id) {
            ApiCall row;
            row.begin = timePointAt(begin);
            row.end = timePointAt(end);
            row.name = name;
            row.thread = thread;
            row.correlation = id;
            builder.addCall(row);
        };
        for (std::size_t step = 0; step < steps; ++step) {
            const std::int64_t begin = at;
            call(launchName, at - 60'000, at - 5'000, ++correlation);
            Activity row;
            row.process = process;
            row.stream = 7;
            for (int kernel = 0; kernel < kernelsPerStep; ++kernel) {
                row.name = names[static_cast<std::size_t>(kernel) % names.size()];
                row.begin = timePointAt(at);
                at += 8'000 + jitter(6'000);
                row.end = timePointAt(at);
                row.correlation = correlation;
                row.graph = 3;
                row.graphNode = static_cast<std::uint32_t>(kernel + 1);
                builder.addActivity(lane, row);
                at += 400 + jitter(600);
            }
            call(copyName, begin, begin + 9'000, ++correlation);
            Activity tokens;
            tokens.process = process;
            tokens.stream = 7;
            tokens.kind = ActivityKind::Memcpy;
            tokens.copy = CopyKind::DeviceToHost;
            tokens.bytes = 4;
            tokens.name = copy;
            tokens.correlation = correlation;
            tokens.begin = timePointAt(at + 1'500);
            tokens.end = timePointAt(at + 3'000);
            builder.addActivity(lane, tokens);
            call(waitName, begin + 12'000, at + 9'000, 0);
            HostRange range;
            range.begin = timePointAt(begin - 80'000);
            range.end = timePointAt(begin - 1'000);
            range.name = annotation;
            range.thread = thread;
            builder.addRange(range);
            at += 2'000'000 + jitter(100'000);
        }
    }
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(builder.build()), KernelClassifier::standard(),
                              progress);
}

void print(const char* what, std::vector<double> seconds)
{
    std::sort(seconds.begin(), seconds.end());
    const auto at = [&seconds](double share) {
        return seconds[static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1))] * 1e3;
    };
    std::printf("  %-34s p50 %7.2f ms   p99 %7.2f ms   longest %7.2f ms\n", what, at(0.5), at(0.99), at(1.0));
}

/// Does `change` some times; the CPU until the panels know of it, and of the frame that follows.
void measure(const char* what, const std::function<void(std::mt19937_64&)>& change)
{
    std::mt19937_64 random(2);
    std::vector<double> changes;
    std::vector<double> frames;
    for (int round = 0; round < rounds; ++round) {
        const double before = threadSeconds();
        change(random);
        const double between = threadSeconds();
        QApplication::processEvents();
        changes.push_back(between - before);
        frames.push_back(threadSeconds() - between);
    }
    print((std::string(what) + ", numbers").c_str(), std::move(changes));
    print((std::string(what) + ", frame").c_str(), std::move(frames));
}

void bench(std::size_t operations, Settings& settings)
{
    const auto index = makeIndex(operations);
    TraceDocument document;
    TimelineViewport viewport;
    TracePage page(&document, &viewport, settings);
    page.resize(1920, 1080);
    page.show();
    document.setIndex(index);
    QApplication::processEvents();
    page.findChild<TopKernelsPanel*>()->model().waitForFinished(); // sorts the operations by name, once
    std::printf("%zu operations on %zu devices, %zu steps each\n", index->trace().activityCount(),
                index->devices().size(), index->devices().front().steps.steps.size());

    const TimeRange extent = index->trace().extent();
    const auto pick = [](std::mt19937_64& random, std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    measure("drag the window", [&](std::mt19937_64& random) {
        const std::int64_t length = extent.duration().count();
        const std::int64_t from = pick(random, 0, length / 2);
        const std::int64_t until = pick(random, from + length / 4, length);
        document.setWindow({extent.begin + Duration(from), extent.begin + Duration(until)});
    });
    for (const auto& [name, share] : {std::pair("pan, whole trace", 0.9), std::pair("pan, a tenth", 0.1),
                                      std::pair("pan, a few steps", 0.0), std::pair("zoom", -1.0)}) {
        measure(name, [&, wanted = share](std::mt19937_64& random) {
            const auto all = static_cast<double>(extent.duration().count());
            double length = wanted > 0.0 ? wanted * all : 12e6;
            if (wanted < 0.0)
                length = all / static_cast<double>(std::int64_t{1} << pick(random, 0, 20));
            const auto whole = static_cast<std::int64_t>(length);
            const std::int64_t from =
                pick(random, 0, std::max<std::int64_t>(1, extent.duration().count() - whole));
            viewport.setView({extent.begin + Duration(from), extent.begin + Duration(from + whole)});
        });
    }
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("stepscope-window-bench"));
    Settings settings;
    std::vector<std::size_t> sizes = {100'000U, 1'000'000U, 10'000'000U};
    if (argc > 1) { // the numbers of operations wanted
        sizes.clear();
        for (const QString& argument : QCoreApplication::arguments().mid(1))
            sizes.push_back(argument.toULongLong());
    }
    for (const std::size_t operations : sizes)
        bench(operations, settings);
    return 0;
}
