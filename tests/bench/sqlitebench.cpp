// The import of an nsys export and its index, beside the limit of the same run: a bare scan of the same rows
// on two connections over halves of the row ids. Every run is a child of its own, so that its peak of
// resident memory is its own too. Medians; `stepscope-sqlite-bench FILE.sqlite [RUNS]`.

#include "core/analysis/traceindex.h"
#include "core/import/traceimporter.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace stepscope;

namespace {

struct Cost {
    double wall = 0.0;
    double cpu = 0.0;
};

/// What a child tells its parent.
struct Run {
    Cost import;
    Cost index;
    std::uint64_t kernels = 0;
    std::uint64_t rows = 0;
    double peakMegabytes = 0.0; // filled in by the parent
};

double secondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Cost costOf(const std::function<void()>& work)
{
    const double wall = secondsOf(CLOCK_MONOTONIC);
    const double cpu = secondsOf(CLOCK_PROCESS_CPUTIME_ID);
    work();
    return {secondsOf(CLOCK_MONOTONIC) - wall, secondsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu};
}

Run importOnce(const std::string& path)
{
    NoProgress progress;
    Run run;
    std::shared_ptr<const Trace> trace;
    run.import = costOf([&] {
        Result<Trace> imported = importTrace(path, progress);
        if (!imported) {
            std::fprintf(stderr, "%s: %s\n", path.c_str(), imported.error().detail.c_str());
            std::exit(1);
        }
        trace = std::make_shared<const Trace>(std::move(*imported));
    });
    std::shared_ptr<const TraceIndex> index;
    run.index = costOf([&] { index = *TraceIndex::build(trace, KernelClassifier::standard(), progress); });
    for (const Device& device : trace->devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row)
            run.kernels += device.activities.kind(row) == ActivityKind::Kernel ? 1U : 0U;
    }
    run.rows = trace->activityCount() + trace->calls().size() + trace->ranges().size();
    return run;
}

Run runInChild(const std::string& path)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        std::exit(1);
    const pid_t child = fork();
    if (child == 0) {
        const Run run = importOnce(path);
        _exit(write(ends[1], &run, sizeof run) == static_cast<ssize_t>(sizeof run) ? 0 : 1);
    }
    close(ends[1]);
    Run run;
    const bool isComplete = read(ends[0], &run, sizeof run) == static_cast<ssize_t>(sizeof run);
    close(ends[0]);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!isComplete || status != 0)
        std::exit(1);
    run.peakMegabytes = static_cast<double>(usage.ru_maxrss) / 1024.0;
    return run;
}

class BareScan {
public:
    explicit BareScan(const std::string& path) : m_path(path)
    {
        for (const char* table : {"KERNEL", "MEMCPY", "MEMSET", "GRAPH_TRACE", "RUNTIME"})
            addTable(std::string("CUPTI_ACTIVITY_KIND_") + table);
    }

    /// The rows of all tables, half of them on a connection of its own.
    void run() const
    {
        std::thread other([this] { scanHalf(1); });
        scanHalf(0);
        other.join();
    }

private:
    struct Table {
        std::string select;
        std::int64_t lastId = 0;
        int columns = 0;
    };

    static sqlite3* open(const std::string& path)
    {
        sqlite3* database = nullptr;
        sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
        return database;
    }

