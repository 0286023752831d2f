// Keeping and reopening a trace of 10^7 events: how long until there is something to draw, and until all of
// it is there, beside plainly reading the same bytes and setting the same memory in the same run. The file is
// in the page cache. Medians of five; CPU seconds beside wall, because the machines are shared.
//
//     stepscope-cache-bench [FOLDER [EVENTS]]

#include "core/columnfile/cachekey.h"
#include "core/columnfile/columnfilereader.h"
#include "core/columnfile/columnfilewriter.h"
#include "core/trace/tracebuilder.h"
#include "core/trace/tracecolumns.h"
#include "core/trace/tracepreviewof.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace stepscope;

namespace {

constexpr int runs = 5;

struct Times {
    double wall = 0;
    double cpu = 0;
};

double secondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Times medianOf(const std::function<void()>& work)
{
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int run = 0; run < runs; ++run) {
        const Times before{secondsOf(CLOCK_MONOTONIC), secondsOf(CLOCK_PROCESS_CPUTIME_ID)};
        work();
        wall.push_back(secondsOf(CLOCK_MONOTONIC) - before.wall);
        cpu.push_back(secondsOf(CLOCK_PROCESS_CPUTIME_ID) - before.cpu);
    }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    return {wall[runs / 2], cpu[runs / 2]};
}

/// Of ten events four kernels on one of eight devices, four calls and two operators.
Trace generate(std::size_t events)
{
    std::mt19937_64 random(1);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const ThreadId thread = builder.thread(process, 1);
    const NameId launch = builder.intern("cudaLaunchKernel");
    std::vector<NameId> names;
    for (int i = 0; i < 2000; ++i)
        names.push_back(
            builder.intern("void some::kernel<" + std::to_string(i) + ">(float const*, float*, int)"));
    std::vector<DeviceId> devices;
    for (int i = 0; i < 8; ++i)
        devices.push_back(builder.device(process, i));
    for (std::size_t i = 0; i < events / 10 * 4; ++i) {
        const TimePoint begin(Duration(static_cast<std::int64_t>(i) * 1000));
        Activity work;
        work.begin = begin + Duration(5000);
        work.end = work.begin + Duration(static_cast<std::int64_t>(random() % 7000));
        work.name = names[random() % names.size()];
        work.process = process;
        work.correlation = static_cast<std::int64_t>(i) + 1;
        work.stream = 7;
        builder.addActivity(devices[i % devices.size()], work);
        builder.addCall({begin, begin + Duration(400), launch, thread, work.correlation, ApiCallKind::Other});
        if (i % 2 == 0)
            builder.addCpuEvent({begin, begin + Duration(1900), work.name, thread, CpuEventKind::Operator});
    }
    return builder.build();
}

/// The least that reading takes: the bytes from the page cache into memory that is new.
std::uint64_t readBare(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes(std::filesystem::file_size(path));
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return static_cast<std::uint64_t>(bytes.back());
}

void print(const char* what, const Times& times, double bytes)
{
    std::printf("%-28s wall %8.1f ms   CPU %8.1f ms", what, times.wall * 1e3, times.cpu * 1e3);
    if (bytes > 0)
        std::printf("   %6.2f GB/s of CPU", bytes / times.cpu * 1e-9);
    std::printf("\n");
    std::fflush(stdout);
}

[[noreturn]] void giveUp(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.detail.c_str());
    std::exit(1);
}

} // namespace

int main(int argc, char** argv)
{
    const std::filesystem::path folder = argc > 1
                                             ? std::filesystem::path(argv[1])
                                             : std::filesystem::temp_directory_path() / "stepscope-bench";
    const std::size_t events = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
    std::filesystem::create_directories(folder);
    const std::string path = (folder / "cachebench.columns").string();
    NoProgress progress;
    std::uint64_t sink = 0;
    {
        const Trace trace = generate(events);
        TracePreview preview;
        const Times drawn = medianOf([&] {
            preview = tracePreviewOf(trace, [](DeviceId id) { return "GPU " + std::to_string(id.value()); });
        });
        const Times written = medianOf([&] {
            const Result<Done> done = writeColumnFile(path, trace, preview, "bench", progress);
            if (!done)
                giveUp(done.error());
        });
        const auto bytes = static_cast<double>(std::filesystem::file_size(path));
        std::printf("%zu events, %.1f bytes an event\n", events, bytes / static_cast<double>(events));
        print("making the preview", drawn, bytes);
        print("writing", written, bytes);
        print("checking the columns", medianOf([&] { sink += TraceColumns::isTrace(trace) ? 1 : 0; }), bytes);
    }
    const auto bytes = static_cast<double>(std::filesystem::file_size(path));
    print("reading the bytes alone", medianOf([&] { sink += readBare(path); }), bytes);
    print("reopening: the key", medianOf([&] { sink += CacheKey::of({path}, "all") ? 1 : 0; }), 0);
    print("reopening: the preview", medianOf([&] {
              Result<ColumnFileReader> reader = ColumnFileReader::open(path);
              const Result<TracePreview> preview = reader ? reader->preview() : reader.error();
              if (!preview)
                  giveUp(preview.error());
              sink += preview->lanes.size();
          }),
          0);
    print("reopening: all of it", medianOf([&] {
              Result<ColumnFileReader> reader = ColumnFileReader::open(path);
              const Result<Trace> trace = reader ? reader->trace(progress) : reader.error();
              if (!trace)
                  giveUp(trace.error());
              sink += trace->activityCount();
          }),
          bytes);
    std::filesystem::remove(path);
    return sink == 42 ? 1 : 0;
}
