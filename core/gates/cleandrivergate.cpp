#include "core/gates/gates.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace stepscope {

namespace {

constexpr double prefillWarnShare = 0.02;
constexpr double batchFailSpread = 0.10;
constexpr double lullWarnShare = 0.02;
constexpr double wallPass = 1.2;
constexpr double wallFail = 1.5;

/// The steps that touch the window: they count for what they hold, cut or not, as a prefill at the edge
/// spoils it too.
class TouchedSteps {
public:
    explicit TouchedSteps(const GateInput& input) : m_input(input), m_index(input.deviceIndex().steps)
    {
        std::tie(m_first, m_last) = m_index.touching(input.window);
    }

    std::size_t whole() const { return m_last - m_first - ofKind(StepKind::Edge).size(); }

    /// Prefills, mixed steps, and edges that hold prompt tokens. `first` receives the first of them.
    std::size_t countPrompts(std::optional<TimeRange>& first) const
    {
        std::size_t count = 0;
        std::size_t earliest = m_last;
        const auto take = [&](std::uint32_t step) {
            ++count;
            earliest = std::min<std::size_t>(earliest, step);
        };
        for (const StepKind kind : {StepKind::Prefill, StepKind::Mixed}) {
            for (const std::uint32_t step : ofKind(kind))
                take(step);
        }
        for (const std::uint32_t step : ofKind(StepKind::Edge)) {
            if (m_index.steps[step].tokens && m_index.steps[step].tokens->contextRequests > 0)
                take(step);
        }
        if (count > 0)
            first = m_index.steps[earliest].range;
        return count;
    }

    /// The lulls' gaps. Only one that the window holds as a whole counts: an edge drawn into it leaves it
    /// out.
    std::vector<TimeRange> lulls() const
    {
        std::vector<TimeRange> gaps;
        for (const std::uint32_t step : ofKind(StepKind::Lull)) {
            const TimeRange gap = m_index.steps[step].largestGap.intersected(m_input.window);
            if (gap.duration() > 3 * m_index.medianCadence)
                gaps.push_back(gap);
        }
        return gaps;
    }

    /// Requests in a step; 0 where no annotation names them.
    std::int64_t largestBatch() const
    {
        if (m_index.batch.countBelow(m_first, m_last, Duration(1)) == m_last - m_first)
            return 0;
        return m_index.batch.nth(m_first, m_last, m_last - m_first - 1).count();
    }

    void addBatch(GateBuilder& gate) const
    {
        const StepColumn& batch = m_index.batch;
        const std::size_t unnamed = batch.countBelow(m_first, m_last, Duration(1));
        if (unnamed == m_last - m_first) {
            gate.add(EvidenceCode::BatchVaries, GateState::Unknown, 0.0); // no annotation names it
            return;
        }
        const Duration smallest = batch.nth(m_first, m_last, unnamed);
        const Duration largest = batch.nth(m_first, m_last, m_last - m_first - 1);
        const double spread =
            static_cast<double>((largest - smallest).count()) / static_cast<double>(largest.count());
        Evidence& row = gate.addBelow(EvidenceCode::BatchVaries, spread, 0.0, batchFailSpread);
        if (smallest == largest)
            return;
        std::size_t step = m_first;
        while (batch[step] == Duration::zero())
            ++step;
        const Duration usual = batch[step];
        while (batch[step] == Duration::zero() || batch[step] == usual)
            ++step;
        row.place = m_index.steps[step].range;
    }

private:
    std::span<const std::uint32_t> ofKind(StepKind kind) const
    {
        return m_index.ofKind(kind, m_first, m_last);
    }

