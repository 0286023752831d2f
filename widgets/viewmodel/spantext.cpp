#include "widgets/viewmodel/spantext.h"

#include "core/trace/apicallname.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace stepscope::spantext {

namespace {

struct SpanText {
    Q_DECLARE_TR_FUNCTIONS(SpanText)
};

} // namespace

QString exactDuration(Duration duration)
{
    const QString exact =
        SpanText::tr("%1 ns").arg(QLocale().toString(static_cast<qlonglong>(duration.count())));
    return duration < std::chrono::microseconds(1)
               ? exact
               : QStringLiteral("%1 · %2").arg(displaytext::duration(duration), exact);
}

QString notRecorded(const Trace& trace, const QString& nsys, const QString& kineto)
{
    return SpanText::tr("n/a: not recorded (%1)")
        .arg(trace.capture().format == TraceFormat::NsysSqlite ? nsys : kineto);
}

QString threadName(const Trace& trace, ThreadId thread)
{
    if (!thread.isValid())
        return notRecorded(trace, QStringLiteral("NVTX_EVENTS.globalTid"), QStringLiteral("tid"));
    const Thread& known = trace.thread(thread);
    const QString name = text(known.name);
    if (name.contains(QString::number(known.tid)))
        return name; // PyTorch names threads "thread 1239 (python3)"
    const QString number = SpanText::tr("thread %1").arg(known.tid);
    return name.isEmpty() ? number : QStringLiteral("%1 · %2").arg(name, number);
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

SpanDetail plain(const QString& label, const QString& value, const QString& meaning)
{
    return {label, value, meaning, {}, false, {}};
}

SpanDetail linked(const QString& label, const QString& value, const SpanRef& link, const QString& meaning)
{
    return {label, value, meaning, link, false, {}};
}

SpanDetail telling(SpanDetail line)
{
    line.isTelling = true;
    return line;
}

QString cutTo(const QString& text, qsizetype length)
{
    return text.size() <= length ? text : text.left(length) + QChar(0x2026);
}

QString shortEvent(std::string_view utf8)
{
    if (utf8.starts_with("cu") || utf8.starts_with("hip"))
        return text(plainApiName(utf8));
    const QString name = text(utf8);
    const qsizetype file = name.indexOf(QLatin1String(".py("));
    return file < 0 ? name : name.mid(name.lastIndexOf(QLatin1Char('/'), file) + 1);
}

QString wrapped(const QString& text, qsizetype columns)
{
    QStringList lines;
    for (qsizetype at = 0; at < text.size(); at += columns)
        lines += text.mid(at, columns);
    return lines.join(QLatin1Char('\n'));
}

void addTimes(std::vector<SpanDetail>& lines, TimeRange range)
{
    const Duration exact(1);
    lines.push_back(plain(SpanText::tr("duration"), exactDuration(range.duration())));
    lines.push_back(plain(SpanText::tr("start"), displaytext::position(range.begin, exact),
                          SpanText::tr("On the clock of the trace: seconds from its first row.")));
    lines.back().time = range.begin;
    lines.push_back(plain(SpanText::tr("end"), displaytext::position(range.end, exact)));
    lines.back().time = range.end;
}

} // namespace stepscope::spantext
