#include "widgets/viewmodel/spandetails.h"

#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/hostdetails.h"
#include "widgets/viewmodel/operationdetails.h"
#include "widgets/viewmodel/spantext.h"
#include "widgets/viewmodel/stepdetails.h"
#include "widgets/viewmodel/timereading.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace stepscope {

namespace {

struct SpanDetailText {
    Q_DECLARE_TR_FUNCTIONS(SpanDetailText)
};

constexpr qsizetype longestToolTipName = 160;
constexpr qsizetype longestToolTipValue = 80;
constexpr qsizetype toolTipLine = 90;

/// Long template names are cut in the middle: beginning and end tell them apart.
QString withoutMiddle(const QString& text)
{
    if (text.size() <= longestToolTipName)
        return text;
    const qsizetype half = longestToolTipName / 2;
    return text.left(half) + QStringLiteral(" … ") + text.right(half);
}

} // namespace

SpanDetails spanDetails(const TraceIndex& index, const SpanRef& span)
{
    switch (span.kind) {
    case SpanRef::Kind::Operation:
        return operationDetails(index, span.device, span.row);
    case SpanRef::Kind::Replay:
        return replayDetails(index, span.device, span.row);
    case SpanRef::Kind::Call:
        return callDetails(index, span.row);
    case SpanRef::Kind::Range:
        return rangeDetails(index, span.row);
    case SpanRef::Kind::Step:
        return stepDetails(index, span.device, span.row);
    case SpanRef::Kind::None:
        break;
    }
    return {};
}

SpanDetails countedFrom(SpanDetails details, const TimeReading& reading)
{
    if (reading.origin == TimeOrigin::Trace) // as they are
        return details;
    for (SpanDetail& line : details.lines) {
        if (!line.time)
            continue;
        line.value = reading.wholeText(*line.time);
        line.meaning =
            reading.origin == TimeOrigin::Utc
                ? SpanDetailText::tr("The time of day at which the file says that it was recorded.")
                : SpanDetailText::tr("Counted from where the steady window begins.");
    }
    return details;
}

QString contextLine(const TraceIndex& index)
{
    const CaptureInfo& capture = index.trace().capture();
    return QStringLiteral("%1 · %2 · SHA-256 %3")
        .arg(QFileInfo(QFile::decodeName(capture.path.c_str())).fileName(), spantext::text(capture.tool),
             spantext::text(capture.sha256.text()));
}

TimeRange spanRange(const TraceIndex& index, const SpanRef& span)
{
    const Trace& trace = index.trace();
    switch (span.kind) {
    case SpanRef::Kind::Operation:
        return trace.device(span.device).activities.range(span.row);
    case SpanRef::Kind::Replay:
        return index.device(span.device).occupancy.replays()[span.row].span;
    case SpanRef::Kind::Call:
        return trace.calls().range(span.row);
    case SpanRef::Kind::Range:
        return trace.ranges()[span.row].range();
    case SpanRef::Kind::Step:
        return index.device(span.device).steps.steps[span.row].range;
    case SpanRef::Kind::None:
        break;
    }
    return {};
}

QString spanToolTip(const TraceIndex& index, const SpanRef& span)
{
    if (span.isNone())
        return {};
    const SpanDetails details = spanDetails(index, span);
    QStringList lines{
        spantext::wrapped(withoutMiddle(details.name), toolTipLine),
        QStringLiteral("%1 · %2").arg(details.kind, displaytext::duration(details.range.duration()))};
    for (const SpanDetail& line : details.lines) {
        if (line.isTelling)
            lines +=
                QStringLiteral("%1: %2").arg(line.label, spantext::cutTo(line.value, longestToolTipValue));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
