#include "core/gates/drivernumbers.h"

#include <algorithm>

namespace stepscope {

namespace {

/// The whole time of an answer without its first token, over the other tokens.
std::optional<double> withoutPrefill(const DriverRound& round, std::optional<double> ttft)
{
    if (!ttft || !round.outputTokens || *round.outputTokens <= 1.0)
        return std::nullopt;
    const double rest = *round.tpotWithPrefillMilliseconds * *round.outputTokens - *ttft;
    return rest > 0.0 ? std::optional(rest / (*round.outputTokens - 1.0)) : std::nullopt;
}

} // namespace

std::optional<double> RoundNumbers::tpot() const
{
    if (tpotMilliseconds)
        return tpotMilliseconds;
    if (!record)
        return std::nullopt;
    const DriverRound& round = record->chosen();
    if (round.tpotMilliseconds || !round.tpotWithPrefillMilliseconds)
        return round.tpotMilliseconds;
    const std::optional<double> without = withoutPrefill(round, ttftMilliseconds);
    return without ? without : round.tpotWithPrefillMilliseconds;
}

std::optional<double> RoundNumbers::tokens() const
{
    if (tokensPerStep)
        return tokensPerStep;
    return record ? record->chosen().tokensPerStep : std::nullopt;
}

std::optional<double> RoundNumbers::chunkTokens() const
{
    const std::optional<double> chunk = itl();
    if (!chunk || !record->chosen().tpotMilliseconds)
        return std::nullopt;
    return std::max(1.0, *chunk / *record->chosen().tpotMilliseconds);
}

std::optional<double> RoundNumbers::itl() const
{
    return record ? record->chosen().itlMilliseconds : std::nullopt;
}

std::optional<double> RoundNumbers::prefillSpread() const
{
    if (tpotMilliseconds || !record)
        return std::nullopt;
    const DriverRound& round = record->chosen();
    if (round.tpotMilliseconds || !round.tpotWithPrefillMilliseconds ||
        withoutPrefill(round, ttftMilliseconds))
        return std::nullopt;
    return round.outputTokens.value_or(0.0);
}

bool operator==(const RoundNumbers& a, const RoundNumbers& b)
{
    const bool isSameRecord = a.record == b.record || (a.record && b.record && *a.record == *b.record);
    return isSameRecord && a.tpotMilliseconds == b.tpotMilliseconds && a.tokensPerStep == b.tokensPerStep &&
           a.ttftMilliseconds == b.ttftMilliseconds;
}

std::optional<double> DriverNumbers::tokens() const
{
    const std::optional<double> own = profiled.tokens();
    return own ? own : clean.tokens();
}

std::optional<double> DriverNumbers::cleanTokens() const
{
    const std::optional<double> own = clean.tokens();
    return own ? own : profiled.tokens();
}

} // namespace stepscope
