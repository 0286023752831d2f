#include "widgets/viewmodel/autopsyrows.h"

#include "core/analysis/replaylookup.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace stepscope {

namespace {

struct AutopsyText {
    Q_DECLARE_TR_FUNCTIONS(AutopsyText)
};

constexpr std::size_t mostReasons = 3;
constexpr qsizetype longestReason = 60;
constexpr qsizetype toolTipColumns = 90;

/// The names that account for a row, those with most time first, in the order of the file's names else.
std::vector<NameId> reasonsOf(const AutopsyRow& row)
{
    std::vector<SelfTime> times;
    for (const GapPart& part : row.parts) {
        if (!part.reason.isValid())
            continue;
        const auto known = std::find_if(times.begin(), times.end(),
                                        [&part](const SelfTime& other) { return other.name == part.reason; });
        if (known == times.end())
            times.push_back({part.reason, part.range.duration()});
        else
            known->time += part.range.duration();
    }
    std::stable_sort(times.begin(), times.end(),
                     [](const SelfTime& a, const SelfTime& b) { return a.time > b.time; });
    std::vector<NameId> names;
    for (const SelfTime& time : times)
        names.push_back(time.name);
    return names;
}

/// "schedule · update_from_output · 3 more"
QString listed(const Trace& trace, const std::vector<NameId>& names)
{
    QStringList shown;
    for (std::size_t i = 0; i < std::min(mostReasons, names.size()); ++i) {
        const QString name = spantext::shortEvent(trace.name(names[i]));
        shown += names.size() == 1 ? name : spantext::cutTo(name, longestReason); // none pushes others out
    }
    if (names.size() > mostReasons)
        shown += AutopsyText::tr("%1 more").arg(displaytext::count(names.size() - mostReasons));
    return shown.join(QStringLiteral(" · "));
}

/// What no name of the file says.
QString reasonOf(TimeClass owner)
{
    switch (owner) {
    case TimeClass::Untraced:
        return AutopsyText::tr("no CPU row covers it");
    case TimeClass::Device:
        return AutopsyText::tr("the next operation was queued: the GPU itself was waited for");
    case TimeClass::InGraph:
        return AutopsyText::tr("between two operations of one graph replay");
    case TimeClass::Micro:
        return AutopsyText::tr("too short to be anyone's");
    case TimeClass::Profiler:
        return AutopsyText::tr("the profiler itself was working");
    case TimeClass::Unattributed:
        return AutopsyText::tr("the file does not hold the launch of what comes next");
    case TimeClass::ClockFault:
        return AutopsyText::tr("by the file, the next operation began before its launch");
    default:
        return {};
    }
}

/// Without an id in the file graphs are numbered as they appear, as on the lanes.
QString graphName(const ActivityTable& work, const GraphReplay& replay)
{
    const std::uint32_t inFile = work.graph(replay.firstRow);
    return inFile != 0 ? AutopsyText::tr("graph %1").arg(inFile)
                       : AutopsyText::tr("graph no. %1").arg(replay.graph + 1);
}

/// "graph 7 · 421 nodes · 1.0 µs a node", as far as known.
QString launchedGraph(const TraceIndex& index, DeviceId device, const GapAutopsy& autopsy,
                      Duration launchTime)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    const auto replay = replayOf(work, replays, *autopsy.next);
    if (!replay)
        return {};
    const GraphReplay& graph = replays[*replay];
    const QString name = graphName(work, graph);
    if (graph.nodes == 0)
        return name;
    const QString nodes =
        displaytext::counted(graph.nodes, AutopsyText::tr("1 node"), AutopsyText::tr("%1 nodes"));
    return AutopsyText::tr("%1 · %2 · %3 a node")
        .arg(name, nodes, displaytext::duration(launchTime / graph.nodes));
}

QString reasonText(const TraceIndex& index, DeviceId device, const GapAutopsy& autopsy, const AutopsyRow& row)
{
    const QString names = listed(index.trace(), reasonsOf(row));
    if (names.isEmpty())
        return reasonOf(row.owner);
    if (row.owner == TimeClass::Synchronize) {
        const Duration until = row.range().end - autopsy.gap.begin;
        return AutopsyText::tr("waited until %1 after the GPU was done · %2")
            .arg(displaytext::duration(until), names);
    }
    const bool isLaunch = row.owner == TimeClass::Launch || row.owner == TimeClass::GraphLaunch;
    if (!isLaunch || !autopsy.next)
        return names;
    const QString graph = launchedGraph(index, device, autopsy, row.total);
    return QStringLiteral("%1 → %2").arg(names, graph.isEmpty() ? shortOperation(index, device, *autopsy.next)
                                                                : graph);
}

} // namespace

std::vector<AutopsyRow> autopsyRows(const TraceIndex& index, DeviceId device, const GapAutopsy& autopsy)
{
    std::vector<AutopsyRow> rows;
    for (const GapPart& part : autopsy.parts) {
        auto row = std::find_if(rows.begin(), rows.end(),
                                [&part](const AutopsyRow& other) { return other.owner == part.owner; });
        if (row == rows.end())
            row = rows.insert(rows.end(), AutopsyRow{part.owner, Duration::zero(), {}, {}});
        row->total += part.range.duration();
        row->parts.push_back(part);
    }
    for (AutopsyRow& row : rows)
        row.reason = reasonText(index, device, autopsy, row);
    return rows;
}

QString partToolTip(const TraceIndex& index, const GapAutopsy& autopsy, const AutopsyRow& row,
                    const GapPart& part)
{
    const Duration begin = part.range.begin - autopsy.gap.begin;
    QStringList lines{QStringLiteral("%1 · %2").arg(displaytext::className(part.owner),
                                                    spantext::exactDuration(part.range.duration())),
                      begin == Duration::zero()
                          ? AutopsyText::tr("begins with the gap")
                          : AutopsyText::tr("begins %1 into the gap").arg(spantext::exactDuration(begin))};
    if (row.parts.size() > 1)
        lines += AutopsyText::tr("one of %1 parts, %2 together")
                     .arg(displaytext::count(row.parts.size()), spantext::exactDuration(row.total));
    const QString reason =
        part.reason.isValid() ? spantext::text(index.trace().name(part.reason)) : reasonOf(part.owner);
    if (!reason.isEmpty())
        lines += spantext::wrapped(reason, toolTipColumns);
    lines += QStringLiteral("\n") + displaytext::classMeaning(part.owner);
    return lines.join(QLatin1Char('\n'));
}

QString shortOperation(const TraceIndex& index, DeviceId device, std::size_t row)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    const QString name = kerneltext::shortName(spantext::text(index.trace().name(work.name(row))));
    const auto replay = replayOf(work, replays, row);
    if (!replay)
        return name;
    const GraphReplay& whole = replays[*replay];
    const QString graph = graphName(work, whole);
    if (whole.nodes == 0)
        return graph;
    return whole.firstRow == row ? AutopsyText::tr("%1, first %2").arg(graph, name)
                                 : AutopsyText::tr("%1 in %2").arg(name, graph);
}

} // namespace stepscope
