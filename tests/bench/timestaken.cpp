#include "tests/bench/timestaken.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace stepscope {

namespace {

double secondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double quantile(std::vector<double> seconds, double share)
{
    std::sort(seconds.begin(), seconds.end());
    return seconds[static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1))];
}

} // namespace

double threadSeconds()
{
    return secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

double wallSeconds()
{
    return secondsOf(CLOCK_MONOTONIC);
}

double TimesTaken::cpu(double share) const
{
    return quantile(m_cpu, share);
}

std::string TimesTaken::text() const
{
    char line[160];
    const auto cpuAt = [this](double share) { return cpu(share) * 1e3; };
    const auto wallAt = [this](double share) { return quantile(m_wall, share) * 1e3; };
    std::snprintf(line, sizeof line,
                  "p50 %6.2f  p99 %6.2f  longest %6.2f ms   wall p50 %6.2f  p99 %6.2f  longest %6.2f ms",
                  cpuAt(0.5), cpuAt(0.99), cpuAt(1.0), wallAt(0.5), wallAt(0.99), wallAt(1.0));
    return line;
}

} // namespace stepscope
