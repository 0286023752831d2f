#pragma once

#include "core/analysis/stepindex.h"
#include "core/analysis/timeclass.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/report/translatable.h"
#include "core/trace/trace.h"

#include <QString>

#include <optional>

/// Texts for the screen: numbers by the user's locale, sentences translated. Never for files, which are
/// written in the C locale by core/report.
namespace stepscope::displaytext {

/// "11.39": milliseconds without unit. A value that would read as zero is written "<0.01".
QString milliseconds(double nanoseconds, int decimals);
/// With a unit that fits: "412 ns", "4.8 µs", "11.39 ms", "6.33 s".
QString duration(Duration duration);
/// In the unit that fits `scale`, for figures that stand under each other: "0.312 ms" beside "4.830 ms". A
/// length that would read as zero is written "<0.001 ms".
QString durationOf(Duration duration, Duration scale);
/// "1.21 – 3.83 ms", "825 µs – 1.21 ms": the unit once where it is the same.
QString durations(Duration from, Duration to);
/// For the ticks of an axis, without decimals: "1 µs", "100 ms".
QString roundDuration(Duration duration);
/// "13.1": per cent without sign; a share that would read as zero is written "<0.1".
QString percent(double share);
/// A share for a sentence: "97 %", "0.4 %".
QString percentWithSign(double share);
QString count(std::uint64_t number);
/// A position on the trace's axis, in seconds with as many decimals as the length of `scale` asks for.
QString position(TimePoint time, Duration scale);
/// "1.50 – 6.33 s"
QString window(TimeRange window);

/// The name of a row of the budget, and one sentence that says what it means.
QString className(TimeClass timeClass);
QString classMeaning(TimeClass timeClass);

/// "GPU 0", as in core/report.
QString deviceName(const Trace& trace, DeviceId device);
/// Where the steps come from: "steps from annotations".
QString stepSource(const StepIndex& steps);
QString stepSourceToolTip(const StepIndex& steps);

/// The translation of a text of core/report; of a sentence, with its arguments in place.
QString core(const char* text);
QString sentence(const Sentence& sentence);
/// What is wrong with the file at `path`, and the way out.
QString error(const Error& error, const QString& path);
/// "1 edge step", "12 edge steps": `many` holds %1.
QString counted(std::uint64_t number, const QString& one, const QString& many);
/// Plain text as a tooltip that shows it as it is: tooltips take text with angle brackets for HTML.
QString toolTip(const QString& plain);

} // namespace stepscope::displaytext
