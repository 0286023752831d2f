#include "widgets/viewmodel/areatext.h"

#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace stepscope::areatext {

namespace {

struct AreaText {
    Q_DECLARE_TR_FUNCTIONS(AreaText)
};

const QString dot = QStringLiteral(" · ");
constexpr QChar figureSpace(0x2007);

QString share(Duration part, Duration whole)
{
    return whole > Duration::zero() ? displaytext::percentWithSign(static_cast<double>(part.count()) /
                                                                   static_cast<double>(whole.count()))
                                    : displaytext::percentWithSign(0.0);
}

QString whatCounts()
{
    return AreaText::tr("What begins inside the area counts, with its whole length. What began before it "
                        "and reaches into it takes part in busy time only.");
}

/// "4,812 ns"
QString exactly(Duration value)
{
    return AreaText::tr("%1 ns").arg(QLocale().toString(static_cast<qlonglong>(value.count())));
}

/// Its exact value opens the tooltip.
SpanDetail time(const QString& label, Duration value, const QString& meaning)
{
    return spantext::plain(label, displaytext::duration(value), exactly(value) + QLatin1Char('\n') + meaning);
}

QString nameOf(const TraceIndex& index, const SpanRef& span)
{
    if (span.kind == SpanRef::Kind::Range) // all the rest that is known of it would cost more
        return spantext::text(index.trace().name(index.trace().ranges()[span.row].name));
    return spanDetails(index, span).name;
}

SpanDetail countLine(const AreaStatistics& found)
{
    QString value = displaytext::count(found.all.count);
    if (found.work.count > 0 && found.work.count < found.all.count)
        value +=
            dot + AreaText::tr("%1 of the host").arg(displaytext::count(found.all.count - found.work.count));
    return spantext::plain(AreaText::tr("spans"), value,
                           whatCounts() + QLatin1Char('\n') +
                               AreaText::tr("An operation that several of the lanes show counts once."));
}

SpanDetail summedLine(const AreaStatistics& found)
{
    SpanDetail line = time(
        AreaText::tr("summed"), found.all.total,
        AreaText::tr("All lengths added: what runs at the same time counts several times. ") + whatCounts());
    if (found.work.count > 0 && found.work.count < found.all.count)
        line.value += dot + AreaText::tr("%1 on devices").arg(displaytext::duration(found.work.total));
    return line;
}

SpanDetail busyLine(const AreaStatistics& found, TimeRange range)
{
    const Duration offered = range.duration() * static_cast<std::int64_t>(found.devices);
    SpanDetail line = time(AreaText::tr("busy (union)"), found.busy,
                           AreaText::tr("The time in the area with any of these operations running, each ns "
                                        "once, cut at its edges."));
    if (found.devices > 1) {
        line.value +=
            dot + AreaText::tr("%1 of %2 devices").arg(share(found.busy, offered)).arg(found.devices);
        line.meaning += QLatin1Char('\n') + AreaText::tr("Added over devices, which are never united.");
    } else {
        line.value += dot + AreaText::tr("%1 of the area").arg(share(found.busy, offered));
    }
    return line;
}

std::vector<LaneRef> lanesWithSpans(const AreaRef& area)
{
    std::vector<LaneRef> lanes;
    for (const LaneRef& lane : area.lanes) {
        if (lane.spans())
            lanes.push_back(lane);
    }
    return lanes;
}

/// As many blanks as wide as a digit before it that all of a column end at the same place.
QString padded(const QString& number, qsizetype length)
{
    return QString(std::max<qsizetype>(0, length - number.size()), figureSpace) + number;
}

/// "512 ×"
QString times(std::uint64_t count)
{
    return AreaText::tr("%1 ×").arg(displaytext::count(count));
}

} // namespace

QString length(const AreaRef& area)
{
    return displaytext::duration(area.range.duration());
}

QString place(const AreaRef& area)
{
    return displaytext::window(area.range) + dot +
           displaytext::counted(area.lanes.size(), AreaText::tr("1 lane"), AreaText::tr("%1 lanes"));
}

std::vector<SpanDetail> figures(const AreaNumbers& numbers)
{
    const AreaStatistics& found = numbers.statistics;
    std::vector<SpanDetail> lines = {countLine(found), summedLine(found)};
    if (found.devices > 0)
        lines.push_back(busyLine(found, numbers.area.range));
    if (found.all.count == 0)
        return lines;
    const QString ofLengths =
        AreaText::tr("Of the whole lengths of all spans that begin inside the area, linear between the two "
                     "nearest of them.");
    lines.push_back(
        time(AreaText::tr("mean"), found.all.mean(), AreaText::tr("The sum by the number of spans.")));
    lines.push_back(time(AreaText::tr("median"), found.spread.median, ofLengths));
    lines.push_back(time(AreaText::tr("P90"), found.spread.p90, ofLengths));
    lines.push_back(time(AreaText::tr("P99"), found.spread.p99, ofLengths));
    lines.push_back(time(AreaText::tr("shortest"), found.shortest, whatCounts()));
    lines.push_back(time(AreaText::tr("longest"), found.longest, whatCounts()));
    return lines;
}

