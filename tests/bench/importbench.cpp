// What opening a trace costs, import and index, beside what the machine needs at least for the same bytes in
// the same minutes, and beside the usual Python script. Each run is a process of its own, so that its peak
// memory is its own. Medians; CPU beside wall, because the machines are shared; ratios are what to quote.
//
//   stepscope-import-bench [--runs N] [--script usualscript.py] FILE…
//   stepscope-import-bench --shapes FOLDER      generated: growth, names, lanes, one stamp

#include "core/analysis/traceindex.h"
#include "core/base/stringpool.h"
#include "core/import/blockreader.h"
#include "core/import/eventscanner.h"
#include "core/import/traceimporter.h"
#include "tests/bench/importshapes.h"
#include "tests/bench/measuredrun.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <zlib.h>

using namespace stepscope;
using bench::Run;

namespace {

/// What a run tells of the trace: rows of GPU work, events or rows in all.
struct Size {
    std::uint64_t kernels = 0;
    std::uint64_t events = 0;
};

Size sizeOf(const Trace& trace)
{
    Size size;
    for (const auto& [kind, count] : trace.capture().contents) {
        size.events += count;
        if (kind.ends_with("KIND_KERNEL") || kind == "X:kernel")
            size.kernels = count;
    }
    return size;
}

/// As the window does: the hash is computed behind what is shown. Or with it, as the report in one go.
Size open(const std::string& path, bool hashesLater = true)
{
    NoProgress progress;
    ImportOptions options;
    options.hashesLater = hashesLater;
    Result<Trace> trace = importTrace(path, progress, options);
    if (!trace) {
        std::fprintf(stderr, "%s: %s\n", path.c_str(), trace.error().detail.c_str());
        std::_Exit(1);
    }
    const auto shared = std::make_shared<const Trace>(std::move(*trace));
    static_cast<void>(*TraceIndex::build(shared, KernelClassifier::standard(), progress));
    return sizeOf(*shared);
}

/// The least that any reader has to keep of an event: 24 bytes.
class PlainColumns {
public:
    void add(ScannedEvents& events)
    {
        events.forEach([this](const KinetoEvent& event, std::size_t kind) {
            NameId unnamed;
            NameId& name = event.nameId ? *event.nameId : unnamed;
            if (!name.isValid())
                name = m_names.intern(event.name);
            m_begin.push_back(event.begin.value_or(0));
            m_duration.push_back(static_cast<std::uint32_t>(event.duration.value_or(0)));
            m_name.push_back(name.value());
            m_correlation.push_back(static_cast<std::uint32_t>(event.correlation));
            m_track.push_back(static_cast<std::uint16_t>(event.tid.value_or(0)));
            m_kind.push_back(static_cast<std::uint16_t>(kind));
        });
    }

private:
    StringPool m_names;
    std::vector<std::int64_t> m_begin;
    std::vector<std::uint32_t> m_duration;
    std::vector<std::uint32_t> m_name;
    std::vector<std::uint32_t> m_correlation;
    std::vector<std::uint16_t> m_track;
    std::vector<std::uint16_t> m_kind;
};

/// Reads and scans the text on one thread into plain columns, as the limits of its kind were measured: no
/// checks, no order, no links, no hash.
void scanText(const std::string& path)
{
    PlainColumns columns;
    constexpr std::size_t block = std::size_t{1} << 20;
    std::vector<char> text(2 * block + scanPadding);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    std::size_t kept = 0;
    ScannedEvents events;
    for (;;) {
        const ssize_t got = ::read(file, text.data() + kept, block);
        if (got <= 0)
            break;
        const std::size_t size = kept + static_cast<std::size_t>(got);
        std::memset(text.data() + size, 0, scanPadding);
        const std::string_view whole(text.data(), size);
        const std::size_t end = lastEventEnd(whole);
        const std::size_t begin = whole.find("},"); // behind the head of the file, or at the front
        events.clear();
        if (begin != std::string_view::npos && begin < end)
            scanEvents(whole, kept == 0 ? begin + 1 : 0, events);
        columns.add(events);
        kept = size - end;
        if (kept > block)
            kept = 0;
        std::memmove(text.data(), text.data() + end, kept);
    }
    ::close(file);
}

void inflateText(const std::string& path)
{
    gzFile file = gzopen(path.c_str(), "rb");
    std::vector<char> buffer(std::size_t{1} << 18);
    gzbuffer(file, 1U << 18);
    while (gzread(file, buffer.data(), static_cast<unsigned>(buffer.size())) > 0) {
    }
    gzclose(file);
}

/// Eight columns of half of the kernels.
void scanRows(const std::string& path, bool isSecondHalf)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::string half = "(SELECT max(rowid) / 2 FROM CUPTI_ACTIVITY_KIND_KERNEL)";
    const std::string sql = "SELECT start, end, deviceId, streamId, correlationId, globalPid, demangledName, "
                            "graphNodeId FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE rowid " +
                            std::string(isSecondHalf ? ">" : "<=") + half;
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr);
    std::int64_t sink = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int column = 0; column < 8; ++column)
            sink += sqlite3_column_int64(rows, column);
    }
    if (sink == 42)
        std::puts("");
    sqlite3_finalize(rows);
    sqlite3_close(database);
}

