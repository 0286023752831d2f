#pragma once

#include "core/base/time.h"
#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QGridLayout;
class QLineEdit;

namespace stepscope {

class ThemedLabel;

/// What the user types: the edges of the window in seconds, the tokens per step, the driver's TPOT without
/// the profiler and that of the captured round, and the time to first token where a record needs it; and what
/// loaded driver records say. Shows what is in force; a text that is no number is marked and changes nothing.
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
    /// A number of one of the driver's rounds.
    struct NumberField {
        QLineEdit* field;
        RoundNumbers DriverNumbers::*round;
        std::optional<double> RoundNumbers::*number;
    };

    static void edit(QLineEdit* field);
    using LabelledField = std::pair<QString, QLineEdit*>;
    void addRow(QGridLayout* grid, const LabelledField& first, const LabelledField& second);
    void addNumberFields();
    void showTtft();
    QLineEdit* addField(const QString& name, const QString& toolTip);
    void enterWindow();
    void enterDriver();
    void showRecord();
    void mark(QLineEdit* field, bool isWrong);

    QLineEdit* m_start;
    QLineEdit* m_end;
    QLineEdit* m_tpot;
    QLineEdit* m_tokens;
    QLineEdit* m_profiledTpot;
    QLineEdit* m_ttft;
    std::vector<NumberField> m_numbers;
    ThemedLabel* m_ttftLabel = nullptr;
    ThemedLabel* m_record;
    TimeRange m_window;
    DriverNumbers m_driver;
};

} // namespace stepscope
