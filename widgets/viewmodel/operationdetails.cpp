#include "widgets/viewmodel/operationdetails.h"

#include "core/analysis/replaylookup.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/rulematch.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace stepscope {

namespace {

struct OperationDetails {
    Q_DECLARE_TR_FUNCTIONS(OperationDetails)
};

constexpr Duration clockTolerance = std::chrono::microseconds(2); // as TraceIndex counts clock faults

constexpr qsizetype shownPattern = 48;

QString copyDirection(CopyKind kind)
{
    switch (kind) {
    case CopyKind::HostToDevice:
        return OperationDetails::tr("host to device");
    case CopyKind::DeviceToHost:
        return OperationDetails::tr("device to host");
    case CopyKind::DeviceToDevice:
        return OperationDetails::tr("device to device");
    case CopyKind::HostToHost:
        return OperationDetails::tr("host to host");
    case CopyKind::PeerToPeer:
        return OperationDetails::tr("between GPUs");
    case CopyKind::Other:
    case CopyKind::None:
        break;
    }
    return OperationDetails::tr("direction not recorded");
}

QString kindOf(const ActivityTable& work, std::size_t row)
{
    switch (work.kind(row)) {
    case ActivityKind::Kernel:
        return OperationDetails::tr("kernel");
    case ActivityKind::GraphTrace:
        return OperationDetails::tr("CUDA graph replay");
    case ActivityKind::Memcpy:
        return OperationDetails::tr("copy, %1").arg(copyDirection(work.copy(row)));
    case ActivityKind::Memset:
        break;
    }
    return OperationDetails::tr("memset");
}

/// Class, and the rule of the table that decided it.
SpanDetail classLine(const TraceIndex& index, NameId name)
{
    const KernelClass kernelClass = index.kernelClass(name);
    const KernelRule* const rule = index.rule(name);
    if (!rule)
        return spantext::plain(
            OperationDetails::tr("class"), OperationDetails::tr("unknown — no rule matched"),
            OperationDetails::tr("The kernel class table has no rule for this name. It counts "
                                 "as compute."));
    const QString pattern = spantext::text(rule->pattern);
    return spantext::plain(
        OperationDetails::tr("class"),
        OperationDetails::tr("%1 — rule %2: %3")
            .arg(kerneltext::className(kernelClass), spantext::text(rule->subClass),
                 spantext::cutTo(matchedAlternative(pattern, spantext::text(index.trace().name(name))),
                                 shownPattern)),
        OperationDetails::tr("%1. The first rule of the kernel class table whose expression "
                             "occurs in the name. All of it: %2")
            .arg(kerneltext::classMeaning(kernelClass), pattern));
}

SpanDetail launchLine(const Trace& trace, const ActivityTable& work, std::size_t row)
{
    const QString label = OperationDetails::tr("launch call");
    const CallId launch = work.launch(row);
    if (launch.isValid()) {
        const ApiCallTable& calls = trace.calls();
        return spantext::linked(
            label,
            QStringLiteral("%1 · %2").arg(spantext::text(trace.name(calls.name(launch.value()))),
                                          spantext::threadName(trace, calls.thread(launch.value()))),
            {SpanRef::Kind::Call, {}, launch.value()},
            OperationDetails::tr("Shows the host call that launched this."));
    }
    if (trace.calls().isEmpty())
        return spantext::plain(label,
                               spantext::notRecorded(trace, QStringLiteral("CUPTI_ACTIVITY_KIND_RUNTIME"),
                                                     QStringLiteral("cuda_runtime events")));
    if (work.correlation(row) == 0)
        return spantext::plain(label, spantext::notRecorded(trace, QStringLiteral("correlationId"),
                                                            QStringLiteral("args.correlation")));
    return spantext::plain(
        label, OperationDetails::tr("n/a: not in the file (correlation %1)").arg(work.correlation(row)),
        OperationDetails::tr("No host call of the file has this correlation: it was launched before the "
                             "recording began, or the call was not recorded."));
}

/// What queued the work: its own call, or the launch of the graph that it is a part of.
enum class Queued { Operation, Replay, LaterNode };

/// How long the work waited after the call that queued it.
SpanDetail queueLine(const Trace& trace, const ActivityTable& work, std::size_t row, Queued queued)
{
    const QString label = queued == Queued::LaterNode ? OperationDetails::tr("since graph launch")
                                                      : OperationDetails::tr("queue time");
    const CallId launch = work.launch(row);
    if (!launch.isValid())
        return spantext::plain(label, OperationDetails::tr("n/a: without its launch call"));
    const TimeRange call = trace.calls().range(launch.value());
    const TimePoint begin = work.begin(row);
    if (begin + clockTolerance < call.begin)
        return spantext::plain(
            label,
            OperationDetails::tr("began %1 before its launch call")
                .arg(displaytext::duration(call.begin - begin)),
            OperationDetails::tr("Nothing runs before it is launched: the clocks of host and "
                                 "device disagree here."));
    if (begin < call.end)
        return spantext::plain(
            label,
            OperationDetails::tr("started %1 before the call returned")
                .arg(displaytext::duration(call.end - begin)),
            OperationDetails::tr("Nothing was queued ahead of it: it began while it was being launched."));
    return spantext::plain(
        label, spantext::exactDuration(begin - call.end),
        queued == Queued::LaterNode
            ? OperationDetails::tr("From the end of the graph's launch call to the start of "
                                   "this node; the nodes before it ran in between.")
            : OperationDetails::tr("From the end of the launch call to the start on the GPU."));
}

void addStep(std::vector<SpanDetail>& lines, const StepIndex& steps, TimeRange range)
{
    const auto after =
        std::partition_point(steps.steps.begin(), steps.steps.end(),
                             [&range](const Step& step) { return step.range.end <= range.begin; });
    if (after == steps.steps.end() || !after->range.contains(range.begin)) {
        lines.push_back(spantext::plain(OperationDetails::tr("step"),
                                        steps.steps.empty() ? OperationDetails::tr("no steps found")
                                                            : OperationDetails::tr("in none")));
        return;
    }
    const auto number = static_cast<std::uint64_t>(after - steps.steps.begin());
    const Duration cadence = after->range.duration();
    const Duration inside = after->range.intersected(range).duration();
    lines.push_back(spantext::plain(
        OperationDetails::tr("step"),
        OperationDetails::tr("%1 · %2 % of its %3")
            .arg(displaytext::count(number),
                 displaytext::percent(static_cast<double>(inside.count()) /
                                      static_cast<double>(std::max<std::int64_t>(cadence.count(), 1))),
                 displaytext::duration(cadence)),
        OperationDetails::tr(
            "The step of this device in which it begins, counted from the start of the trace, "
            "and its share of that step's length.")));
}

void addGraph(std::vector<SpanDetail>& lines, const TraceIndex& index, DeviceId device, std::size_t row,
              std::optional<std::uint32_t> replay)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(device).activities;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    if (!replay) {
        lines.push_back(
            spantext::plain(OperationDetails::tr("graph"), OperationDetails::tr("not in a CUDA graph")));
        return;
    }
    const GraphReplay& whole = replays[*replay];
    QString value = graphNumber(work, whole);
    if (work.kind(row) != ActivityKind::GraphTrace && work.graphNode(row) != 0)
        value = OperationDetails::tr("%1 · node %2").arg(value, displaytext::count(work.graphNode(row)));
    if (whole.nodes > 0)
        value =
            OperationDetails::tr("%1 · replay of %2 operations").arg(value, displaytext::count(whole.nodes));
    lines.push_back(spantext::linked(OperationDetails::tr("graph"), value,
                                     {SpanRef::Kind::Replay, device, *replay},
                                     OperationDetails::tr("Shows the whole replay.")));
    if (work.kind(row) != ActivityKind::GraphTrace && work.graphNode(row) == 0)
        lines.push_back(spantext::plain(
            OperationDetails::tr("graph node"),
            spantext::notRecorded(trace, QStringLiteral("graphNodeId"),
                                  QStringLiteral("args \"graph node id\"")),
            OperationDetails::tr("That it is part of a replay follows from the launch call it shares.")));
}

