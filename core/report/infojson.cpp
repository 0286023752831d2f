#include "core/report/importtext.h"
#include "core/report/inforeport.h"
#include "core/report/jsondocument.h"

namespace stepscope {

namespace {

Json launchesJson(const TraceFigures& figures)
{
    Json all = Json::object();
    for (const auto& [name, count] : figures.launchCalls)
        all[name] = count;
    return {{"graph_launch", figures.graphLaunches},
            {"cudaLaunchKernel", figures.cudaLaunchKernel},
            {"all_launch_calls", std::move(all)}};
}

/// A time on the file's clock. Modulo 2^64, as all arithmetic on times that a hostile file may stretch.
std::int64_t fileTime(TimePoint time, std::int64_t origin)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(nanosecondsOf(time)) +
                                     static_cast<std::uint64_t>(origin));
}

Json deviceJson(const DeviceFigures& figures, const CaptureInfo& capture)
{
    Json device = {
        {"kernels", figures.kernels},
        {"memcpy", figures.memcpy},
        {"memset", figures.memset},
        {"graph_traces", figures.graphTraces},
        {"zero_length", figures.zeroLength},
        {"negative_length", figures.negativeLength},
        {"kernel_sum_ns", figures.kernelSum.count()},
        {"kernel_union_ns", figures.kernelUnion.count()},
        {"busy_union_ns", figures.busyUnion.count()},
        {"busy_memset_union_ns", figures.busyMemsetUnion.count()},
        {"first_start_ns", fileTime(figures.span.begin, capture.origin)},
        {"last_end_ns", fileTime(figures.span.end, capture.origin)},
        {"span_ns", figures.span.duration().count()},
        {"gap_count", figures.gapCount},
        {"gap_sum_ns", figures.gapSum.count()},
        {"largest_gap_ns", figures.largestGap.duration().count()},
        {"largest_gap_start_ns", fileTime(figures.largestGap.begin, capture.origin)},
        {"gaps_over_10us", figures.gapsOver10Microseconds},
        {"gaps_over_100us", figures.gapsOver100Microseconds},
        {"gaps_over_1ms", figures.gapsOver1Millisecond},
        {"comm_kernels", figures.commKernels},
        {"comm_union_ns", figures.commUnion.count()},
        {"exposed_comm_ns", figures.exposedComm.count()},
        {"streams", figures.streams},
        {"graph_kernels", figures.graphKernels},
    };
    if (figures.busyUnion == Duration::zero()) {
        for (const char* key : {"first_start_ns", "last_end_ns"})
            device[key] = nullptr;
    }
    if (figures.gapCount == 0)
        device["largest_gap_start_ns"] = nullptr;
    if (capture.format == TraceFormat::NsysSqlite)
        device["pids"] = figures.pids;
    return device;
}

Json lanesJson(const Trace& trace)
{
    Json lanes = Json::array();
    for (std::size_t number = 0; number < trace.devices().size(); ++number) {
        const Device& device = trace.devices()[number];
        const Process& process = trace.processes()[device.process.value()];
        const std::optional<int> rank = trace.rankOf(DeviceId(number));
        Json lane = {{"device", device.key}, {"pid", process.pid}, {"operations", device.activities.size()}};
        if (rank && !trace.capture().files.empty())
            lane["rank"] = *rank;
        if (!process.name.empty())
            lane["process"] = process.name;
        if (!device.hardware.empty())
            lane["hardware"] = device.hardware;
        if (!device.uuid.empty())
            lane["uuid"] = device.uuid;
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

Json logJson(const ImportLog& log)
{
    Json entries = Json::array();
    for (const ImportEntry& entry : log.entries()) {
        entries.push_back({{"code", importCodeWord(entry.code)},
                           {"severity", importSeverityWord(severityOf(entry.code))},
                           {"count", entry.count},
                           {"text", importSentence(entry).english()},
                           {"examples", entry.examples}});
    }
    return entries;
}

template <class Pairs> Json objectOf(const Pairs& pairs)
{
    Json object = Json::object();
    for (const auto& [key, value] : pairs)
        object[key] = value;
    return object;
}

Json filesJson(const CaptureInfo& capture)
{
    Json files = Json::array();
    for (const CaptureFile& file : capture.files) {
        Json one = {{"file", file.path},
                    {"bytes", file.fileBytes},
                    {"sha256", file.sha256.text()},
                    {"clock_shift_ns", file.shift.count()}};
        if (file.rank)
            one["rank"] = *file.rank;
        files.push_back(std::move(one));
    }
    return files;
}

} // namespace

std::string infoJson(const Trace& trace, const TraceFigures& figures)
{
    const CaptureInfo& capture = trace.capture();
    Json info = {
        {"file", capture.path},
        {"bytes", capture.fileBytes},
        {"sha256", capture.sha256.text()},
        {"format", capture.format == TraceFormat::NsysSqlite ? "nsys-sqlite" : "kineto-json"},
        {"tool", capture.tool},
        {"schema", capture.schemaVersion},
    };
    if (capture.textBytes > 0)
        info["uncompressed_bytes"] = capture.textBytes;
    if (capture.rank)
        info["rank"] = *capture.rank;
    if (!capture.files.empty())
        info["files"] = filesJson(capture);
    if (capture.worldSize)
        info["world_size"] = *capture.worldSize;
    info["graph_level"] = capture.isGraphMode;
    info["with_stack"] = capture.withStack;
    info["origin_ns"] = capture.origin;
    if (capture.baseTime)
        info["base_time_ns"] = *capture.baseTime;
    info["facts"] = objectOf(capture.facts);
    info["contents"] = objectOf(capture.contents);
    info["rows"] = {{"gpu", trace.activityCount()},
                    {"calls", trace.calls().size()},
                    {"ranges", trace.ranges().size()},
                    {"lost", trace.log().rowsLost()}};
    info["damaged"] = trace.log().isDamaged();
    info["lanes"] = lanesJson(trace);
    info["host_launches"] = launchesJson(figures);
    Json devices = Json::object();
    for (const auto& [key, device] : figures.devices)
        devices[std::to_string(key)] = deviceJson(device, capture);
    info["devices"] = std::move(devices);
    info["import_log"] = logJson(trace.log());
    return documentText(info);
}

} // namespace stepscope
