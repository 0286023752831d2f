#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace stepscope {

class GateRow;
class PanelSection;

/// The checklist of the reference device: one row a gate, its state by shape and word, and the evidence that
/// decided it. Gates that have no evidence at all are not shown.
class GatesPanel : public QWidget {
    Q_OBJECT

public:
    explicit GatesPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    std::uint64_t shownSnapshot() const { return m_snapshot; }
    const std::vector<GateRow*>& rows() const { return m_rows; }
    QString remark() const;
    /// For a page that nobody clicks on: all evidence of all gates.
    void setPrinted();

public slots:
    /// The next gate that is not passed, after the one shown last, around the end: activates it.
    void showNext() { showOther(1); }
    void showPrevious() { showOther(-1); }

signals:
    void overrideEntered(stepscope::GateId gate, const QString& reason);
    /// The user asks to see where `evidence` of `gate` is: its place, or where it can be answered.
    void evidenceActivated(stepscope::GateId gate, const stepscope::Evidence& evidence);
    /// `row` is being looked at and should be on the screen.
    void rowShown(QWidget* row);

private:
    void showGates(const std::vector<GateResult>& gates);
    void showOther(int direction);

    PanelSection* m_section;
    std::vector<GateRow*> m_rows;
    std::uint64_t m_snapshot = 0;
    std::ptrdiff_t m_current = -1; ///< the row shown last
    bool m_isPrinted = false;
};

} // namespace stepscope
