#include "widgets/viewmodel/gapfacts.h"

#include "widgets/viewmodel/autopsyrows.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gaphistogrambars.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>

#include <algorithm>

namespace stepscope {

namespace {

struct GapFacts {
    Q_DECLARE_TR_FUNCTIONS(GapFacts)
};

constexpr qsizetype toolTipLine = 90;

SpanDetail operationLine(const GapNavigator& navigator, const QString& label, std::optional<std::size_t> row)
{
    if (!row)
        return spantext::plain(label, GapFacts::tr("nothing that the file holds"));
    const TraceIndex& index = *navigator.document().index();
    const SpanRef span{SpanRef::Kind::Operation, navigator.device(), static_cast<std::uint32_t>(*row)};
    const ActivityTable& work = index.trace().device(navigator.device()).activities;
    return spantext::linked(
        label, shortOperation(index, navigator.device(), *row), span,
        spantext::wrapped(spantext::text(index.trace().name(work.name(*row))), toolTipLine));
}

QString callName(const Trace& trace, CallId call)
{
    return spantext::shortEvent(trace.name(trace.calls().name(call.value())));
}

QString launchText(const Trace& trace, const GapAutopsy& autopsy)
{
    const QString name = callName(trace, autopsy.launch);
    const TimeRange call = trace.calls().range(autopsy.launch.value());
    if (autopsy.isPrequeued)
        return GapFacts::tr("%1 before the gap, by %2")
            .arg(displaytext::duration(autopsy.gap.begin - call.end), name);
    if (call.begin >= autopsy.gap.end)
        return GapFacts::tr("by the file %1 after it began, by %2")
            .arg(displaytext::duration(call.begin - autopsy.gap.end), name);
    return GapFacts::tr("%1 before it began, by %2")
        .arg(displaytext::duration(autopsy.gap.end - call.begin), name);
}

void addLaunch(std::vector<SpanDetail>& lines, const Trace& trace, const GapAutopsy& autopsy)
{
    const QString label = GapFacts::tr("launched");
    if (!autopsy.launch.isValid()) {
        lines.push_back(
            spantext::plain(label, GapFacts::tr("n/a: not in the file"),
                            GapFacts::tr("Without the call that launched it, nobody owns this gap.")));
        return;
    }
    lines.push_back(spantext::linked(
        label, launchText(trace, autopsy), {SpanRef::Kind::Call, {}, autopsy.launch.value()},
        autopsy.isPrequeued ? GapFacts::tr("The call that launched the operation after the gap; "
                                           "the time is from its return.")
                            : GapFacts::tr("The call that launched the operation after the gap; "
                                           "the time is from its begin.")));
    const bool isUnderWay = trace.calls().begin(autopsy.launch.value()) < autopsy.gap.begin;
    lines.push_back(
        autopsy.isPrequeued
            ? spantext::plain(GapFacts::tr("queue"), GapFacts::tr("held it already when the gap began"),
                              GapFacts::tr("Its launch had returned: the host was ahead, and is not what the "
                                           "GPU waited for."))
            : spantext::plain(
                  GapFacts::tr("queue"),
                  isUnderWay ? GapFacts::tr("its launch was under way when the gap began")
                             : GapFacts::tr("it was launched during the gap"),
                  GapFacts::tr("It was not queued before the gap: the GPU could not go on without "
                               "the host.")));
}

void addBlocking(std::vector<SpanDetail>& lines, const Trace& trace, const GapAutopsy& autopsy)
{
    if (!autopsy.blocking.isValid())
        return;
    const TimeRange call = trace.calls().range(autopsy.blocking.value());
    const Duration inside = call.intersected(autopsy.gap).duration();
    lines.push_back(
        spantext::linked(GapFacts::tr("host waited"),
                         GapFacts::tr("%1 of the gap, in %2")
                             .arg(displaytext::duration(inside), callName(trace, autopsy.blocking)),
                         {SpanRef::Kind::Call, {}, autopsy.blocking.value()},
                         GapFacts::tr("The longest call in the gap by which the launching thread waited for "
                                      "the GPU.")));
}

} // namespace

std::vector<SpanDetail> gapFacts(const GapNavigator& navigator)
{
    const TraceIndex& index = *navigator.document().index();
    const GapAutopsy& autopsy = navigator.autopsy();
    std::vector<SpanDetail> lines{operationLine(navigator, GapFacts::tr("after"), autopsy.before),
                                  operationLine(navigator, GapFacts::tr("before"), autopsy.next)};
    addLaunch(lines, index.trace(), autopsy);
    addBlocking(lines, index.trace(), autopsy);
    const std::vector<TimePoint>& boundaries = index.device(navigator.device()).steps.boundaries;
    const auto boundary = std::upper_bound(boundaries.begin(), boundaries.end(), autopsy.gap.begin);
    const bool isBoundary = boundary != boundaries.end() && *boundary <= autopsy.gap.end;
    const QString begin = displaytext::position(autopsy.gap.begin, autopsy.gap.duration());
    lines.push_back(spantext::plain(GapFacts::tr("begins at"),
                                    boundaries.empty() ? begin
                                    : isBoundary       ? GapFacts::tr("%1, between two steps").arg(begin)
                                                       : GapFacts::tr("%1, inside a step").arg(begin),
                                    displaytext::position(autopsy.gap.begin, Duration(1))));
    return lines;
}

std::vector<SpanDetail> gapSelfTimes(const GapNavigator& navigator, std::size_t most)
{
    const std::vector<SelfTime>& times = navigator.autopsy().selfTimes;
    const Trace& trace = navigator.document().index()->trace();
    const Duration scale = navigator.current().duration();
    std::vector<SpanDetail> lines;
    for (std::size_t i = 0; i < std::min(most, times.size()); ++i) {
        const std::string_view name = trace.name(times[i].name);
        lines.push_back(
            spantext::plain(displaytext::durationOf(times[i].time, scale), spantext::shortEvent(name),
                            QStringLiteral("%1\n%2").arg(spantext::wrapped(spantext::text(name), toolTipLine),
                                                         spantext::exactDuration(times[i].time))));
    }
    return lines;
}

QString gapPosition(const GapNavigator& navigator)
{
    if (!navigator.hasCurrent())
        return {};
    QString text;
    if (!navigator.isOfBands())
        text = GapFacts::tr("not of %1").arg(gapLengths(*navigator.bands()));
    else if (const QString place =
                 GapFacts::tr("%1 of %2")
                     .arg(displaytext::count(navigator.rank()), displaytext::count(navigator.count()));
             navigator.bands())
        text = GapFacts::tr("gap %1 between %2 and %3")
                   .arg(place, displaytext::duration(navigator.bands()->lower()),
                        displaytext::duration(navigator.bands()->upper()));
    else
        text = GapFacts::tr("%1 by size").arg(place);
    if (const auto place = navigator.placeInStep())
        text += GapFacts::tr(" · gap %1 of %2 in step %3")
                    .arg(displaytext::count(place->number), displaytext::count(place->count),
                         displaytext::count(place->step));
    return text + GapFacts::tr(" · %1").arg(displaytext::duration(navigator.current().duration()));
}

} // namespace stepscope
