#pragma once

#include <string>
#include <vector>

namespace stepscope {

/// CPU seconds of the calling thread so far.
double threadSeconds();
/// Seconds on a clock that only goes on.
double wallSeconds();

/// What one thing that is done many times takes: CPU of the calling thread, and the wall clock beside it, for
/// the machines are shared.
class TimesTaken {
public:
    template <class Work> void measure(Work work)
    {
        const double wall = wallSeconds();
        const double cpu = threadSeconds();
        work();
        m_cpu.push_back(threadSeconds() - cpu);
        m_wall.push_back(wallSeconds() - wall);
    }

    /// CPU seconds that a share of all took at most; 1 is the longest.
    double cpu(double share) const;
    /// "p50 1.23 ms  p99 4.56 ms  longest 5.67 ms  (wall …)".
    std::string text() const;

private:
    std::vector<double> m_cpu;
    std::vector<double> m_wall;
};

} // namespace stepscope
