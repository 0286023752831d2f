#pragma once

#include "core/gates/assessment.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// The decode-step budget of the reference device as a table: what a step's time goes to, the mean per step,
/// its share, the same per token, and the 90th percentile. Rows that are zero and say nothing are left out.
/// Shows one snapshot; computes nothing but the division by the number of steps.
class BudgetModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, PerStep, Share, PerToken, Percentile90, columnCountValue };
    enum Role {
        /// double: ns for PerStep, PerToken and Percentile90, a share of 1 for Share; invalid where unknown.
        RawValueRole = Qt::UserRole,
        /// int: 0 for a sum, 1 for a part of it.
        LevelRole,
        /// int: a RowMark.
        MarkRole,
        /// int: the TimeClass of a row that is one; invalid for sums.
        ClassRole,
        /// std::int64_t ns: the row's sum over all steps, for checks against the identity.
        TotalRole,
    };
    enum RowMark { PlainRow, BusyRow, HostRow, OtherIdleRow, CadenceRow };

    explicit BudgetModel(QObject* parent = nullptr);

    /// Null for nothing open.
    void setAssessment(std::shared_ptr<const TraceIndex> index, std::shared_ptr<const Assessment> assessment);
    /// Which snapshot the table shows; 0 for none.
    std::uint64_t shownSnapshot() const { return m_assessment ? m_assessment->snapshot : 0; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        RowMark mark = PlainRow;
        std::optional<TimeClass> timeClass;
        BudgetLine line;
        bool isUnknown = false; ///< inside graphs: not zero but not recorded
    };

    const StepBudget& budget() const { return m_assessment->referenceWindow().budget; }
    static std::vector<Row> rowsOf(const StepBudget& budget, bool isGraphLevel);
    std::optional<double> value(const Row& row, int column) const;
    QString text(const Row& row, int column) const;
    QString name(const Row& row) const;
    QString toolTip(const Row& row, int column) const;
    int decimals() const;

    std::shared_ptr<const TraceIndex> m_index;
    std::shared_ptr<const Assessment> m_assessment;
    bool m_isGraphLevel = false;
    std::vector<Row> m_rows;
};

} // namespace stepscope
