#pragma once

#include "core/trace/driverrecord.h"

#include <memory>
#include <optional>

namespace stepscope {

/// What is known of one round of requests: numbers that were typed, and what its driver wrote. What was typed
/// goes before what the record says.
struct RoundNumbers {
    std::optional<double> tpotMilliseconds = std::nullopt;
    std::optional<double> tokensPerStep = std::nullopt;
    /// Takes the prefill out of a record that knows the whole time of an answer only.
    std::optional<double> ttftMilliseconds = std::nullopt;
    std::shared_ptr<const DriverRecord> record = nullptr; ///< null: none was loaded

    /// ms per output token, without the first one where that is known.
    std::optional<double> tpot() const;
    /// Tokens per step: typed, or as the server counted accepted drafts.
    std::optional<double> tokens() const;
    /// Mean ITL over mean TPOT of the record: what one chunk of the answer holds, at least 1.
    std::optional<double> chunkTokens() const;
    /// ms between two chunks of the answer.
    std::optional<double> itl() const;
    /// The output tokens over which tpot() spreads the time of the prefill; none where it does not hold it.
    std::optional<double> prefillSpread() const;

    /// Records are compared by what they say.
    friend bool operator==(const RoundNumbers& a, const RoundNumbers& b);
};

/// The two rounds that a capture is checked against (definitions.md §7): the server without a profiler, and
/// the round that was captured.
struct DriverNumbers {
    RoundNumbers clean;
    RoundNumbers profiled;

    /// Tokens per step of the captured window: the profiled round's, else the clean one's.
    std::optional<double> tokens() const;
    /// The same for the clean round, the other way round.
    std::optional<double> cleanTokens() const;

    friend bool operator==(const DriverNumbers&, const DriverNumbers&) = default;
};

} // namespace stepscope