std::vector<SpanDetail> lanes(const AreaNumbers& numbers)
{
    std::vector<SpanDetail> lines;
    const std::vector<LaneRef> shown = lanesWithSpans(numbers.area);
    for (std::size_t number = 0; number < shown.size(); ++number) {
        const AreaStatistics::Lane& lane = numbers.statistics.lanes[number];
        QString value = times(lane.sums.count) + dot + displaytext::duration(lane.sums.total);
        const bool isOfHost = shown[number].spans()->isOfHost();
        if (lane.sums.count == 0 && lane.busy == Duration::zero())
            value = AreaText::tr("nothing here");
        else if (!isOfHost)
            value += dot + AreaText::tr("busy %1").arg(share(lane.busy, numbers.area.range.duration()));
        QString meaning = AreaText::tr("Summed: %1").arg(exactly(lane.sums.total));
        if (!isOfHost)
            meaning += QLatin1Char('\n') + AreaText::tr("Busy (union): %1").arg(exactly(lane.busy));
        if (!lane.isCounted)
            meaning += QLatin1Char('\n') +
                       AreaText::tr("Other lanes of the area show what these replays hold: they are not "
                                    "counted twice.");
        lines.push_back(spantext::plain(shown[number].title, value, meaning));
    }
    return lines;
}

std::vector<SpanDetail> names(const AreaNumbers& numbers)
{
    const AreaStatistics& found = numbers.statistics;
    QStringList totals;
    QStringList shares;
    QStringList counts;
    qsizetype longestTotal = 0;
    qsizetype longestShare = 0;
    qsizetype longestCount = 0;
    for (const AreaName& name : found.names) {
        totals += displaytext::durationOf(name.sums.total, found.names.front().sums.total);
        shares += displaytext::percent(static_cast<double>(name.sums.total.count()) /
                                       std::max(1.0, static_cast<double>(found.all.total.count())));
        counts += times(name.sums.count);
        longestTotal = std::max(longestTotal, totals.back().size());
        longestShare = std::max(longestShare, shares.back().size());
        longestCount = std::max(longestCount, counts.back().size());
    }
    std::vector<SpanDetail> lines;
    for (std::size_t row = 0; row < found.names.size(); ++row) {
        const AreaName& name = found.names[row];
        const SpanRef longest = spanRefOf(name.longest);
        const auto at = static_cast<qsizetype>(row);
        const QString label = AreaText::tr("%1 · %2 % · %3")
                                  .arg(padded(totals[at], longestTotal), padded(shares[at], longestShare),
                                       padded(counts[at], longestCount));
        const QString meaning =
            AreaText::tr("Summed: %1 in %2").arg(exactly(name.sums.total), times(name.sums.count)) +
            QLatin1Char('\n') +
            AreaText::tr("Leads to the longest of them: %1").arg(exactly(name.longestLength));
        lines.push_back(spantext::linked(label, nameOf(*numbers.index, longest), longest, meaning));
    }
    return lines;
}

QString namesListed(const AreaNumbers& numbers)
{
    const AreaStatistics& found = numbers.statistics;
    if (found.names.size() < found.nameCount)
        return AreaText::tr("%1 of %2 names")
            .arg(displaytext::count(found.names.size()), displaytext::count(found.nameCount));
    return displaytext::counted(found.nameCount, AreaText::tr("1 name"), AreaText::tr("%1 names"));
}

QString whole(const AreaNumbers& numbers)
{
    const AreaStatistics& found = numbers.statistics;
    QStringList text{AreaText::tr("Area of %1 · %2")
                         .arg(spantext::exactDuration(numbers.area.range.duration()), place(numbers.area))};
    const auto add = [&text](const QString& label, const QString& value) {
        text += QStringLiteral("%1: %2").arg(label, value);
    };
    add(AreaText::tr("spans"), countLine(found).value);
    add(AreaText::tr("summed"), spantext::exactDuration(found.all.total));
    if (found.work.count > 0 && found.work.count < found.all.count)
        add(AreaText::tr("summed, devices"), spantext::exactDuration(found.work.total));
    if (found.devices > 0)
        add(AreaText::tr("busy (union)"),
            spantext::exactDuration(found.busy) + dot +
                share(found.busy, numbers.area.range.duration() * static_cast<std::int64_t>(found.devices)));
    if (found.all.count > 0) {
        add(AreaText::tr("mean"), spantext::exactDuration(found.all.mean()));
        add(AreaText::tr("median"), spantext::exactDuration(found.spread.median));
        add(AreaText::tr("P90"), spantext::exactDuration(found.spread.p90));
        add(AreaText::tr("P99"), spantext::exactDuration(found.spread.p99));
        add(AreaText::tr("shortest"), spantext::exactDuration(found.shortest));
        add(AreaText::tr("longest"), spantext::exactDuration(found.longest));
    }
    const std::vector<SpanDetail> laneLines = lanes(numbers);
    for (std::size_t number = 0; number < laneLines.size(); ++number) {
        const Duration busy = found.lanes[number].busy;
        add(laneLines[number].label,
            laneLines[number].value +
                (busy > Duration::zero() ? dot + spantext::exactDuration(busy) : QString()));
    }
    if (!found.names.empty())
        text += namesListed(numbers) + QLatin1Char(':');
    for (const SpanDetail& name : names(numbers))
        text += QString(name.label).remove(figureSpace) + dot + name.value;
    text += whatCounts();
    text += contextLine(*numbers.index);
    return text.join(QLatin1Char('\n'));
}

SpanRef spanRefOf(const AreaSpan& span)
{
    switch (span.table) {
    case AreaSpan::Table::Operations:
        return {SpanRef::Kind::Operation, span.device, span.row};
    case AreaSpan::Table::Replays:
        return {SpanRef::Kind::Replay, span.device, span.row};
    case AreaSpan::Table::Calls:
        return {SpanRef::Kind::Call, {}, span.row};
    case AreaSpan::Table::Ranges:
        return {SpanRef::Kind::Range, {}, span.row};
    }
    return {};
}

} // namespace stepscope::areatext
