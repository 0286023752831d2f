#include "core/analysis/stepbuilder.h"

#include "core/analysis/steadychoice.h"
#include "core/base/inparallel.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

// definitions.md §4
constexpr double countTolerance = 0.2;  // of the median number of operations
constexpr double prefillBusy = 2.5;     // × the median step's busy time
constexpr double prefillLikeness = 0.8; // operation names shared with a median step, when that busy
constexpr double foreignLikeness = 0.5; // …at any length
constexpr double sameNames = 0.95;      // of the different names: a decode step, whatever their numbers
constexpr double relatedNames = 0.6;    // …when it is not that busy
constexpr int lullGap = 3;              // × the median step

template <class T> T upperMedian(std::vector<T> values)
{
    if (values.empty())
        return T{};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isWhole(const Step& step)
{
    return step.kind != StepKind::Edge;
}

/// Compares steps with one of them.
class Likeness {
public:
    Likeness(const OperationSequence& sequence, const Step& typical)
        : m_sequence(sequence), m_typical(sequence.coarseTokens, 0), m_counts(sequence.coarseTokens, 0),
          m_size(typical.operations())
    {
        for (std::uint32_t row = typical.firstRow; row < typical.lastRow; ++row)
            m_names += m_typical[sequence.coarse[row]]++ == 0 ? 1U : 0U;
    }

    /// Operation names as multisets, or each name once: common / union.
    double of(const Step& step, bool eachOnce = false)
    {
        std::size_t common = 0;
        std::size_t commonNames = 0;
        std::size_t names = 0;
        for (std::uint32_t row = step.firstRow; row < step.lastRow; ++row) {
            const std::uint32_t name = m_sequence.coarse[row];
            const bool isFirst = m_counts[name]++ == 0;
            names += isFirst ? 1U : 0U;
            commonNames += isFirst && m_typical[name] > 0 ? 1U : 0U;
            common += m_counts[name] <= m_typical[name] ? 1U : 0U;
        }
        for (std::uint32_t row = step.firstRow; row < step.lastRow; ++row)
            m_counts[m_sequence.coarse[row]] = 0;
        return eachOnce ? shareOf(commonNames, names + m_names) : shareOf(common, step.operations() + m_size);
    }

private:
    static double shareOf(std::size_t common, std::size_t both)
    {
        const std::size_t united = both - common;
        return united == 0 ? 1.0 : static_cast<double>(common) / static_cast<double>(united);
    }

    const OperationSequence& m_sequence;
    std::vector<std::uint32_t> m_typical; // by name
    std::vector<std::uint32_t> m_counts;
    std::size_t m_size;
    std::size_t m_names = 0;
};

class StepBuilder {
public:
    StepBuilder(const ActivityTable& work, const DeviceOccupancy& occupancy,
                const OperationSequence& sequence)
        : m_work(work), m_occupancy(occupancy), m_sequence(sequence)
    {}

    StepIndex build(StepBoundaries boundaries)
    {
        StepIndex index;
        index.source = boundaries.source;
        index.isWeak = boundaries.isWeak;
        if (boundaries.begins.empty())
            return index;
        boundaries.tokens.resize(boundaries.begins.size());
        measureAll(index, boundaries);
        m_medianOperations = medianOperations(index.steps);
        if (boundaries.source != StepSource::User) // who draws says where the first step begins
            adoptLeadIn(index);
        tellApart(index);
        for (const Step& step : index.steps)
            index.boundaries.push_back(step.range.begin);
        if (index.steps.front().kind == StepKind::Edge && m_hasLeadIn)
            index.boundaries.erase(index.boundaries.begin());
        return index;
    }

private:
    Step measure(TimeRange range) const
    {
        Step step;
        step.range = range;
        step.firstRow = static_cast<std::uint32_t>(m_work.firstAtOrAfter(range.begin));
        step.lastRow = static_cast<std::uint32_t>(m_work.firstAtOrAfter(range.end));
        const std::vector<GraphReplay>& replays = m_occupancy.replays();
        const auto beginsBefore = [&replays](TimePoint time) {
            return std::partition_point(replays.begin(), replays.end(), [time](const GraphReplay& replay) {
                return replay.span.begin < time;
            });
        };
        step.graphLaunches = static_cast<std::uint32_t>(beginsBefore(range.end) - beginsBefore(range.begin));
        step.times = m_occupancy.timesIn(range);
        step.hiddenComm = m_occupancy.hiddenComm().coveredIn(range);
        step.hostBetweenSteps = m_occupancy.timesIn({lastBusyEnd(range), range.end}).host();
        // A step ends with its own gap, which the next step's first operation ends.
        step.largestGap = m_occupancy.gaps().largestIn(range).value_or(TimeRange{range.begin, range.begin});
        return step;
    }

    /// Where the GPU was busy for the last time in `range`; its end where it is busy to the end.
    TimePoint lastBusyEnd(TimeRange range) const
    {
        const IntervalUnion& busy = m_occupancy.busy();
        const std::size_t next = busy.firstEndingAfter(range.end);
        if (next < busy.size() && busy[next].begin < range.end)
            return range.end;
        return next > 0 ? std::clamp(busy[next - 1].end, range.begin, range.end) : range.begin;
    }

    void measureAll(StepIndex& index, const StepBoundaries& boundaries)
    {
        const TimeRange extent = m_occupancy.busy().extent();
        const TimePoint end = std::max(extent.end, boundaries.begins.back());
        if (extent.begin < boundaries.begins.front()) {
            index.steps.push_back(measure({extent.begin, boundaries.begins.front()}));
            index.steps.back().kind = StepKind::Edge;
            m_hasLeadIn = true;
        }
        for (std::size_t i = 0; i < boundaries.begins.size(); ++i) {
            const bool isLast = i + 1 == boundaries.begins.size();
            index.steps.push_back(measure({boundaries.begins[i], isLast ? end : boundaries.begins[i + 1]}));
            index.steps.back().tokens = boundaries.tokens[i];
            index.isSingle = boundaries.begins.size() == 1 && isFramedByHost(boundaries.source);
            if (isLast && !index.isSingle)
                index.steps.back().kind = StepKind::Edge;
        }
    }

    /// The lead-in is a step when it holds as many operations as one, or when it is busy as only a prefill
    /// is.
    void adoptLeadIn(StepIndex& index)
    {
        if (!m_hasLeadIn || m_medianOperations == 0)
            return;
        Step& lead = index.steps.front();
        std::vector<Duration> busy;
        for (const Step& step : index.steps) {
            if (isWhole(step))
                busy.push_back(step.times.busy());
        }
        const bool isStep = isUsualCount(lead.operations(), m_medianOperations) &&
                            static_cast<double>(lead.operations()) >=
                                (1.0 - countTolerance) * static_cast<double>(m_medianOperations);
        if (isStep || isBusy(lead, upperMedian(std::move(busy)))) {
            lead.kind = StepKind::Decode;
            m_hasLeadIn = false;
        }
    }

    static bool isBusy(const Step& step, Duration median)
    {
        return static_cast<double>(step.times.busy().count()) >
               prefillBusy * static_cast<double>(median.count());
    }

    static std::uint32_t medianOperations(const std::vector<Step>& steps)
    {
        std::vector<std::uint32_t> counts;
        for (const Step& step : steps) {
            if (isWhole(step))
                counts.push_back(step.operations());
        }
        return upperMedian(std::move(counts));
    }

    void tellApart(StepIndex& index)
    {
        std::vector<Duration> busy;
        std::vector<Duration> cadences;
        for (const Step& step : index.steps) {
            if (isWhole(step)) {
                busy.push_back(step.times.busy());
                cadences.push_back(step.range.duration());
            }
        }
        if (cadences.empty())
            return;
        const Duration medianBusy = upperMedian(busy);
        const Step& typical = typicalStep(index.steps, upperMedian(cadences));
        const auto markAll = [&](std::size_t first, std::size_t last) {
            Likeness likeness(m_sequence, typical);
            for (std::size_t i = first; i < last; ++i)
                markPrompt(index.steps[i], &index.steps[i] == &typical ? nullptr : &likeness, medianBusy);
        };
        const std::size_t middle = index.steps.size() / 2;
        inParallel(
            m_work.size() >= rowsWorthAThread, [&] { markAll(0, middle); },
            [&] { markAll(middle, index.steps.size()); });
        cadences.clear();
        for (const Step& step : index.steps) {
            if (step.kind == StepKind::Decode)
                cadences.push_back(step.range.duration());
        }
        index.medianCadence = upperMedian(cadences);
        for (Step& step : index.steps) {
            if (step.kind == StepKind::Decode && step.largestGap.duration() > lullGap * index.medianCadence)
                step.kind = StepKind::Lull;
        }
        if (!index.isSingle) {
            std::erase_if(cadences,
                          [&index](Duration cadence) { return cadence > lullGap * index.medianCadence; });
            index.mixture = findMixture(std::move(cadences));
        }
    }

    /// Of the steps with the median number of operations the one nearest to the median cadence.
    const Step& typicalStep(const std::vector<Step>& steps, Duration medianCadence) const
    {
        const Step* best = &steps.front();
        const auto distance = [&](const Step& step) {
            const auto operations = static_cast<std::int64_t>(step.operations());
            return std::pair(!isWhole(step),
                             std::pair(std::abs(operations - static_cast<std::int64_t>(m_medianOperations)),
                                       std::abs((step.range.duration() - medianCadence).count())));
        };
        for (const Step& step : steps) {
            if (distance(step) < distance(*best))
                best = &step;
        }
        return *best;
    }

    /// `likeness` with the typical step; none for itself.
    static void markPrompt(Step& step, Likeness* likeness, Duration medianBusy)
    {
        if (step.tokens && (step.tokens->contextTokens > 0 || step.tokens->contextRequests > 0)) {
            if (isWhole(step))
                step.kind = step.tokens->generationRequests > 0 ? StepKind::Mixed : StepKind::Prefill;
            return;
        }
        if (!isWhole(step) || !likeness)
            return;
        const double shared = likeness->of(step);
        const bool busy = isBusy(step, medianBusy);
        if (shared >= (busy ? prefillLikeness : foreignLikeness))
            return;
        // More drafts than usual are no prefill: the same operations run, more often.
        if (likeness->of(step, true) < (busy ? sameNames : relatedNames))
            step.kind = StepKind::Prefill;
    }

    const ActivityTable& m_work;
    const DeviceOccupancy& m_occupancy;
    const OperationSequence& m_sequence;
    std::uint32_t m_medianOperations = 0;
    bool m_hasLeadIn = false;
};

} // namespace

StepIndex buildSteps(const ActivityTable& work, const DeviceOccupancy& occupancy,
                     const OperationSequence& sequence, StepBoundaries boundaries)
{
    return StepBuilder(work, occupancy, sequence).build(std::move(boundaries));
}

} // namespace stepscope
