#include "core/analysis/stability.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr std::size_t stepsAround = 8;
constexpr std::size_t fewestAround = 5;

/// The values of a window that moves, kept in order.
class RollingValues {
public:
    void add(double value)
    {
        m_sorted.insert(std::upper_bound(m_sorted.begin(), m_sorted.end(), value), value);
    }
    void remove(double value) { m_sorted.erase(std::lower_bound(m_sorted.begin(), m_sorted.end(), value)); }
    double spread() const
    {
        const double median = percentile(0.5);
        return m_sorted.size() < fewestAround || median <= 0.0 ? -1.0
                                                               : (percentile(0.9) - percentile(0.1)) / median;
    }

private:
    /// Linear between order statistics.
    double percentile(double share) const
    {
        if (m_sorted.empty())
            return 0.0;
        const double position = share * static_cast<double>(m_sorted.size() - 1);
        const auto lower = static_cast<std::size_t>(position);
        const std::size_t upper = std::min(lower + 1, m_sorted.size() - 1);
        return std::lerp(m_sorted[lower], m_sorted[upper], position - std::floor(position));
    }

    std::vector<double> m_sorted;
};

} // namespace

Stability stabilityOf(const StepIndex& index)
{
    const std::vector<Step>& steps = index.steps;
    const auto valueOf = [&index](const Step& step) {
        const Duration cadence = step.range.duration();
        const Duration usual = index.mixture ? index.mixture->of(cadence).median : index.medianCadence;
        return static_cast<double>(cadence.count()) /
               static_cast<double>(std::max<std::int64_t>(usual.count(), 1));
    };
    Stability stability;
    stability.steps.reserve(steps.size());
    RollingValues window;
    std::size_t entered = 0; // steps [i − stepsAround, entered) are in the window
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (; entered < steps.size() && entered <= i + stepsAround; ++entered) {
            if (steps[entered].isClean())
                window.add(valueOf(steps[entered]));
        }
        if (i > stepsAround && steps[i - stepsAround - 1].isClean())
            window.remove(valueOf(steps[i - stepsAround - 1]));
        const Step& step = steps[i];
        const std::int64_t batch = step.tokens ? step.tokens->generationRequests : -1;
        stability.steps.push_back({step.range, window.spread(), batch, step.kind});
        stability.largestBatch = std::max(stability.largestBatch, batch);
        if (step.kind == StepKind::Prefill || step.kind == StepKind::Mixed)
            stability.prefills.push_back(step.range.begin);
    }
    return stability;
}

} // namespace stepscope