void addCopy(std::vector<SpanDetail>& lines, const Trace& trace, const ActivityTable& work, std::size_t row)
{
    const bool isCopy = work.kind(row) == ActivityKind::Memcpy;
    if (isCopy)
        lines.push_back(spantext::plain(OperationDetails::tr("direction"), copyDirection(work.copy(row))));
    const std::int64_t bytes = work.bytes(row);
    if (bytes <= 0) {
        lines.push_back(
            spantext::plain(OperationDetails::tr("size"),
                            spantext::notRecorded(trace,
                                                  isCopy ? QStringLiteral("CUPTI_ACTIVITY_KIND_MEMCPY.bytes")
                                                         : QStringLiteral("CUPTI_ACTIVITY_KIND_MEMSET.bytes"),
                                                  QStringLiteral("args.bytes"))));
        return;
    }
    const QLocale locale;
    QString size =
        OperationDetails::tr("%1 bytes").arg(displaytext::count(static_cast<std::uint64_t>(bytes)));
    if (bytes >= 1024)
        size = QStringLiteral("%1 · %2").arg(locale.formattedDataSize(bytes), size);
    lines.push_back(spantext::telling(spantext::plain(OperationDetails::tr("size"), size)));
    const double nanoseconds = static_cast<double>(work.range(row).duration().count());
    if (nanoseconds > 0.0) {
        const double perSecond = static_cast<double>(bytes) / nanoseconds; // bytes a ns are GB/s
        lines.push_back(spantext::plain(
            OperationDetails::tr("bandwidth"),
            OperationDetails::tr("%1 GB/s").arg(locale.toString(perSecond, 'f', perSecond < 10.0 ? 3 : 1)),
            OperationDetails::tr("Bytes divided by the duration; 1 GB is 10⁹ bytes.")));
    }
}

} // namespace

