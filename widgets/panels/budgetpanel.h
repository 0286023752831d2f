#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>

namespace stepscope {

class BudgetModel;
class BudgetTable;
class CadenceSummary;
class PanelSection;
class ThemedLabel;

/// What a step's time goes to, and how even the steps are: the budget of the reference device and its
/// cadence.
class BudgetPanel : public QWidget {
    Q_OBJECT

public:
    explicit BudgetPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const TraceIndex>& index,
                       const std::shared_ptr<const Assessment>& assessment);
    /// The snapshot that table and cadence show.
    std::uint64_t shownSnapshot() const;
    const BudgetModel& model() const { return *m_model; }
    const CadenceSummary& cadence() const { return *m_cadence; }

private:
    static QString subject(const Assessment& assessment);
    static QString footnote(const TraceIndex& index, const Assessment& assessment);

    BudgetModel* m_model;
    PanelSection* m_budgetSection;
    ThemedLabel* m_subject;
    BudgetTable* m_table;
    ThemedLabel* m_footnote;
    PanelSection* m_cadenceSection;
    CadenceSummary* m_cadence;
};

} // namespace stepscope
