#pragma once

#include "core/analysis/step.h"
#include "core/analysis/stepcolumn.h"

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace stepscope {

/// Shared, so that a window's numbers can keep what they were made of.
using SharedColumn = std::shared_ptr<const StepColumn>;

/// The clean steps of one device by columns: what the budget of any window is made of, without a loop over
/// its steps. Positions count the clean steps only. Immutable; any thread.
class CleanSteps {
public:
    CleanSteps() : CleanSteps(std::vector<Step>()) {}
    /// O(n log n).
    explicit CleanSteps(const std::vector<Step>& steps);

    /// Positions of the clean ones among the steps [first, last). O(log n).
    std::pair<std::size_t, std::size_t> among(std::size_t first, std::size_t last) const;
    std::size_t count() const { return m_steps.size(); }
    /// The number of the step at a position.
    std::size_t stepAt(std::size_t position) const { return m_steps[position]; }

    const SharedColumn& of(TimeClass timeClass) const
    {
        return m_classes[static_cast<std::size_t>(timeClass)];
    }
    const SharedColumn& busy() const { return m_busy; }
    const SharedColumn& idle() const { return m_idle; }
    const SharedColumn& host() const { return m_host; }
    const SharedColumn& otherIdle() const { return m_otherIdle; }
    const SharedColumn& hiddenComm() const { return m_hiddenComm; }
    const SharedColumn& cadence() const { return m_cadence; }
    /// Number of operations.
    const std::vector<std::uint32_t>& operations() const { return m_operations; }
    const WaveletMatrix& operationOrder() const { return m_operationOrder; }
    /// What the annotations say of the steps at [first, last) together; no request where they say nothing.
    /// O(1).
    StepTokens tokensOf(std::size_t first, std::size_t last) const;
    /// Host idle between the last operation of each step and the next step, summed. O(1).
    Duration hostBetweenSteps(std::size_t first, std::size_t last) const
    {
        return m_hostBetweenBefore[last] - m_hostBetweenBefore[first];
    }

private:
    std::vector<std::uint32_t> m_steps;
    std::array<SharedColumn, timeClassCount> m_classes;
    SharedColumn m_busy;
    SharedColumn m_idle;
    SharedColumn m_host;
    SharedColumn m_otherIdle;
    SharedColumn m_hiddenComm;
    SharedColumn m_cadence;
    std::vector<std::uint32_t> m_operations;
    WaveletMatrix m_operationOrder;
    std::vector<StepTokens> m_tokensBefore; // by position; empty without annotations
    std::vector<Duration> m_hostBetweenBefore;
};

} // namespace stepscope
