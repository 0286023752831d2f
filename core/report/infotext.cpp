#include "core/report/budgetreport.h"
#include "core/report/importtext.h"
#include "core/report/inforeport.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace stepscope {

namespace {

using InfoRows = std::vector<std::pair<std::string, std::string>>;

/// ns as ms with all its digits: "1234.567890 ms".
std::string exactMilliseconds(Duration duration)
{
    const std::int64_t ns = duration.count();
    const std::string fraction = std::to_string(1'000'000 + ns % 1'000'000).substr(1);
    return std::to_string(ns / 1'000'000) + "." + fraction + " ms";
}

std::string shareOf(Duration part, Duration whole)
{
    if (whole <= Duration::zero())
        return {};
    return "  (" + percent(static_cast<double>(part.count()) / static_cast<double>(whole.count())) +
           " % of the span)";
}

std::string section(const std::string& title, const InfoRows& rows, bool alignRight)
{
    std::size_t left = 0;
    std::size_t right = 0;
    for (const auto& [name, value] : rows) {
        left = std::max(left, columnsOf(printable(name)));
        right = std::max(right, columnsOf(printable(value)));
    }
    std::string text = title.empty() ? std::string() : "\n" + title + "\n";
    for (const auto& [rawName, rawValue] : rows) {
        const std::string name = printable(rawName);
        const std::string value = printable(rawValue);
        text += "  " + name + std::string(left - columnsOf(name) + 2, ' ');
        if (alignRight)
            text += std::string(right - columnsOf(value), ' ');
        text += value + "\n";
    }
    return text;
}

InfoRows fileRows(const Trace& trace)
{
    const CaptureInfo& capture = trace.capture();
    InfoRows rows = {
        {"file", capture.path},
        {"size",
         grouped(capture.fileBytes) + " bytes" +
             (capture.textBytes > capture.fileBytes ? ", " + grouped(capture.textBytes) + " as text" : "")},
        {"sha256", capture.sha256.text()},
        {"written by",
         capture.tool + (capture.schemaVersion.empty() ? "" : ", schema " + capture.schemaVersion)},
    };
    if (capture.rank)
        rows.emplace_back("rank", std::to_string(*capture.rank) +
                                      (capture.worldSize ? " of " + std::to_string(*capture.worldSize) : ""));
    for (const CaptureFile& file : capture.files)
        rows.emplace_back(file.rank ? "rank " + std::to_string(*file.rank) : "file",
                          std::filesystem::path(file.path).filename().string() + ", " +
                              grouped(file.fileBytes) + " bytes, sha256 " + file.sha256.text());
    if (!capture.files.empty() && capture.worldSize)
        rows.emplace_back("world size", std::to_string(*capture.worldSize));
    if (capture.format == TraceFormat::NsysSqlite)
        rows.emplace_back("graph level", capture.isGraphMode ? "yes: a replay is one record" : "no");
    if (capture.withStack)
        rows.emplace_back("python stacks", "recorded: host times are inflated");
    rows.emplace_back("trace start", std::to_string(capture.origin) + " ns on the file's clock");
    if (capture.baseTime)
        rows.emplace_back("clock zero", std::to_string(*capture.baseTime) + " ns UTC");
    rows.insert(rows.end(), capture.facts.begin(), capture.facts.end());
    return rows;
}

InfoRows deviceRows(const DeviceFigures& figures)
{
    const Duration span = figures.span.duration();
    std::string streams;
    for (const std::int64_t stream : figures.streams)
        streams += (streams.empty() ? "" : ", ") + std::to_string(stream);
    return {
        {"kernels",
         grouped(figures.kernels) + ", of them " + grouped(figures.graphKernels) + " inside graphs"},
        {"graph launches recorded", grouped(figures.graphTraces)},
        {"copies, memsets", grouped(figures.memcpy) + ", " + grouped(figures.memset)},
        {"zero, negative length", grouped(figures.zeroLength) + ", " + grouped(figures.negativeLength)},
        {"span", exactMilliseconds(span)},
        {"busy", exactMilliseconds(figures.busyUnion) + shareOf(figures.busyUnion, span)},
        {"busy with memsets", exactMilliseconds(figures.busyMemsetUnion)},
        {"kernels only", exactMilliseconds(figures.kernelUnion)},
        {"gaps", grouped(figures.gapCount) + ", together " + exactMilliseconds(figures.gapSum)},
        {"gaps over 10 µs, 100 µs, 1 ms", grouped(figures.gapsOver10Microseconds) + ", " +
                                              grouped(figures.gapsOver100Microseconds) + ", " +
                                              grouped(figures.gapsOver1Millisecond)},
        {"largest gap", exactMilliseconds(figures.largestGap.duration())},
        {"communication kernels", grouped(figures.commKernels) + ", " + exactMilliseconds(figures.commUnion) +
                                      ", exposed " + exactMilliseconds(figures.exposedComm)},
        {"streams", streams},
    };
}

/// "GPU 0  NVIDIA H100 80GB HBM3 (pid 429, python)"; in a rank set "rank 3, GPU 0 …".
std::string laneTitle(const Trace& trace, std::int64_t number)
{
    const bool isSet = !trace.capture().files.empty();
    std::string title = isSet ? deviceLabel(trace, DeviceId(static_cast<std::uint32_t>(number)))
                              : "GPU " + std::to_string(number);
    for (std::size_t lane = 0; lane < trace.devices().size(); ++lane) {
        const Device& device = trace.devices()[lane];
        if (figuresNumber(trace, DeviceId(lane)) != number)
            continue;
        const Process& process = trace.processes()[device.process.value()];
        title += "  " + device.hardware + (device.hardware.empty() ? "" : " ") + "(pid " +
                 std::to_string(process.pid) + (process.name.empty() ? "" : ", " + process.name) + ")";
    }
    return printable(title);
}

} // namespace

std::string infoText(const Trace& trace, const TraceFigures& figures)
{
    std::string text = section({}, fileRows(trace), false);
    InfoRows contents;
    for (const auto& [kind, count] : trace.capture().contents)
        contents.emplace_back(kind, grouped(count));
    text += section("Rows in the file", contents, true);
    InfoRows launches = {{"graph launches", grouped(figures.graphLaunches)}};
    for (const auto& [name, count] : figures.launchCalls)
        launches.emplace_back(name, grouped(count));
    text += section("Launch calls", launches, true);
    for (const auto& [number, device] : figures.devices)
        text += section(laneTitle(trace, number), deviceRows(device), false);
    if (figures.devices.empty())
        text += "\nNo GPU work.\n";
    text += "\nMet while reading\n";
    for (const ImportEntry& entry : trace.log().entries()) {
        text += "  " + std::string(importSeverityWord(severityOf(entry.code))) + ": " +
                printable(importSentence(entry).english()) + "\n";
    }
    if (trace.log().entries().empty())
        text += "  nothing odd\n";
    return text;
}

} // namespace stepscope
