#include "widgets/viewmodel/gaphistogrambars.h"

#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace stepscope {

namespace {

struct GapHistogramText {
    Q_DECLARE_TR_FUNCTIONS(GapHistogram)
};

/// The headline speaks of the longest gaps that together hold at least this share of idle time.
constexpr double headlineShare = 0.9;
/// … or, where that would take more gaps a step than this, of those before them if they hold at least so
/// much.
constexpr double mostGapsPerStep = 10.0;
constexpr double leastShare = 0.3;

double ratio(Duration part, Duration whole)
{
    return whole > Duration::zero() ? static_cast<double>(part.count()) / static_cast<double>(whole.count())
                                    : 0.0;
}

} // namespace

std::vector<GapBar> gapBars(const DeviceWindow& window)
{
    const GapHistogram& histogram = window.gaps;
    std::size_t first = 0;
    std::size_t last = GapBands::count;
    while (first < last && histogram.gaps[first] == 0)
        ++first;
    while (last > first && histogram.gaps[last - 1] == 0)
        --last;

    std::vector<GapBar> bars;
    bars.reserve(last - first);
    for (std::size_t band = first; band < last; ++band) {
        GapBar bar;
        bar.band = band;
        bar.lower = GapBands::lowerEdge(band);
        bar.upper = GapBands::lowerEdge(band + 1);
        bar.gaps = histogram.gaps[band];
        bar.time = histogram.time[band];
        bar.shareOfIdle = ratio(bar.time, window.inWindow.idle());
        bar.shareOfGaps = static_cast<double>(bar.gaps) / static_cast<double>(histogram.gapCount);
        bars.push_back(bar);
    }
    return bars;
}

QString gapHeadline(const DeviceWindow& window)
{
    const Duration idle = window.inWindow.idle();
    if (window.gaps.gapCount == 0 || idle == Duration::zero())
        return {};
    if (window.clippedIdle > window.gaps.gapTime) {
        return GapHistogramText::tr("%1 of all idle time lies in gaps that the window's edges cut")
            .arg(displaytext::percentWithSign(ratio(window.clippedIdle, idle)));
    }
    std::uint64_t gaps = 0;
    Duration time = Duration::zero();
    std::size_t band = GapBands::count;
    const auto steps = static_cast<double>(window.budget.steps);
    while (band > 0 && ratio(time, idle) < headlineShare) {
        const std::uint64_t further = window.gaps.gaps[band - 1];
        // Short gaps come by the hundred: their number says nothing, so the sentence stops before them.
        const bool areTooMany = steps > 0 && static_cast<double>(gaps + further) / steps > mostGapsPerStep;
        if (areTooMany && ratio(time, idle) >= leastShare)
            break;
        --band;
        gaps += further;
        time += window.gaps.time[band];
    }
    const QString share = displaytext::percentWithSign(ratio(time, idle));
    const double gapsPerStep = steps > 0 ? static_cast<double>(gaps) / steps : 0.0;
    // Many gaps a step, or none to count by: their length says more than their number.
    if (gapsPerStep < 0.5 || gapsPerStep > mostGapsPerStep) {
        return GapHistogramText::tr("gaps of %1 and longer hold %2 of all idle time")
            .arg(displaytext::duration(GapBands::lowerEdge(band)), share);
    }
    const double rounded = std::round(gapsPerStep);
    if (std::abs(gapsPerStep - rounded) > 0.1) {
        return GapHistogramText::tr("%1 gaps a step hold %2 of all idle time")
            .arg(QLocale().toString(gapsPerStep, 'f', 1), share);
    }
    return rounded <= 1.0 ? GapHistogramText::tr("one gap a step holds %1 of all idle time").arg(share)
                          : GapHistogramText::tr("%1 gaps a step hold %2 of all idle time")
                                .arg(QLocale().toString(rounded, 'f', 0), share);
}

QString clippedIdleNote(const DeviceWindow& window)
{
    if (window.clippedIdle == Duration::zero())
        return {};
    return GapHistogramText::tr("%1 idle at the window's edges is in no bar")
        .arg(displaytext::duration(window.clippedIdle));
}

QString gapLengths(BandRange bands)
{
    return displaytext::durations(bands.lower(), bands.upper());
}

QString chosenGapsText(const DeviceWindow& window, BandRange bands)
{
    std::uint64_t gaps = 0;
    Duration time = Duration::zero();
    for (std::size_t band = bands.first; band < bands.last; ++band) {
        gaps += window.gaps.gaps[band];
        time += window.gaps.time[band];
    }
    const QString lengths = gapLengths(bands);
    if (gaps == 0)
        return GapHistogramText::tr("%1: no gap in the window").arg(lengths);
    return GapHistogramText::tr("%1: %2, %3 of all idle time")
        .arg(lengths,
             displaytext::counted(gaps, GapHistogramText::tr("1 gap"), GapHistogramText::tr("%1 gaps")),
             displaytext::percentWithSign(ratio(time, window.inWindow.idle())));
}

QString gapBarText(const GapBar& bar)
{
    const QString band = GapHistogramText::tr("gaps of %1 to %2")
                             .arg(displaytext::duration(bar.lower), displaytext::duration(bar.upper));
    if (bar.gaps == 0)
        return GapHistogramText::tr("%1: none").arg(band);
    return GapHistogramText::tr("%1\n%2, %3 in all\n%4 of all idle time")
        .arg(band,
             displaytext::counted(bar.gaps, GapHistogramText::tr("1 gap"), GapHistogramText::tr("%1 gaps")),
             displaytext::duration(bar.time), displaytext::percentWithSign(bar.shareOfIdle));
}

} // namespace stepscope
