#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace stepscope {

class PanelSection;
class ThemedLabel;

/// The measurement context in short: how many required fields are missing, where sources contradict each
/// other, what is known, what is likely. Its tooltip tells every field and its source.
class ContextPanel : public QWidget {
    Q_OBJECT

public:
    explicit ContextPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    QString remark() const;
    QString knownText() const;
    /// What is likely and waits to be confirmed; empty: nothing.
    QString hintText() const;
    /// Where sources say different things; empty when they agree.
    QString contradictions() const;

signals:
    void editRequested();

private:
    QWidget* makeFoot();
    void showTexts(const MeasurementContext& context);

    PanelSection* m_section;
    ThemedLabel* m_contradictions;
    ThemedLabel* m_known;
    ThemedLabel* m_hints;
    ThemedLabel* m_command;
    std::optional<MeasurementContext> m_shown;
    bool m_hasCommand = false;
};

} // namespace stepscope
