#include "widgets/timeline/lanetext.h"

#include "core/trace/apicallname.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltext.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace stepscope {

namespace {

struct LaneText {
    Q_DECLARE_TR_FUNCTIONS(LaneText)
};

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString replayText(const TraceIndex& index, DeviceId device, std::uint32_t id)
{
    const GraphReplay& replay = index.device(device).occupancy.replays()[id];
    const std::uint32_t inFile = index.trace().device(device).activities.graph(replay.firstRow);
    // Without an id in the file graphs are numbered as they appear.
    const QString graph = inFile != 0 ? LaneText::tr("graph %1").arg(inFile)
                                      : LaneText::tr("graph no. %1").arg(replay.graph + 1);
    if (replay.nodes == 0)
        return graph;
    return LaneText::tr("%1 · %2").arg(
        graph, displaytext::counted(replay.nodes, LaneText::tr("1 node"), LaneText::tr("%1 nodes")));
}

} // namespace

QString textInSpan(const TraceIndex& index, const Lane& lane, std::uint32_t id)
{
    const Trace& trace = index.trace();
    switch (lane.kind) {
    case LaneKind::Graphs:
        return replayText(index, lane.device, id);
    case LaneKind::Stream: {
        const ActivityTable& work = trace.device(lane.device).activities;
        return kerneltext::shortName(fromUtf8(trace.name(work.name(id))));
    }
    case LaneKind::Annotations:
        return fromUtf8(trace.name(trace.ranges()[id].name));
    case LaneKind::Calls:
        return fromUtf8(plainApiName(trace.name(trace.calls().name(id))));
    case LaneKind::DeviceBusy:
    case LaneKind::Compute:
    case LaneKind::Comm:
    case LaneKind::Copies:
    case LaneKind::HostHead:
    case LaneKind::IdleOwner:
        break;
    }
    return {};
}

QString foldedText(const Lane& lane, std::size_t count, Duration covered)
{
    const QString time = displaytext::duration(covered);
    const QString number = displaytext::count(count);
    switch (lane.kind) {
    case LaneKind::Graphs:
        return LaneText::tr("%1 replays folded, %2 together: zoom in to tell them apart").arg(number, time);
    case LaneKind::Annotations:
        return LaneText::tr("%1 ranges folded, %2 together: zoom in to tell them apart").arg(number, time);
    case LaneKind::Calls:
        return LaneText::tr("%1 calls folded, %2 together: zoom in to tell them apart").arg(number, time);
    default:
        return LaneText::tr("%1 operations folded, %2 together: zoom in to tell them apart")
            .arg(number, time);
    }
}

QString laneMeaning(const Lane& lane)
{
    const QString folded =
        QLatin1Char('\n') + LaneText::tr("Where a notched line runs below, spans narrower than a pixel are "
                                         "folded: the height shows how much of the time they cover.");
    switch (lane.kind) {
    case LaneKind::Graphs:
        return LaneText::tr("Each replay of a CUDA graph, from its first operation to its last.") + folded;
    case LaneKind::Compute:
        return LaneText::tr("Time with a compute kernel, as a share of each pixel.");
    case LaneKind::Comm:
        return LaneText::tr("Time with communication, as a share of each pixel.\n"
                            "Solid: exposed, no compute kernel runs.\nDotted: hidden behind compute.");
    case LaneKind::Copies:
        return LaneText::tr("Time with a copy or memset, as a share of each pixel.\n"
                            "Solid: exposed, no kernel runs.\nDotted: hidden behind kernels.");
    case LaneKind::Stream:
        return LaneText::tr("Every operation of this stream; overlapping ones lie in several rows.\n"
                            "The colour is its class: compute, attention, comm, copy.") +
               folded;
    case LaneKind::Annotations:
        return LaneText::tr("Step annotations and other ranges of this thread, nested ones below.") + folded;
    case LaneKind::Calls:
        return LaneText::tr("API calls of a thread that launches GPU work, nested ones below.\n"
                            "Purple: graph launch. Blue: kernel launch. Green: copy.\n"
                            "Striped: waits for the device. Grey: other.") +
               folded;
    case LaneKind::IdleOwner:
        return LaneText::tr("Who owns each idle nanosecond of the GPU, as a share of each pixel: what the "
                            "launching thread did until it launched what comes next.\n"
                            "Hues and patterns as in the budget; grey is not the host's.");
    case LaneKind::DeviceBusy:
    case LaneKind::HostHead:
        break;
    }
    return {};
}

QString ownersText(const ClassTimes& times, Duration length)
{
    std::vector<TimeClass> owners;
    for (const TimeClass owner : allTimeClasses) {
        if (!isBusy(owner) && times[owner] > Duration::zero())
            owners.push_back(owner);
    }
    std::sort(owners.begin(), owners.end(), [&](TimeClass a, TimeClass b) { return times[a] > times[b]; });
    QStringList lines;
    for (const TimeClass owner : owners) {
        const double share = static_cast<double>(times[owner].count()) /
                             static_cast<double>(std::max(length, Duration(1)).count());
        lines << LaneText::tr("%1 %2, %3 of this pixel")
                     .arg(displaytext::className(owner), displaytext::duration(times[owner]),
                          displaytext::percentWithSign(share));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
