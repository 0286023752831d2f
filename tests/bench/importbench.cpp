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
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <sqlite3.h>
#include <unistd.h>

using namespace stepscope;
using bench::Run;

namespace {

constexpr int scriptRuns = 3;

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

/// The bytes of a file as they are.
class PlainFile {
public:
    explicit PlainFile(const std::string& path) : m_file(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~PlainFile() { ::close(m_file); }
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    std::size_t read(std::span<char> buffer)
    {
        const ssize_t got = ::read(m_file, buffer.data(), buffer.size());
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }

private:
    int m_file;
};

/// The text of a gzip file of one member, by the fastest decoder there is: nothing is checked.
class PackedFile {
public:
    explicit PackedFile(const std::string& path) : m_file(path), m_packed(std::size_t{1} << 18)
    {
        isal_inflate_init(m_state.get());
        m_state->crc_flag = ISAL_GZIP;
    }

    std::size_t read(std::span<char> buffer)
    {
        m_state->next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
        m_state->avail_out = static_cast<std::uint32_t>(buffer.size());
        while (m_state->avail_out > 0 && m_state->block_state != ISAL_BLOCK_FINISH) {
            if (m_state->avail_in == 0) {
                m_state->next_in = reinterpret_cast<std::uint8_t*>(m_packed.data());
                m_state->avail_in = static_cast<std::uint32_t>(m_file.read(m_packed));
            }
            const bool isLast = m_state->avail_in == 0;
            if (isal_inflate(m_state.get()) != ISAL_DECOMP_OK || isLast)
                break;
        }
        return buffer.size() - m_state->avail_out;
    }

private:
    PlainFile m_file;
    std::vector<char> m_packed;
    std::unique_ptr<inflate_state> m_state = std::make_unique<inflate_state>();
};

/// Reads and scans the text on one thread into plain columns, as the limits of its kind were measured: no
/// checks, no order, no links, no hash.
template <typename File> void scanText(File file)
{
    PlainColumns columns;
    constexpr std::size_t block = std::size_t{1} << 20;
    std::vector<char> text(2 * block + scanPadding);
    std::size_t kept = 0;
    ScannedEvents events;
    for (;;) {
        const std::size_t got = file.read(std::span(text).subspan(kept, block));
        if (got == 0)
            break;
        const std::size_t size = kept + got;
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
}

void inflateText(const std::string& path)
{
    PackedFile file(path);
    std::vector<char> buffer(std::size_t{1} << 18);
    while (file.read(buffer) > 0) {
    }
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

/// The least that two cores need for the bytes of a file, and how that is measured.
struct Limit {
    const char* what;
    std::function<void()> work;
    double share; ///< of the work's wall time, which is on as many threads as it can be
};

Limit limitOf(const std::string& path)
{
    if (path.ends_with(".sqlite"))
        return {"limit: a bare scan on two connections", [path] { scanDatabase(path); }, 1.0};
    if (path.ends_with(".gz"))
        return {"text into plain columns, 1 thread; limit: half", [path] { scanText(PackedFile(path)); },
                0.5};
    return {"text into plain columns, 1 thread; limit: half", [path] { scanText(PlainFile(path)); }, 0.5};
}

void benchFile(const std::string& path, int runs, const std::string& script)
{
    const bool isPacked = path.ends_with(".gz");
    Size& size = *bench::sharedValue<Size>();
    const Limit limit = limitOf(path);
    const std::vector<Run> measured =
        bench::mediansOf(runs, {[&] { size = open(path); }, [&path] { open(path, false); }, limit.work,
                                [&path, isPacked] {
                                    if (isPacked)
                                        inflateText(path);
                                }});
    const Run& opening = measured[0];
    const Run& inflated = measured[3];
    std::printf("%s: %llu events or rows, %llu kernels\n", std::filesystem::path(path).filename().c_str(),
                static_cast<unsigned long long>(size.events), static_cast<unsigned long long>(size.kernels));
    print("import and index", opening);
    print("the same with its SHA-256", measured[1]);
    print(limit.what, measured[2]);
    if (isPacked)
        print("bare inflate, which that holds; limit, too", inflated);
    const double least = std::max(measured[2].wall * limit.share, isPacked ? inflated.wall : 0.0);
    const bool isDatabase = path.ends_with(".sqlite");
    const auto counted = static_cast<double>(isDatabase ? size.kernels : size.events);
    std::printf("  %.2f million %s a second, %.2f x the limit, %.1f bytes each beyond 200 MiB\n",
                counted / opening.wall / 1e6, isDatabase ? "kernel rows" : "events", opening.wall / least,
                (opening.peakMegabytes - 200.0 * 1.048576) * 1e6 / static_cast<double>(size.events));
    if (!script.empty()) {
        const std::vector<Run> pair =
            bench::mediansOf(scriptRuns, {[&path] { open(path); },
                                          [&] {
                                              bench::execute({"/usr/bin/python3", script, path});
                                          }});
        print("the usual script (3 runs, by turns with ours)", pair[1]);
        std::printf("  the script takes %.1f x the wall time and %.1f x the memory\n",
                    pair[1].wall / pair[0].wall, pair[1].peakMegabytes / pair[0].peakMegabytes);
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