    const GateInput& m_input;
    const StepIndex& m_index;
    std::size_t m_first = 0;
    std::size_t m_last = 0;
};

void addLulls(GateBuilder& gate, const GateInput& input, const std::vector<TimeRange>& lulls)
{
    TimeRange longest;
    for (const TimeRange& gap : lulls)
        longest = gap.duration() > longest.duration() ? gap : longest;
    const double share = static_cast<double>(longest.duration().count()) /
                         static_cast<double>(std::max<std::int64_t>(input.window.duration().count(), 1));
    GateState state = GateState::Pass;
    if (!lulls.empty())
        state = lulls.size() == 1 && share <= lullWarnShare ? GateState::Warn : GateState::Fail;
    Evidence& row = gate.add(EvidenceCode::Lulls, state, static_cast<double>(lulls.size()));
    if (!lulls.empty())
        row.place = longest;
}

/// The longest part of the window that lies in no clean step: what else ran there.
TimeRange longestForeignStretch(const GateInput& input)
{
    TimeRange longest{input.window.begin, input.window.begin};
    TimePoint reached = input.window.begin;
    const auto take = [&](TimePoint begin, TimePoint end) {
        if (begin - reached > longest.duration())
            longest = {reached, begin};
        reached = std::max(reached, end);
    };
    for (std::size_t i = input.numbers.firstStep; i < input.numbers.lastStep; ++i) {
        if (input.steps()[i].isClean())
            take(input.steps()[i].range.begin, input.steps()[i].range.end);
    }
    take(input.window.end, input.window.end);
    return longest;
}

void addWallPerStep(GateBuilder& gate, const GateInput& input)
{
    const CadenceStatistics& cadence = input.numbers.cadence;
    if (cadence.count == 0 || cadence.spread.median == Duration::zero()) {
        gate.add(EvidenceCode::WallPerStep, GateState::Unknown, 0.0);
        return;
    }
    // One cut step is allowed at each edge.
    const Duration edges = 2 * cadence.spread.median;
    const Duration allowed = std::min(edges, input.numbers.notCounted.time);
    const double wall =
        static_cast<double>((input.window.duration() - allowed).count()) /
        (static_cast<double>(cadence.count) * static_cast<double>(cadence.spread.median.count()));
    Evidence& row = gate.addBelow(EvidenceCode::WallPerStep, wall, wallPass, wallFail);
    if (row.state != GateState::Pass)
        row.place = longestForeignStretch(input);
}

/// Whether a record's requests at a time are those of the steps. `streams` is what the steps say of them, 0
/// where they say nothing: then one at a time is clean, and several may be.
GateState stateOfStreams(const DriverRecord& record, std::int64_t streams)
{
    const std::optional<std::int64_t> concurrency = record.chosen().concurrency;
    if (!concurrency || (streams == 0 && *concurrency != 1))
        return GateState::Unknown;
    return *concurrency == std::max<std::int64_t>(streams, 1) ? GateState::Pass : GateState::Fail;
}

/// Rounds, errors and concurrency are the driver's to say; a TPOT alone does not. The captured round's record
/// counts as well as the clean one's: what went wrong in either is not the server that is asked about.
void addDriverRecord(GateBuilder& gate, const GateInput& input, std::int64_t streams)
{
    std::vector<const DriverRecord*> records;
    for (const RoundNumbers* const round : {&input.driver.profiled, &input.driver.clean}) {
        if (round->record)
            records.push_back(round->record.get());
    }
    if (records.empty()) {
        const bool isTyped = input.driver.clean.tpotMilliseconds || input.driver.profiled.tpotMilliseconds;
        gate.add(EvidenceCode::DriverRecord, GateState::Unknown, isTyped ? 1.0 : 0.0);
        return;
    }
    const DriverRecord* const failing =
        *std::max_element(records.begin(), records.end(), [](const DriverRecord* a, const DriverRecord* b) {
            return a->failures() < b->failures();
        });
    gate.add(EvidenceCode::DriverRecord, failing->failures() == 0 ? GateState::Pass : GateState::Fail,
             static_cast<double>(failing->failures()))
        .note = failing->name;
    // One that contradicts the steps; else one that says something; else the captured round's.
    const DriverRecord* telling = records.front();
    for (const DriverRecord* const record : records) {
        const GateState state = stateOfStreams(*record, streams);
        const GateState told = stateOfStreams(*telling, streams);
        if (state == GateState::Fail || (told == GateState::Unknown && state == GateState::Pass))
            telling = record;
    }
    gate.add(EvidenceCode::DriverStreams, stateOfStreams(*telling, streams),
             static_cast<double>(telling->chosen().concurrency.value_or(0)))
        .passAt = static_cast<double>(streams);
}

} // namespace

GateResult cleanDriverGate(const GateInput& input)
{
    GateBuilder gate(GateId::CleanDriver);
    const TouchedSteps steps(input);
    if (steps.whole() == 0) {
        gate.add(EvidenceCode::PrefillSteps, GateState::Unknown, 0.0);
        addDriverRecord(gate, input, 0);
        return gate.result();
    }
    std::optional<TimeRange> firstPrompt;
    const auto prompts = static_cast<double>(steps.countPrompts(firstPrompt));
    gate.addBelow(EvidenceCode::PrefillSteps, prompts, 0.0,
                  prefillWarnShare * static_cast<double>(steps.whole()))
        .place = firstPrompt;
    addDriverRecord(gate, input, steps.largestBatch());
    steps.addBatch(gate);
    addLulls(gate, input, steps.lulls());
    addWallPerStep(gate, input);
    return gate.result();
}

} // namespace stepscope
