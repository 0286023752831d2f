#include "widgets/timeline/stabilitytext.h"

#include "core/report/leftouttext.h"
#include "widgets/timeline/steptext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::ptrdiff_t mostPartsTold = 3;

struct StabilityText {
    Q_DECLARE_TR_FUNCTIONS(StabilityText)
};

QString spreadLine(double spread)
{
    if (spread < 0.0)
        return StabilityText::tr("too few decode steps around it for a spread");
    const QString text =
        StabilityText::tr("cadence around it varies by %1 %").arg(displaytext::percent(spread));
    if (spread > unevenSpread)
        return StabilityText::tr("%1: gate 4 would fail").arg(text);
    return spread > evenSpread ? StabilityText::tr("%1: gate 4 would warn").arg(text) : text;
}

/// What the sentences below it are about.
QString leftOutTitle(const SteadyChoice& choice)
{
    return choice.suggestion ? StabilityText::tr("Left out of the steady-state window:")
                             : StabilityText::tr("No steady-state window was found:");
}

QString leftOutLine(const LeftOut& part)
{
    return displaytext::sentence(leftOutSentence(part));
}

QString stepCount(std::size_t steps)
{
    return displaytext::counted(steps, StabilityText::tr("1 step"), StabilityText::tr("%1 steps"));
}

} // namespace

QString stabilityToolTip(const StepIndex& steps, const StepStability& stability, std::size_t step)
{
    QStringList lines{
        StabilityText::tr("Step %1 · %2").arg(displaytext::count(step), stepKindText(stability.kind))};
    if (stability.kind == StepKind::Decode)
        lines << spreadLine(stability.spread);
    if (stability.batch >= 0)
        lines << StabilityText::tr("requests that decode: %1")
                     .arg(displaytext::count(static_cast<std::uint64_t>(stability.batch)));
    if (const LeftOut* part = steps.steady.leftOutAt(stability.range.begin))
        lines << leftOutTitle(steps.steady) << leftOutLine(*part);
    return lines.join(QLatin1Char('\n'));
}

QString steadyToolTip(const SteadyChoice& choice, TimeRange range)
{
    QStringList lines;
    const auto isIn = [range](const std::optional<SteadyStretch>& stretch) {
        return stretch && stretch->window.overlaps(range);
    };
    if (isIn(choice.suggestion))
        lines << StabilityText::tr("Steady-state window: %1").arg(stepCount(choice.suggestion->steps));
    if (isIn(choice.runnerUp))
        lines << StabilityText::tr("Runner-up, the next best window: %1")
                     .arg(stepCount(choice.runnerUp->steps));
    const auto& parts = choice.leftOut;
    const auto first = std::partition_point(
        parts.begin(), parts.end(), [range](const LeftOut& part) { return part.range.end <= range.begin; });
    const auto last = std::partition_point(
        first, parts.end(), [range](const LeftOut& part) { return part.range.begin < range.end; });
    if (first != last)
        lines << leftOutTitle(choice);
    for (auto part = first; part != last && part - first < mostPartsTold; ++part)
        lines << leftOutLine(*part);
    if (last - first > mostPartsTold)
        lines << StabilityText::tr("and %1 more parts: zoom in to tell them apart")
                     .arg(displaytext::count(static_cast<std::uint64_t>(last - first - mostPartsTold)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
