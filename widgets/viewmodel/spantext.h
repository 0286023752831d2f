#pragma once

#include "core/trace/trace.h"
#include "widgets/viewmodel/spandetails.h"

/// The wording that all kinds of span details share.
namespace stepscope::spantext {

/// "4.8 µs · 4,812 ns": what one reads, and what is exact.
QString exactDuration(Duration duration);
/// "n/a: not recorded (CUPTI_ACTIVITY_KIND_MEMCPY.bytes)": what the file would have to hold, in the words of
/// its format.
QString notRecorded(const Trace& trace, const QString& nsys, const QString& kineto);
/// "EngineCore · thread 1234", as much as the file says.
QString threadName(const Trace& trace, ThreadId thread);
QString text(std::string_view utf8);

SpanDetail plain(const QString& label, const QString& value, const QString& meaning = {});
SpanDetail linked(const QString& label, const QString& value, const SpanRef& link,
                  const QString& meaning = {});
/// Marks a line as one that a tooltip shows.
SpanDetail telling(SpanDetail line);
/// `text` of at most `length` characters and an ellipsis, cut at the end.
QString cutTo(const QString& text, qsizetype length);
/// What the host did, where there is little room: of a Python frame the file without its folders, of an API
/// call the name without its version.
QString shortEvent(std::string_view name);
/// Broken into lines of `columns` characters: names have no blanks to break at.
QString wrapped(const QString& text, qsizetype columns);
/// Start, end and exact length of a span.
void addTimes(std::vector<SpanDetail>& lines, TimeRange range);

} // namespace stepscope::spantext
