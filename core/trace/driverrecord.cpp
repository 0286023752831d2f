#include "core/trace/driverrecord.h"

#include <algorithm>
#include <numeric>

namespace stepscope {

const DriverRound& DriverRecord::chosen() const
{
    const auto whole = std::find_if(rounds.rbegin(), rounds.rend(),
                                    [](const DriverRound& round) { return round.failures == 0; });
    return whole != rounds.rend() ? *whole : rounds.back();
}

std::uint64_t DriverRecord::failures() const
{
    return std::accumulate(rounds.begin(), rounds.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const DriverRound& round) { return sum + round.failures; });
}

std::optional<double> tpotOf(const DriverRound& round)
{
    return round.tpotMilliseconds ? round.tpotMilliseconds : round.tpotWithPrefillMilliseconds;
}

} // namespace stepscope
