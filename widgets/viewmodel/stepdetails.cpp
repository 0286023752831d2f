#include "widgets/viewmodel/stepdetails.h"

#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace stepscope {

namespace {

struct StepDetails {
    Q_DECLARE_TR_FUNCTIONS(StepDetails)
};

QString signedPercent(double share)
{
    const QLocale locale;
    const QString digits = locale.toString(std::abs(share) * 100.0, 'f', 1);
    return (share < 0.0 ? QString(QChar(0x2212)) : QString(locale.positiveSign())) +
           StepDetails::tr("%1 %").arg(digits);
}

QString ofStep(Duration time, Duration step)
{
    const double share = static_cast<double>(time.count()) / static_cast<double>(step.count());
    return StepDetails::tr("%1 · %2 of the step")
        .arg(displaytext::duration(time), displaytext::percentWithSign(share));
}

} // namespace

QString stepKindText(StepKind kind)
{
    switch (kind) {
    case StepKind::Decode:
        return StepDetails::tr("decode");
    case StepKind::Prefill:
        return StepDetails::tr("prefill");
    case StepKind::Mixed:
        return StepDetails::tr("prefill and decode");
    case StepKind::Lull:
        return StepDetails::tr("lull");
    case StepKind::Edge:
        break;
    }
    return StepDetails::tr("cut off");
}

QString cadenceDeviation(const StepIndex& steps, const Step& step)
{
    const Duration cadence = step.range.duration();
    const Duration median = steps.mixture ? steps.mixture->of(cadence).median : steps.medianCadence;
    if (!step.isClean() || median <= Duration::zero())
        return {};
    const double deviation =
        static_cast<double>((cadence - median).count()) / static_cast<double>(median.count());
    const QString text = steps.mixture ? StepDetails::tr("%1 from the median of its kind")
                                       : StepDetails::tr("%1 from the median");
    return text.arg(signedPercent(deviation));
}

SpanDetails stepDetails(const TraceIndex& index, DeviceId device, std::uint32_t number)
{
    const StepIndex& steps = index.device(device).steps;
    const Step& step = steps.steps[number];
    SpanDetails details{StepDetails::tr("Step %1 of %2")
                            .arg(displaytext::count(number), displaytext::deviceName(index.trace(), device)),
                        StepDetails::tr("step, %1").arg(stepKindText(step.kind)),
                        step.range,
                        {}};
    std::vector<SpanDetail>& lines = details.lines;
    const Duration length = step.range.duration();
    if (const QString deviation = cadenceDeviation(steps, step); !deviation.isEmpty())
        lines.push_back(spantext::telling(spantext::plain(
            StepDetails::tr("cadence"),
            QStringLiteral("%1 · %2").arg(displaytext::duration(length), deviation),
            StepDetails::tr("The time from the begin of the step to the begin of the next one."))));
    if (length > Duration::zero()) {
        lines.push_back(spantext::telling(
            spantext::plain(StepDetails::tr("GPU busy"), ofStep(step.times.busy(), length))));
        for (const TimeClass timeClass : allTimeClasses) {
            if (step.times[timeClass] > Duration::zero())
                lines.push_back(spantext::plain(displaytext::className(timeClass),
                                                ofStep(step.times[timeClass], length),
                                                displaytext::classMeaning(timeClass)));
        }
        lines.push_back(
            spantext::telling(spantext::plain(StepDetails::tr("idle"), ofStep(step.times.idle(), length))));
    }
    if (!step.largestGap.isEmpty())
        lines.push_back(spantext::plain(StepDetails::tr("longest gap"),
                                        spantext::exactDuration(step.largestGap.duration())));
    lines.push_back(
        spantext::plain(StepDetails::tr("GPU operations"), displaytext::count(step.operations())));
    lines.push_back(
        spantext::plain(StepDetails::tr("graph launches"), displaytext::count(step.graphLaunches)));
    if (step.tokens)
        lines.push_back(spantext::plain(
            StepDetails::tr("tokens"),
            StepDetails::tr("%1 of prompts, %2 generated")
                .arg(displaytext::count(static_cast<std::uint64_t>(step.tokens->contextTokens)),
                     displaytext::count(static_cast<std::uint64_t>(step.tokens->generationTokens)))));
    spantext::addTimes(lines, step.range);
    return details;
}

} // namespace stepscope