QString graphNumber(const ActivityTable& work, const GraphReplay& replay)
{
    const std::uint32_t fileGraph = work.graph(replay.firstRow);
    return fileGraph != 0
               ? displaytext::count(fileGraph)
               : OperationDetails::tr("no. %1, id not recorded").arg(displaytext::count(replay.graph + 1));
}

SpanDetails operationDetails(const TraceIndex& index, DeviceId device, std::uint32_t row)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(device).activities;
    SpanDetails details{spantext::text(trace.name(work.name(row))), kindOf(work, row), work.range(row), {}};
    std::vector<SpanDetail>& lines = details.lines;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    const std::optional<std::uint32_t> replay = replayOf(work, replays, row);
    const bool isLaterNode = replay && replays[*replay].firstRow != row;
    const bool isKernel = work.kind(row) == ActivityKind::Kernel;
    if (isKernel)
        lines.push_back(spantext::telling(classLine(index, work.name(row))));
    else if (work.kind(row) != ActivityKind::GraphTrace)
        addCopy(lines, trace, work, row);
    spantext::addTimes(lines, work.range(row));
    lines.push_back(
        spantext::telling(queueLine(trace, work, row, isLaterNode ? Queued::LaterNode : Queued::Operation)));
    lines.push_back(launchLine(trace, work, row));
    addStep(lines, index.device(device).steps, work.range(row));
    addGraph(lines, index, device, row, replay);
    lines.push_back(spantext::plain(
        OperationDetails::tr("stream"),
        QStringLiteral("%1 · %2").arg(QLocale().toString(static_cast<qlonglong>(work.stream(row))),
                                      displaytext::deviceName(trace, device))));
    return details;
}

SpanDetails replayDetails(const TraceIndex& index, DeviceId device, std::uint32_t replay)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(device).activities;
    const GraphReplay& whole = index.device(device).occupancy.replays()[replay];
    SpanDetails details{OperationDetails::tr("CUDA graph %1").arg(graphNumber(work, whole)),
                        OperationDetails::tr("CUDA graph replay"),
                        whole.span,
                        {}};
    std::vector<SpanDetail>& lines = details.lines;
    const bool isRecord = whole.nodes == 0;
    lines.push_back(spantext::telling(spantext::plain(
        OperationDetails::tr("operations"),
        isRecord ? spantext::notRecorded(trace, QStringLiteral("--cuda-graph-trace=node"),
                                         QStringLiteral("kernel events"))
                 : displaytext::count(whole.nodes),
        isRecord
            ? OperationDetails::tr("The capture holds each replay as one span. What ran inside, and whether "
                                   "some of it was idle, is unknown; capture at node level to see it.")
            : OperationDetails::tr("Kernels, copies and memsets of this replay that the file holds."))));
    if (!isRecord) {
        const Duration busy = index.device(device).occupancy.busy().coveredIn(whole.span);
        lines.push_back(spantext::plain(
            OperationDetails::tr("GPU busy in it"), spantext::exactDuration(busy),
            OperationDetails::tr("The rest of the span are the short pauses between its operations.")));
    }
    spantext::addTimes(lines, whole.span);
    lines.push_back(spantext::telling(queueLine(trace, work, whole.firstRow, Queued::Replay)));
    lines.push_back(launchLine(trace, work, whole.firstRow));
    addStep(lines, index.device(device).steps, whole.span);
    if (!isRecord)
        lines.push_back(
            spantext::linked(OperationDetails::tr("first operation"),
                             kerneltext::shortName(spantext::text(trace.name(work.name(whole.firstRow)))),
                             {SpanRef::Kind::Operation, device, whole.firstRow}));
    lines.push_back(spantext::plain(OperationDetails::tr("device"), displaytext::deviceName(trace, device)));
    return details;
}

} // namespace stepscope
