#pragma once

#include "core/gates/gate.h"

#include <QWidget>

namespace stepscope {

class ThemedLabel;

/// One gate of the checklist as a line: sign, number and title, and the deciding evidence below or beside it.
class GateRow : public QWidget {
    Q_OBJECT

public:
    explicit GateRow(QWidget* parent = nullptr);

    void showGate(const GateResult& gate);

private:
    ThemedLabel* m_sign;
    ThemedLabel* m_title;
    ThemedLabel* m_evidence;
};

} // namespace stepscope
