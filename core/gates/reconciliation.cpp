#include "core/gates/reconciliation.h"

#include <cmath>
#include <utility>

namespace stepscope {

namespace {

constexpr double factorTolerance = 0.08; // how near a ratio must lie to be taken for a factor
constexpr double tokensTolerance = 0.02;
constexpr double inferredLeast = 0.9; // definitions.md §6
constexpr double inferredMost = 1.5;  // × the scheduled tokens
constexpr double profilerMost = 6.0;  // the largest slowdown that was reported
// Graph-level Nsight Systems costs 1–4 % a step (definitions.md §8) because few calls are traced. A step cut
// into many graphs pays for each: 17 a step cost 17 %.
constexpr std::uint32_t fewGraphs = 4;

/// Tokens per step as scheduled (1 + drafts), from the annotations of the window's clean steps.
std::optional<double> scheduledTokens(const StepIndex& steps, const DeviceWindow& numbers)
{
    const StepTokens sum = steps.clean.tokensOf(numbers.firstClean, numbers.lastClean);
    if (sum.generationRequests == 0 || sum.generationTokens == 0)
        return std::nullopt;
    return static_cast<double>(sum.generationTokens) / static_cast<double>(sum.generationRequests);
}

bool isCheapCapture(const TraceIndex& index, DeviceId device, const DeviceWindow& numbers)
{
    const DeviceIndex& own = index.device(device);
    if (index.trace().capture().format != TraceFormat::NsysSqlite || !own.occupancy.isGraphLevel() ||
        numbers.firstClean == numbers.lastClean)
        return false;
    const std::size_t middle = numbers.firstClean + (numbers.lastClean - numbers.firstClean) / 2;
    return own.steps.steps[own.steps.clean.stepAt(middle)].graphLaunches <= fewGraphs;
}

/// The factor that a wrong step count or a wrong T makes.
ReconcileFactor countingFactor(double ratio, double tokens)
{
    for (const auto& [factor, meaning] :
         {std::pair(1.0 / tokens, ReconcileFactor::TokensMissing),
          std::pair(tokens, ReconcileFactor::TokensTwice), std::pair(2.0, ReconcileFactor::StepsMerged),
          std::pair(0.5, ReconcileFactor::StepsHalved)}) {
        if (std::abs(factor - 1.0) > reconcileFail && std::abs(ratio / factor - 1.0) <= factorTolerance)
            return meaning;
    }
    return ReconcileFactor::None;
}

GateState stateOfError(double error)
{
    if (std::abs(error) <= reconcilePass)
        return GateState::Pass;
    return std::abs(error) <= reconcileFail ? GateState::Warn : GateState::Fail;
}

/// A cadence above what the clean round measured may be the profiler's doing; the round itself cannot tell.
GateState stateAgainstClean(double error, bool isCheap)
{
    if (error < -reconcilePass || error > profilerMost - 1.0)
        return GateState::Fail;
    return isCheap || error <= reconcilePass ? stateOfError(error) : GateState::Unknown;
}

ReconcileFactor likelyFactor(const Reconciliation& numbers, double tokens)
{
    const double ratio = 1.0 + *numbers.captureError;
    if (std::abs(*numbers.captureError) <= reconcilePass && !numbers.prefillSpread)
        return ReconcileFactor::None;
    if (const ReconcileFactor counting = countingFactor(ratio, tokens); counting != ReconcileFactor::None)
        return counting;
    if (numbers.prefillSpread && ratio < 1.0 && ratio >= 1.0 - reconcileFail)
        return ReconcileFactor::Prefill;
    if (std::abs(*numbers.captureError) <= reconcilePass)
        return ReconcileFactor::None;
    if (ratio < 1.0)
        return ReconcileFactor::OutsideEngine;
    if (tokens == 1.0 && numbers.scheduledTokens.value_or(1.0) > 1.0 &&
        ratio <= *numbers.scheduledTokens * (1.0 + tokensTolerance))
        return ReconcileFactor::DraftsIgnored;
    return !numbers.isAgainstProfiled && ratio <= profilerMost ? ReconcileFactor::Profiler
                                                               : ReconcileFactor::None;
}

void chooseTokens(Reconciliation& numbers, const DriverNumbers& driver)
{
    const bool isTyped = driver.profiled.tokensPerStep || driver.clean.tokensPerStep;
    if (isTyped || driver.tokens()) {
        numbers.tokens = driver.tokens();
        const RoundNumbers& used = driver.profiled.tokens() ? driver.profiled : driver.clean;
        numbers.tokensSource = used.tokensPerStep ? TokensSource::User : TokensSource::Metric;
    } else if (numbers.scheduledTokens && *numbers.scheduledTokens == 1.0) {
        numbers.tokens = 1.0;
        numbers.tokensSource = TokensSource::Scheduled;
    } else {
        const std::optional<double> chunk = driver.profiled.chunkTokens();
        numbers.tokens = chunk ? chunk : driver.clean.chunkTokens();
        numbers.tokensSource = numbers.tokens ? TokensSource::Driver : TokensSource::None;
    }
}

/// definitions.md §6: T in use within [1, scheduled]; without one, what the cadence itself implies.
void judgeTokens(Reconciliation& numbers)
{
    const std::optional<double>& scheduled = numbers.scheduledTokens;
    if (numbers.tokens) {
        const bool isTooMany = scheduled && *numbers.tokens > *scheduled * (1.0 + tokensTolerance);
        numbers.tokensState = *numbers.tokens < 1.0 || isTooMany ? GateState::Fail : GateState::Pass;
    } else if (numbers.inferredTokens) {
        const bool isTooMany = scheduled && *numbers.inferredTokens > inferredMost * *scheduled;
        numbers.tokensState =
            *numbers.inferredTokens < inferredLeast || isTooMany ? GateState::Fail : GateState::Warn;
    }
}

} // namespace

Reconciliation reconcile(const TraceIndex& index, DeviceId device, const DeviceWindow& window,
                         const DriverNumbers& driver)
{
    Reconciliation numbers;
    numbers.cadence = window.cadence.meanNanoseconds() / 1e6;
    numbers.scheduledTokens = scheduledTokens(index.device(device).steps, window);
    chooseTokens(numbers, driver);
    const std::optional<double> clean = driver.clean.tpot();
    const std::optional<double> profiled = driver.profiled.tpot();
    if ((clean || profiled) && numbers.cadence > 0.0)
        numbers.inferredTokens = numbers.cadence / (clean ? *clean : *profiled);
    judgeTokens(numbers);
    if (numbers.cadence <= 0.0)
        return numbers;

    const RoundNumbers& round = profiled ? driver.profiled : driver.clean;
    const bool isCheap = isCheapCapture(index, device, window);
    numbers.isAgainstProfiled = profiled.has_value();
    const auto judge = [&](double error) {
        return numbers.isAgainstProfiled ? stateOfError(error) : stateAgainstClean(error, isCheap);
    };
    if ((profiled || clean) && numbers.tokens) {
        const double ratio = numbers.cadence / (*numbers.tokens * (profiled ? *profiled : *clean));
        numbers.prefillSpread = round.prefillSpread();
        numbers.captureError = ratio - 1.0;
        numbers.captureState = judge(*numbers.captureError);
        if (countingFactor(ratio, *numbers.tokens) != ReconcileFactor::None)
            numbers.captureState = GateState::Fail;
        numbers.factor = likelyFactor(numbers, *numbers.tokens);
    }
    if (const std::optional<double> itl = round.itl()) {
        numbers.itlError = numbers.cadence / *itl - 1.0;
        numbers.itlState = judge(*numbers.itlError);
    }
    // T and TPOT of one round: drafts are accepted differently in another.
    const std::optional<double> own = driver.cleanTokens();
    const std::optional<double> cleanTokens = own ? own : numbers.tokens;
    if (clean && cleanTokens) {
        numbers.slowdown = numbers.cadence / (*clean * *cleanTokens);
        const bool isOwnPace = *numbers.slowdown >= slowdownLeast && *numbers.slowdown <= slowdownPass;
        numbers.serverState = isOwnPace ? GateState::Pass : GateState::Warn;
    }
    return numbers;
}

} // namespace stepscope
