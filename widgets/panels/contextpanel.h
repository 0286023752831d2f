#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace stepscope {

class PanelSection;
class ThemedLabel;

/// The measurement context in short: how many required fields are missing, and what is known. Its tooltip
/// tells every field and its source.
class ContextPanel : public QWidget {
    Q_OBJECT

public:
    explicit ContextPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    QString remark() const;
    QString knownText() const;

private:
    PanelSection* m_section;
    ThemedLabel* m_known;
    std::optional<MeasurementContext> m_shown;
};

} // namespace stepscope
