#include "widgets/viewmodel/displaytext.h"

#include "core/report/budgetreport.h"
#include "core/report/errortext.h"
#include "core/report/verdicttext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace stepscope::displaytext {

namespace {

struct DisplayText {
    Q_DECLARE_TR_FUNCTIONS(DisplayText)
};

QString fixed(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

/// The unit that fits a length, with a place for its digits.
QString unitText(Duration length)
{
    const double size = std::abs(static_cast<double>(length.count()));
    return size < 1e3   ? DisplayText::tr("%1 ns")
           : size < 1e6 ? DisplayText::tr("%1 µs")
           : size < 1e9 ? DisplayText::tr("%1 ms")
                        : DisplayText::tr("%1 s");
}

QString digits(Duration length)
{
    const double nanoseconds = static_cast<double>(length.count());
    const double size = std::abs(nanoseconds);
    if (size < 1e3)
        return fixed(nanoseconds, 0);
    if (size < 1e6)
        return fixed(nanoseconds / 1e3, size < 1e5 ? 1 : 0);
    return size < 1e9 ? fixed(nanoseconds / 1e6, size < 1e8 ? 2 : 1) : fixed(nanoseconds / 1e9, 2);
}

/// Never a zero for something that is there.
QString fixedOrLess(double value, int decimals)
{
    const double smallest = std::pow(10.0, -decimals);
    if (value > 0.0 && value < smallest / 2.0)
        return QLatin1Char('<') + fixed(smallest, decimals);
    return fixed(value, decimals);
}

} // namespace

QString milliseconds(double nanoseconds, int decimals)
{
    return fixedOrLess(nanoseconds / 1e6, decimals);
}

QString duration(Duration length)
{
    return unitText(length).arg(digits(length));
}

QString durations(Duration from, Duration to)
{
    const QString unit = unitText(to);
    return unitText(from) == unit ? unit.arg(DisplayText::tr("%1 – %2").arg(digits(from), digits(to)))
                                  : DisplayText::tr("%1 – %2").arg(duration(from), duration(to));
}

QString durationOf(Duration length, Duration scale)
{
    const double nanoseconds = static_cast<double>(length.count());
    const double size = std::abs(static_cast<double>(scale.count()));
    if (size < 1e3)
        return DisplayText::tr("%1 ns").arg(fixed(nanoseconds, 0));
    if (size < 1e6)
        return DisplayText::tr("%1 µs").arg(fixedOrLess(nanoseconds / 1e3, 1));
    if (size < 1e9)
        return DisplayText::tr("%1 ms").arg(fixedOrLess(nanoseconds / 1e6, size < 1e7 ? 3 : 2));
    return DisplayText::tr("%1 s").arg(fixedOrLess(nanoseconds / 1e9, 2));
}

QString roundDuration(Duration length)
{
    const double nanoseconds = static_cast<double>(length.count());
    if (nanoseconds < 1e3)
        return DisplayText::tr("%1 ns").arg(fixed(nanoseconds, 0));
    if (nanoseconds < 1e6)
        return DisplayText::tr("%1 µs").arg(fixed(nanoseconds / 1e3, 0));
    if (nanoseconds < 1e9)
        return DisplayText::tr("%1 ms").arg(fixed(nanoseconds / 1e6, 0));
    return DisplayText::tr("%1 s").arg(fixed(nanoseconds / 1e9, 0));
}

QString percent(double share)
{
    if (share >= 0.99995)
        return fixed(share * 100.0, 0);
    return fixedOrLess(share * 100.0, 1);
}

QString percentWithSign(double share)
{
    const double value = share * 100.0;
    return DisplayText::tr("%1 %").arg(value < 10.0 && value > 0.0 ? fixedOrLess(value, 1) : fixed(value, 0));
}

QString count(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

QString position(TimePoint time, Duration scale)
{
    int decimals = 2;
    for (Duration step = std::chrono::seconds(1); step > scale && decimals < 9; step /= 10)
        ++decimals;
    return DisplayText::tr("%1 s").arg(fixed(static_cast<double>(nanosecondsOf(time)) / 1e9, decimals));
}

QString window(TimeRange range)
{
    int decimals = 2;
    for (Duration step = std::chrono::seconds(1); step > range.duration() && decimals < 9; step /= 10)
        ++decimals;
    return DisplayText::tr("%1 – %2 s")
        .arg(fixed(static_cast<double>(nanosecondsOf(range.begin)) / 1e9, decimals),
             fixed(static_cast<double>(nanosecondsOf(range.end)) / 1e9, decimals));
}

QString className(TimeClass timeClass)
{
    return QCoreApplication::translate("core", timeClassLabel(timeClass));
}

QString classMeaning(TimeClass timeClass)
{
    switch (timeClass) {
    case TimeClass::Compute:
        return DisplayText::tr("A kernel that is no communication was running.");
    case TimeClass::ExposedComm:
        return DisplayText::tr("Communication was running and no compute kernel hid it.");
    case TimeClass::ExposedMemory:
        return DisplayText::tr("A copy or a memset was running and no kernel.");
    case TimeClass::GraphOpaque:
        return DisplayText::tr("Inside a CUDA graph replay that was recorded as one span: which kernels ran, "
                               "and whether some of it was idle, is not in the file.");
    case TimeClass::Synchronize:
        return DisplayText::tr(
            "The GPU was done, and the launching thread was still inside a call that waits "
            "for it: a synchronisation or a blocking copy.");
    case TimeClass::Launch:
        return DisplayText::tr("The host was inside the call that launched the next kernel or copy.");
    case TimeClass::GraphLaunch:
        return DisplayText::tr("The host was inside the call that launched the next CUDA graph.");
    case TimeClass::Sampling:
        return DisplayText::tr("The host was sampling: logits, top-k and top-p, rejection.");
    case TimeClass::Scheduler:
        return DisplayText::tr("The host was scheduling requests or taking in the results of a step.");
    case TimeClass::Prepare:
        return DisplayText::tr("The host was building the inputs and the metadata of the step.");
    case TimeClass::Draft:
        return DisplayText::tr("The host was running the drafter of speculative decoding.");
    case TimeClass::Allocate:
        return DisplayText::tr("The host was allocating or freeing memory.");
    case TimeClass::OtherHost:
        return DisplayText::tr(
            "The launching thread was in operators, functions or calls that belong to none "
            "of the classes above.");
    case TimeClass::Untraced:
        return DisplayText::tr("The launching thread was busy with something that the file does not show. "
                               "Capturing with Python stacks would name it.");
    case TimeClass::InGraph:
        return DisplayText::tr("The short pauses between the kernels of one CUDA graph replay.");
    case TimeClass::Micro:
        return DisplayText::tr("Pauses too short to be anyone's: less than 5 µs each.");
    case TimeClass::Device:
        return DisplayText::tr("Idle although the next operation had been launched long before: "
                               "a dependency, another stream or another process held it up.");
    case TimeClass::Profiler:
        return DisplayText::tr("Idle while the profiler itself was working on the host.");
    case TimeClass::Unattributed:
        return DisplayText::tr("Idle, and the file does not say who launched what comes next.");
    case TimeClass::ClockFault:
        return DisplayText::tr("Idle before an operation that, by the file, began before it was launched.");
    }
    return {};
}

QString deviceName(const Trace& trace, DeviceId device)
{
    return QString::fromStdString(deviceLabel(trace, device));
}

QString stepSource(const StepIndex& steps)
{
    QString text;
    switch (steps.source) {
    case StepSource::None:
        return DisplayText::tr("no steps found");
    case StepSource::Annotation:
        text = DisplayText::tr("steps from annotations");
        break;
    case StepSource::Operation:
        text = DisplayText::tr("steps from the operation that runs once a step");
        break;
    case StepSource::Graph:
        text = DisplayText::tr("steps from graph replays");
        break;
    case StepSource::Gaps:
        text = DisplayText::tr("steps from long gaps");
        break;
    case StepSource::User:
        text = DisplayText::tr("steps drawn by you");
        break;
    case StepSource::CallStack:
        text = DisplayText::tr("steps from the Python call stack");
        break;
    }
    return steps.isWeak ? DisplayText::tr("%1 · weak").arg(text) : text;
}

QString stepSourceToolTip(const StepIndex& steps)
{
    QString text = core(stepSourceMeaning(steps.source));
    if (steps.isWeak)
        text += QLatin1Char(' ') + DisplayText::tr("Weak: the pattern is there, but not beyond doubt.");
    return text;
}

QString core(const char* text)
{
    return QCoreApplication::translate("core", text);
}

QString sentence(const Sentence& source)
{
    return QString::fromStdString(fillIn(core(source.text).toStdString(), source.arguments));
}

QString error(const Error& error, const QString& path)
{
    return sentence(errorTemplate(error, path.toStdString()));
}

QString counted(std::uint64_t number, const QString& one, const QString& many)
{
    return number == 1 ? one : many.arg(count(number));
}

QString toolTip(const QString& plain)
{
    return QStringLiteral("<qt>%1</qt>")
        .arg(plain.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

} // namespace stepscope::displaytext