    /// The columns that an import reads, as far as they are there.
    void addTable(const std::string& name)
    {
        sqlite3* database = open(m_path);
        const std::set<std::string> read = {"start",       "end",       "deviceId",      "streamId",
                                            "globalPid",   "globalTid", "correlationId", "nameId",
                                            "graphNodeId", "graphId",   "demangledName", "copyKind",
                                            "bytes",       "srcKind",   "dstKind"};
        Table table;
        std::string columns;
        sqlite3_stmt* rows = nullptr;
        sqlite3_prepare_v2(database, ("PRAGMA table_info(" + name + ")").c_str(), -1, &rows, nullptr);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            const std::string column = reinterpret_cast<const char*>(sqlite3_column_text(rows, 1));
            if (read.contains(column)) {
                columns += (table.columns++ == 0 ? "\"" : ", \"") + column + "\"";
            }
        }
        sqlite3_finalize(rows);
        if (table.columns > 0) {
            sqlite3_prepare_v2(database, ("SELECT max(rowid) FROM " + name).c_str(), -1, &rows, nullptr);
            if (sqlite3_step(rows) == SQLITE_ROW)
                table.lastId = sqlite3_column_int64(rows, 0);
            sqlite3_finalize(rows);
            table.select = "SELECT " + columns + " FROM " + name + " WHERE rowid > ?1 AND rowid <= ?2";
            m_tables.push_back(table);
        }
        sqlite3_close(database);
    }

    void scanHalf(int half) const
    {
        sqlite3* database = open(m_path);
        for (const Table& table : m_tables) {
            sqlite3_stmt* rows = nullptr;
            sqlite3_prepare_v2(database, table.select.c_str(), -1, &rows, nullptr);
            sqlite3_bind_int64(rows, 1, half == 0 ? 0 : table.lastId / 2);
            sqlite3_bind_int64(rows, 2, half == 0 ? table.lastId / 2 : table.lastId);
            while (sqlite3_step(rows) == SQLITE_ROW) {
                for (int column = 0; column < table.columns; ++column)
                    static_cast<void>(sqlite3_column_int64(rows, column));
            }
            sqlite3_finalize(rows);
        }
        sqlite3_close(database);
    }

    std::string m_path;
    std::vector<Table> m_tables;
};

template <class Figure> double medianOf(const std::vector<Run>& runs, Figure figure)
{
    std::vector<double> figures;
    figures.reserve(runs.size());
    for (const Run& run : runs)
        figures.push_back(figure(run));
    std::sort(figures.begin(), figures.end());
    return figures[figures.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "stepscope-sqlite-bench FILE.sqlite [RUNS]\n");
        return 2;
    }
    const std::string path = argv[1];
    const int count = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    const BareScan bare(path);
    std::vector<Run> runs;
    std::vector<Run> limits;
    for (int i = 0; i < count; ++i) { // by turns: others use the machine too
        runs.push_back(runInChild(path));
        Run limit;
        limit.import = costOf([&bare] { bare.run(); });
        limits.push_back(limit);
    }
    const auto megaRows = static_cast<double>(runs.front().kernels) * 1e-6;
    const double wall = medianOf(runs, [](const Run& run) { return run.import.wall + run.index.wall; });
    const double cpu = medianOf(runs, [](const Run& run) { return run.import.cpu + run.index.cpu; });
    const double limitWall = medianOf(limits, [](const Run& run) { return run.import.wall; });
    const double limitCpu = medianOf(limits, [](const Run& run) { return run.import.cpu; });
    const double peak = medianOf(runs, [](const Run& run) { return run.peakMegabytes; });
    std::printf("%llu kernel rows, %llu rows in all, median of %d\n",
                static_cast<unsigned long long>(runs.front().kernels),
                static_cast<unsigned long long>(runs.front().rows), count);
    std::printf("import        %6.3f s wall %6.3f s CPU\n",
                medianOf(runs, [](const Run& run) { return run.import.wall; }),
                medianOf(runs, [](const Run& run) { return run.import.cpu; }));
    std::printf("index         %6.3f s wall %6.3f s CPU\n",
                medianOf(runs, [](const Run& run) { return run.index.wall; }),
                medianOf(runs, [](const Run& run) { return run.index.cpu; }));
    std::printf("end to end    %6.3f s wall %6.3f s CPU = %.2f million kernel rows/s\n", wall, cpu,
                megaRows / wall);
    std::printf("bare scan     %6.3f s wall %6.3f s CPU, on two connections; ratio %.2f wall, %.2f CPU\n",
                limitWall, limitCpu, wall / limitWall, cpu / limitCpu);
    std::printf("peak memory   %6.1f MiB = %.1f bytes a row + 200 MiB\n", peak,
                (peak - 200.0) * 1048576.0 / static_cast<double>(runs.front().rows));
    return 0;
}
