#pragma once

#include "core/gates/gate.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QToolButton;
class QVBoxLayout;

namespace stepscope {

class EvidenceLine;
class OverrideLine;
class ThemedLabel;

/// One gate of the checklist: sign, number, title and state as a word; below it what decided it, or when
/// opened every row of evidence. A passed gate that is closed is one line.
class GateRow : public QWidget {
    Q_OBJECT

public:
    explicit GateRow(QWidget* parent = nullptr);

    void showGate(const GateResult& gate);
    const GateResult& gate() const { return m_gate; }
    /// Whether it asks for a look: neither passed nor not applicable.
    bool needsAttention() const;

    bool isOpened() const;
    void setOpened(bool isOpened);
    /// Goes to what decided the gate and puts the focus there.
    void activate();
    /// For a page that nobody clicks on: all evidence, without a way to close it.
    void setPrinted();

    /// What is shown below the title, in order.
    std::vector<const EvidenceLine*> shownEvidence() const;

signals:
    /// The user overrides the gate for `reason`; an empty one takes it back.
    void overrideEntered(stepscope::GateId gate, const QString& reason);
    /// The user asks to see where `evidence` of `gate` is, or where it can be answered.
    void evidenceActivated(stepscope::GateId gate, const stepscope::Evidence& evidence);

protected:
    void mousePressEvent(QMouseEvent* event) override;

private:
    static bool leadsSomewhere(GateId gate, const Evidence& evidence);
    void showState();
    void showEvidence();
    void showOverride(bool isWhole);

    QToolButton* m_head;
    ThemedLabel* m_sign;
    ThemedLabel* m_title;
    ThemedLabel* m_state;
    QVBoxLayout* m_evidence;
    std::vector<EvidenceLine*> m_lines;
    OverrideLine* m_override = nullptr; ///< made when a gate first fails
    QGridLayout* m_grid;
    GateResult m_gate;
    bool m_isPrinted = false;
};

} // namespace stepscope
