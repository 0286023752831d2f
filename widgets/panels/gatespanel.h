#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace stepscope {

class GateRow;
class PanelSection;

/// The checklist of the reference device: one line a gate, its state by sign and word, and the evidence that
/// decided it. Gates that have no evidence at all are not shown.
class GatesPanel : public QWidget {
    Q_OBJECT

public:
    explicit GatesPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    std::uint64_t shownSnapshot() const { return m_snapshot; }

private:
    void showGates(const std::vector<GateResult>& gates);

    PanelSection* m_section;
    std::vector<GateRow*> m_rows;
    std::uint64_t m_snapshot = 0;
};

} // namespace stepscope
