#pragma once

#include "core/analysis/windowanalysis.h"

#include <optional>
#include <string>

namespace stepscope {

/// The budget as lines of text: one for each class of time, per step. The budget must have steps.
class BudgetTextTable {
public:
    /// With `tokens` per step there is a column of ms per token. At graph level exposed communication is
    /// unknown: it hides inside the graphs.
    BudgetTextTable(const StepBudget& budget, std::optional<double> tokens, bool isGraphLevel);

    std::string header() const;
    std::string row(const std::string& label, const BudgetLine& line) const;
    /// What the GPU was busy with, class by class.
    std::string busyRows() const;
    /// Who owns the idle time: the host's classes, then the others; those without time are left out.
    std::string idleRows() const;

private:
    std::string group(bool (*isMember)(TimeClass timeClass)) const;

    const StepBudget& m_budget;
    std::optional<double> m_tokens;
    bool m_isGraphLevel;
};

} // namespace stepscope
