#pragma once

#include "core/analysis/windowanalysis.h"
#include "core/gates/drivernumbers.h"
#include "core/gates/gate.h"

#include <optional>

namespace stepscope {

/// Where the tokens per step in use come from, best first.
enum class TokensSource : std::uint8_t {
    None,
    User,      ///< typed
    Metric,    ///< 1 + accepted / drafts, as the server counted them
    Scheduled, ///< the annotations schedule one token for each request: there are no drafts
    Driver,    ///< mean ITL / mean TPOT
};

/// What would make the cadence and the driver's TPOT fit, when they do not (domain.md §6.3).
enum class ReconcileFactor : std::uint8_t {
    None,
    TokensMissing, ///< their ratio is 1/T: the TPOT is a step's time
    TokensTwice,   ///< it is T: the TPOT was divided by it once more
    DraftsIgnored, ///< above 1 and possible as tokens per step, which were stated as 1 though drafts are
                   ///< scheduled
    StepsMerged,   ///< it is 2: two steps are taken for one
    StepsHalved,   ///< it is ½: one step is taken for two
    Prefill,       ///< up to 15 % apart, and the driver's TPOT holds the prefill
    Profiler,      ///< 1.1 to 6: the profiler's own cost
    OutsideEngine, ///< below 0.9: the TPOT holds queueing or network, or the window skips slow steps
};

/// How the cadence of a window fits what a driver measured (definitions.md §6–8). Times in ms.
struct Reconciliation {
    double cadence = 0.0; ///< mean of the clean steps; 0 without any
    std::optional<double> tokens;
    TokensSource tokensSource = TokensSource::None;
    std::optional<double> scheduledTokens; ///< 1 + drafts, an upper bound, from the annotations
    std::optional<double> inferredTokens;  ///< cadence / TPOT; holds the slowdown against a clean round
    GateState tokensState = GateState::Unknown;

    /// Is the capture right? (cadence / T − TPOT) / TPOT of the profiled round, else of the clean one.
    std::optional<double> captureError;
    bool isAgainstProfiled = false;
    GateState captureState = GateState::Unknown;
    ReconcileFactor factor = ReconcileFactor::None;

    /// Does it speak for the server? ρ = cadence / (TPOT · T) of the clean round.
    std::optional<double> slowdown;
    GateState serverState = GateState::Unknown;

    /// (cadence − ITL) / ITL of the same round as captureError, where its driver measured chunks.
    std::optional<double> itlError;
    GateState itlState = GateState::Unknown;
    /// The output tokens over which that round's TPOT spreads its prefill; none where it holds none.
    std::optional<double> prefillSpread;

    friend bool operator==(const Reconciliation&, const Reconciliation&) = default;
};

/// The limits of definitions.md §7 and §8.
inline constexpr double reconcilePass = 0.10;
inline constexpr double reconcileFail = 0.15;
inline constexpr double slowdownPass = 1.10;
/// A trace is not faster than the server: below, TPOT or tokens per step are of another window.
inline constexpr double slowdownLeast = 0.90;

/// Pure; O(1).
Reconciliation reconcile(const TraceIndex& index, DeviceId device, const DeviceWindow& numbers,
                         const DriverNumbers& driver);

} // namespace stepscope
