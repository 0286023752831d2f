#include "widgets/timeline/steptext.h"

#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace stepscope {

namespace {

struct StepText {
    Q_DECLARE_TR_FUNCTIONS(StepText)
};

/// What a device does at `time`, and how long that lasts in all.
QString deviceStateText(const DeviceOccupancy& occupancy, TimePoint time)
{
    for (const TimeClass timeClass : allTimeClasses) {
        const IntervalUnion& set = occupancy.of(timeClass);
        if (!isBusy(timeClass) || !set.contains(time))
            continue;
        const TimeRange span = set[set.firstEndingAfter(time)];
        return StepText::tr("%1 %2").arg(displaytext::className(timeClass),
                                         displaytext::duration(span.duration()));
    }
    const IntervalUnion& busy = occupancy.busy();
    const std::size_t next = busy.firstEndingAfter(time);
    if (next == 0 || next >= busy.size())
        return StepText::tr("idle");
    const TimeRange gap{busy[next - 1].end, busy[next].begin};
    const QString text = StepText::tr("idle %1").arg(displaytext::duration(gap.duration()));
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass) && occupancy.of(timeClass).contains(time))
            return text + StepText::tr(" (%1)").arg(displaytext::className(timeClass));
    }
    return text;
}

} // namespace

QStringList cadenceSummary(const CadenceStatistics& cadence)
{
    if (cadence.count == 0)
        return {StepText::tr("no cadence"), StepText::tr("in the window")};
    const auto number = [](Duration value) {
        const auto nanoseconds = static_cast<double>(value.count());
        return displaytext::milliseconds(nanoseconds, nanoseconds < 1e6 ? 3 : 2);
    };
    return {StepText::tr("%1 ms median").arg(number(cadence.spread.median)),
            StepText::tr("p10 %1 · p90 %2").arg(number(cadence.spread.p10), number(cadence.spread.p90))};
}

std::optional<std::size_t> stepIndexAt(const StepIndex& steps, TimePoint time)
{
    const auto step =
        std::partition_point(steps.steps.begin(), steps.steps.end(),
                             [&](const Step& candidate) { return candidate.range.end <= time; });
    if (step == steps.steps.end() || !step->range.contains(time))
        return std::nullopt;
    return static_cast<std::size_t>(step - steps.steps.begin());
}

QString stepToolTip(const StepIndex& steps, std::size_t index)
{
    const Step& step = steps.steps[index];
    const Duration cadence = step.range.duration();
    QStringList lines;
    lines << StepText::tr("Step %1 · %2").arg(displaytext::count(index), stepKindText(step.kind));
    const QString deviation = cadenceDeviation(steps, step);
    if (!deviation.isEmpty())
        lines << StepText::tr("cadence %1 · %2").arg(displaytext::duration(cadence), deviation);
    else
        lines << StepText::tr("%1 long").arg(displaytext::duration(cadence));
    if (!deviation.isEmpty() && isOutlier(cadence, steps.medianCadence, steps.mixture)) {
        const Duration median = steps.mixture ? steps.mixture->of(cadence).median : steps.medianCadence;
        lines << (steps.mixture ? StepText::tr("an outlier: longer than %1, 1.5 times the median of its kind")
                                : StepText::tr("an outlier: longer than %1, 1.5 times the median"))
                     .arg(displaytext::duration(longestUsual(median)));
    }
    lines << StepText::tr("busy %1 · idle %2 · longest gap %3")
                 .arg(displaytext::duration(step.times.busy()), displaytext::duration(step.times.idle()),
                      displaytext::duration(step.largestGap.duration()));
    lines << StepText::tr("GPU operations: %1 · graph launches: %2")
                 .arg(displaytext::count(step.operations()), displaytext::count(step.graphLaunches));
    if (step.tokens)
        lines << StepText::tr("prompt tokens: %1 · generated tokens: %2")
                     .arg(displaytext::count(static_cast<std::uint64_t>(step.tokens->contextTokens)),
                          displaytext::count(static_cast<std::uint64_t>(step.tokens->generationTokens)));
    return lines.join(QLatin1Char('\n'));
}

QString cursorText(const TraceIndex& index, DeviceId reference, DeviceId device, TimePoint time,
                   const QString& position)
{
    QStringList parts{StepText::tr("cursor %1").arg(position)};
    const StepIndex& steps = index.device(reference).steps;
    if (const auto step = stepIndexAt(steps, time))
        parts << StepText::tr("step %1 + %2")
                     .arg(displaytext::count(*step),
                          displaytext::duration(time - steps.steps[*step].range.begin));
    parts << displaytext::deviceName(index.trace(), device) + QLatin1Char(' ') +
                 deviceStateText(index.device(device).occupancy, time);
    return parts.join(QStringLiteral(" · "));
}

} // namespace stepscope
