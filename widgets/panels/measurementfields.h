#pragma once

#include "core/base/time.h"
#include "core/gates/assessment.h"

#include <QWidget>

class QLineEdit;

namespace stepscope {

class ThemedLabel;

/// What the user types: the edges of the window in seconds, the driver's TPOT and the tokens per step; and
/// what a loaded driver record says. Shows
/// what is in force; a text that is no number is marked and changes nothing.
class MeasurementFields : public QWidget {
    Q_OBJECT

public:
    explicit MeasurementFields(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    /// Puts the cursor where the driver's TPOT, or the tokens per step, are typed.
    void editTpot();
    void editTokensPerStep();

signals:
    void windowEntered(stepscope::TimeRange window);
    void driverEntered(const stepscope::DriverNumbers& driver);

private:
    static void edit(QLineEdit* field);
    QLineEdit* addField(const QString& name, const QString& toolTip, const QString& placeholder);
    void enterWindow();
    void enterDriver();
    void showRecord();
    void mark(QLineEdit* field, bool isWrong);

    QLineEdit* m_start;
    QLineEdit* m_end;
    QLineEdit* m_tpot;
    QLineEdit* m_tokens;
    ThemedLabel* m_record;
    TimeRange m_window;
    DriverNumbers m_driver;
};

} // namespace stepscope
