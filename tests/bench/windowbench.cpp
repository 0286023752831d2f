// What the window costs while somebody works in it: CPU of the GUI thread for a dragged steady window, until
// every panel shows the new numbers, and for each painted frame, on generated traces of eight devices.
// 1920 × 1080, offscreen. p50, p99 and the longest are told; performance.md has what they are held against.

#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/bench/decodetrace.h"
#include "tests/bench/timestaken.h"
#include "widgets/panels/topkernelspanel.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/topkernelsmodel.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

using namespace stepscope;

namespace {

constexpr int rounds = 400;

/// Does `change` some times; the CPU until the panels know of it, and of the frame that follows.
void measure(const char* what, const std::function<void(std::mt19937_64&)>& change)
{
    std::mt19937_64 random(2);
    TimesTaken changes;
    TimesTaken frames;
    for (int round = 0; round < rounds; ++round) {
        changes.measure([&] { change(random); });
        frames.measure([] { QApplication::processEvents(); });
    }
    std::printf("  %-34s %s\n", (std::string(what) + ", numbers").c_str(), changes.text().c_str());
    std::printf("  %-34s %s\n", (std::string(what) + ", frame").c_str(), frames.text().c_str());
}

void bench(std::size_t operations, Settings& settings)
{
    const auto index = decodeTrace(operations, DecodeLanes::One);
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
