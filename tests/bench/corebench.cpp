// Import, index and window update at several sizes, each beside what the machine needs at least for the same
// bytes or rows in the same run: bare inflate, a bare table scan, one plain loop over all operations. CPU
// seconds, because the machines are shared; ratios are what to quote.

#include "core/gates/assessment.h"
#include "core/import/traceimporter.h"
#include "core/lod/pixelcoverage.h"
#include "tests/support/decodecommand.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <zlib.h>

using namespace stepscope;

namespace {

constexpr int windows = 500;
constexpr std::size_t laneColumns = 1920;

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double timed(const std::function<void()>& work)
{
    const double before = cpuSeconds();
    work();
    return cpuSeconds() - before;
}

/// The median of some runs of one small thing.
double medianOf(int runs, const std::function<void(int)>& work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run)
        times.push_back(timed([&] { work(run); }));
    std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
    return times[static_cast<std::size_t>(runs / 2)];
}

void inflateOnly(const std::string& path)
{
    gzFile file = gzopen(path.c_str(), "rb");
    std::vector<char> buffer(std::size_t{1} << 18);
    while (gzread(file, buffer.data(), static_cast<unsigned>(buffer.size())) > 0) {
    }
    gzclose(file);
}

void scanOnly(const std::string& path)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    for (const char* table : {"KERNEL", "MEMCPY", "RUNTIME"}) {
        const std::string sql =
            std::string("SELECT start, end, correlationId FROM CUPTI_ACTIVITY_KIND_") + table;
        sqlite3_stmt* rows = nullptr;
        sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            for (int column = 0; column < 3; ++column)
                static_cast<void>(sqlite3_column_int64(rows, column));
        }
        sqlite3_finalize(rows);
    }
    sqlite3_close(database);
}

std::vector<TimeRange> randomWindows(TimeRange extent)
{
    std::mt19937_64 random(1);
    std::vector<TimeRange> chosen;
    for (int i = 0; i < windows; ++i) {
        const auto length = extent.duration().count();
        const auto from = std::uniform_int_distribution<std::int64_t>(0, length / 2)(random);
        const auto until = std::uniform_int_distribution<std::int64_t>(from + 1, length)(random);
        chosen.push_back({extent.begin + Duration(from), extent.begin + Duration(until)});
    }
    return chosen;
}

void bench(const std::string& path, const char* atLeast, const std::function<void()>& least)
{
    NoProgress progress;
    std::shared_ptr<const Trace> trace;
    const double import = timed([&] {
        Result<Trace> imported = importTrace(path, progress);
        if (!imported) {
            std::fprintf(stderr, "%s: %s\n", path.c_str(), imported.error().detail.c_str());
            std::exit(1);
        }
        trace = std::make_shared<const Trace>(std::move(*imported));
    });
    const double floor = timed(least);
    std::shared_ptr<const TraceIndex> index;
    const double indexing =
        timed([&] { index = *TraceIndex::build(trace, KernelClassifier::standard(), progress); });
    const DeviceIndex& device = index->devices().front();
    const std::vector<TimeRange> chosen = randomWindows(device.occupancy.busy().extent());
    std::int64_t sink = 0;
    const double update = medianOf(windows, [&](int i) {
        const Assessment assessment =
            assessWindow(*index, chosen[static_cast<std::size_t>(i)], DeviceId(0), {});
        sink += assessment.referenceWindow().inWindow.busy().count();
    });
    const double loop = medianOf(5, [&](int i) {
        const ActivityTable& work = trace->devices().front().activities;
        for (std::size_t row = 0; row < work.size(); ++row)
            sink += work.range(row).intersected(chosen[static_cast<std::size_t>(i)]).duration().count();
    });
    const double lane = medianOf(50, [&](int i) {
        sink += static_cast<std::int64_t>(
            columnCoverage(device.occupancy, {chosen[static_cast<std::size_t>(i)], laneColumns}).size());
    });
    std::printf(
        "%-14s %9zu ops %6zu steps | import %7.3f s = %5.1f x %s | index %6.3f s | window %8.1f us = %6.3f "
        "of one loop over the operations | lane of %zu columns %7.1f us%s\n",
        std::filesystem::path(path).filename().c_str(), trace->activityCount(), device.steps.steps.size(),
        import, import / floor, atLeast, indexing, update * 1e6, update / loop, laneColumns, lane * 1e6,
        sink == 42 ? " " : "");
}

} // namespace

int main(int argc, char** argv)
{
    const std::filesystem::path folder = argc > 1
                                             ? std::filesystem::path(argv[1])
                                             : std::filesystem::temp_directory_path() / "stepscope-bench";
    std::filesystem::create_directories(folder);
    for (const auto& [label, steps] :
         {std::pair("1e5", 800), std::pair("1e6", 8000), std::pair("5e6", 40000)}) {
        for (const char* suffix : {".json.gz", ".sqlite"}) {
            const std::string path = (folder / (std::string(label) + suffix)).string();
            if (!std::filesystem::exists(path)) {
                testsupport::DecodeCommand({"--steps", std::to_string(steps), "--kernels", "124",
                                            "--annotations", "vllm", "--seed-jitter", "20000", path})
                    .run();
            }
            if (std::string(suffix) == ".sqlite")
                bench(path, "a bare scan of three columns", [&path] { scanOnly(path); });
            else
                bench(path, "bare inflate", [&path] { inflateOnly(path); });
            std::fflush(stdout);
        }
    }
    return 0;
}
