#pragma once

#include <QWidget>

class QAction;
class QLabel;

namespace stepscope {

class StepNavigator;

/// "‹ Step 205 / 369 ›" in the toolbar.
class StepBar : public QWidget {
    Q_OBJECT

public:
    /// The navigator must outlive the bar.
    StepBar(StepNavigator* navigator, QWidget* parent = nullptr);

private:
    void showStep();

    StepNavigator* m_navigator;
    QLabel* m_text;
};

} // namespace stepscope