void scanDatabase(const std::string& path)
{
    std::thread other([&path] { scanRows(path, true); });
    scanRows(path, false);
    other.join();
}

void print(const char* what, const Run& run)
{
    std::printf("  %-46s %7.3f s wall %7.3f s CPU %6.0f MB\n", what, run.wall, run.cpu, run.peakMegabytes);
    std::fflush(stdout);
}

void benchFile(const std::string& path, int runs, const std::string& script)
{
    const bool isDatabase = path.ends_with(".sqlite");
    const bool isPacked = path.ends_with(".gz");
    Size& size = *bench::sharedValue<Size>();
    const Run opening = bench::medianOf(runs, [&] { size = open(path); });
    std::printf("%s: %llu events or rows, %llu kernels\n", std::filesystem::path(path).filename().c_str(),
                static_cast<unsigned long long>(size.events), static_cast<unsigned long long>(size.kernels));
    print("import and index", opening);
    print("the same with its SHA-256", bench::medianOf(runs, [&path] { open(path, false); }));
    double limit = 0.0;
    if (isDatabase) {
        const Run scan = bench::medianOf(runs, [&path] { scanDatabase(path); });
        print("limit: a bare scan on two connections", scan);
        limit = scan.wall;
    } else if (isPacked) {
        const Run inflated = bench::medianOf(runs, [&path] { inflateText(path); });
        print("limit: inflate", inflated);
        limit = inflated.wall;
    } else {
        const Run scan = bench::medianOf(runs, [&path] { scanText(path); });
        print("text into plain columns, 1 thread; limit: half", scan);
        limit = scan.wall / 2;
    }
    const auto counted = static_cast<double>(isDatabase ? size.kernels : size.events);
    std::printf("  %.2f million %s a second, %.2f x the limit, %.1f bytes each beyond 200 MiB\n",
                counted / opening.wall / 1e6, isDatabase ? "kernel rows" : "events", opening.wall / limit,
                (opening.peakMegabytes - 200.0 * 1.048576) * 1e6 / static_cast<double>(size.events));
    if (!script.empty()) {
        const Run python = bench::medianOf(1, [&] { bench::execute({"/usr/bin/python3", script, path}); });
        print("the usual script (once)", python);
        std::printf("  the script takes %.1f x the wall time and %.1f x the memory\n",
                    python.wall / opening.wall, python.peakMegabytes / opening.peakMegabytes);
    }
}

void benchShapes(const std::string& folder, int runs)
{
    for (const bench::Shape& shape : bench::importShapes()) {
        const std::string path = folder + "/" + shape.name + ".json";
        if (!std::filesystem::exists(path))
            bench::writeShape(shape, path);
        const Run opening = bench::medianOf(runs, [&path] { open(path); });
        std::printf("%-24s %9zu events: %7.3f s wall %7.3f s CPU %6.0f MB, %5.2f us CPU an event\n",
                    shape.name.c_str(), shape.events, opening.wall, opening.cpu, opening.peakMegabytes,
                    opening.cpu / static_cast<double>(shape.events) * 1e6);
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char** argv)
{
    int runs = 5;
    std::string script;
    std::string shapes;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--runs" && i + 1 < argc)
            runs = std::max(1, std::atoi(argv[++i]));
        else if (word == "--script" && i + 1 < argc)
            script = argv[++i];
        else if (word == "--shapes" && i + 1 < argc)
            shapes = argv[++i];
        else
            files.push_back(word);
    }
    for (const std::string& path : files)
        benchFile(path, runs, script);
    if (!shapes.empty()) {
        std::filesystem::create_directories(shapes);
        benchShapes(shapes, runs);
    }
    return files.empty() && shapes.empty() ? 1 : 0;
}
