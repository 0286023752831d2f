#include "widgets/viewmodel/hostdetails.h"

#include "core/analysis/replaylookup.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>

#include <algorithm>

namespace stepscope {

namespace {

struct HostDetails {
    Q_DECLARE_TR_FUNCTIONS(HostDetails)
};

QString callDoes(ApiCallKind kind)
{
    switch (kind) {
    case ApiCallKind::KernelLaunch:
        return HostDetails::tr("launches a kernel");
    case ApiCallKind::GraphLaunch:
        return HostDetails::tr("launches a CUDA graph");
    case ApiCallKind::Copy:
        return HostDetails::tr("queues a copy");
    case ApiCallKind::Memset:
        return HostDetails::tr("queues a memset");
    case ApiCallKind::Synchronize:
        return HostDetails::tr("waits for the GPU");
    case ApiCallKind::StreamWait:
        return HostDetails::tr("makes a stream wait for an event; does not block the host");
    case ApiCallKind::Allocate:
        return HostDetails::tr("allocates or frees memory");
    case ApiCallKind::Build:
        return HostDetails::tr("start-up work: loads a module or instantiates a graph");
    case ApiCallKind::StreamCapture:
        return HostDetails::tr("begins or ends the capture of a stream");
    case ApiCallKind::Other:
        break;
    }
    return HostDetails::tr("other");
}

bool launchesWork(ApiCallKind kind)
{
    return kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch ||
           kind == ApiCallKind::Copy || kind == ApiCallKind::Memset;
}

QString afterCall(TimePoint begin, TimeRange call)
{
    return begin < call.end ? HostDetails::tr("started before the call returned")
                            : HostDetails::tr("started %1 after the call returned")
                                  .arg(displaytext::duration(begin - call.end));
}

/// The replay or the operation that a call started, as a link.
SpanDetail launchedLine(const TraceIndex& index, CallId call, const OperationRef& first)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(first.device).activities;
    const std::vector<GraphReplay>& replays = index.device(first.device).occupancy.replays();
    const std::optional<std::uint32_t> replay = replayOf(work, replays, first.row);
    const QString place =
        QStringLiteral("%1 · %2").arg(displaytext::deviceName(trace, first.device),
                                      afterCall(work.begin(first.row), trace.calls().range(call.value())));
    if (replay) {
        const std::uint32_t nodes = replays[*replay].nodes;
        const QString what =
            nodes > 0 ? HostDetails::tr("a graph replay of %1 operations").arg(displaytext::count(nodes))
                      : HostDetails::tr("a graph replay");
        return spantext::linked(HostDetails::tr("launched"), QStringLiteral("%1 · %2").arg(what, place),
                                {SpanRef::Kind::Replay, first.device, *replay},
                                HostDetails::tr("Shows the replay."));
    }
    return spantext::linked(
        HostDetails::tr("launched"),
        QStringLiteral("%1 · %2").arg(kerneltext::shortName(spantext::text(trace.name(work.name(first.row)))),
                                      place),
        {SpanRef::Kind::Operation, first.device, first.row},
        HostDetails::tr("Shows the operation on the GPU."));
}

/// How many ranges of the same thread hold this one. O(ranges before it).
std::uint64_t depthOf(const RangeTable& ranges, std::uint32_t row)
{
    const HostRange& range = ranges[row];
    std::uint64_t depth = 0;
    for (std::uint32_t before = 0; before < row; ++before)
        depth += ranges[before].thread == range.thread && ranges[before].end >= range.end ? 1U : 0U;
    return depth;
}

QString rangeKind(RangeKind kind)
{
    switch (kind) {
    case RangeKind::Overhead:
        return HostDetails::tr("profiler overhead");
    case RangeKind::Recording:
        return HostDetails::tr("recording");
    case RangeKind::Annotation:
        break;
    }
    return HostDetails::tr("annotation");
}

} // namespace

SpanDetails callDetails(const TraceIndex& index, std::uint32_t row)
{
    const Trace& trace = index.trace();
    const ApiCallTable& calls = trace.calls();
    SpanDetails details{
        spantext::text(trace.name(calls.name(row))), HostDetails::tr("API call"), calls.range(row), {}};
    std::vector<SpanDetail>& lines = details.lines;
    const ApiCallKind kind = calls.kind(row);
    if (kind != ApiCallKind::Other)
        lines.push_back(spantext::plain(HostDetails::tr("what it does"), callDoes(kind)));
    if (const std::optional<OperationRef> launched = index.launchedBy(CallId(row))) {
        lines.push_back(spantext::telling(launchedLine(index, CallId(row), *launched)));
    } else if (launchesWork(kind)) {
        lines.push_back(spantext::plain(
            HostDetails::tr("launched"), HostDetails::tr("n/a: the file has no GPU record of it"),
            HostDetails::tr(
                "A launch inside a stream capture runs nothing by itself; any other one was lost to the "
                "recording, see gate 2.")));
    }
    lines.push_back(spantext::telling(
        spantext::plain(HostDetails::tr("thread"), spantext::threadName(trace, calls.thread(row)))));
    spantext::addTimes(lines, calls.range(row));
    if (calls.correlation(row) != 0)
        lines.push_back(
            spantext::plain(HostDetails::tr("correlation"), QString::number(calls.correlation(row))));
    return details;
}

SpanDetails rangeDetails(const TraceIndex& index, std::uint32_t row)
{
    const Trace& trace = index.trace();
    const HostRange& range = trace.ranges()[row];
    SpanDetails details{spantext::text(trace.name(range.name)), rangeKind(range.kind), range.range(), {}};
    std::vector<SpanDetail>& lines = details.lines;
    lines.push_back(spantext::telling(
        spantext::plain(HostDetails::tr("thread"), spantext::threadName(trace, range.thread))));
    spantext::addTimes(lines, range.range());
    lines.push_back(spantext::plain(HostDetails::tr("depth"),
                                    displaytext::count(depthOf(trace.ranges(), row)),
                                    HostDetails::tr("How many ranges of the same thread hold this one.")));
    return details;
}

} // namespace stepscope
