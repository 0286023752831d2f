#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Which program wrote a driver record.
enum class DriverKind : std::uint8_t {
    CleanDriver, ///< the lines of the clean driver
    BenchServe,  ///< the JSON of `vllm bench serve`, or of SGLang's bench_serving
};

/// One round of requests as its driver measured it. What the record does not say stays empty.
struct DriverRound {
    std::optional<double> tpotMilliseconds; ///< time per output token, the first one left out
    /// Whole time over tokens, ms: longer than the TPOT by (TTFT − TPOT) / outputTokens.
    std::optional<double> tpotWithPrefillMilliseconds;
    std::optional<double> ttftMilliseconds;
    std::optional<double> itlMilliseconds; ///< between two chunks of the answer: a step, not a token
    std::optional<double> tokensPerStep;   ///< as the server counted accepted drafts
    std::optional<std::int64_t> concurrency;
    std::optional<double> promptTokens; ///< mean of a request
    std::optional<double> outputTokens; ///< mean of a request
    std::uint64_t requests = 0;         ///< that were answered
    std::uint64_t failures = 0;         ///< requests that were not, or not with 200
    std::string firstFailure;           ///< in the driver's words

    friend bool operator==(const DriverRound&, const DriverRound&) = default;
};

/// What a load driver tells of the server while it measured it (domain.md §3).
struct DriverRecord {
    DriverKind kind = DriverKind::CleanDriver;
    std::string name;                ///< the file's, or what the user pasted is called
    std::string model;               ///< as the driver names it
    std::vector<DriverRound> rounds; ///< never empty, in the order of the record

    /// The round whose numbers count: the last one without a failure, as it ran on a warm server; the last
    /// one where none is. TPOT and tokens per step come from one round (definitions.md §7).
    const DriverRound& chosen() const;
    std::uint64_t failures() const;

    friend bool operator==(const DriverRecord&, const DriverRecord&) = default;
};

/// The time per token that a round speaks for: without the first one where that is known, else the whole time
/// over tokens; empty when the round tells neither.
std::optional<double> tpotOf(const DriverRound& round);

} // namespace stepscope
