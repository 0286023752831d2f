#pragma once

#include "core/gates/assessment.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QPushButton;

namespace stepscope {

class PanelSection;
class ThemedLabel;
class TopKernelsModel;
class TopKernelsTable;

/// What ran in the steps of the window, by name. The first rows at once, all on request.
class TopKernelsPanel : public QWidget {
    Q_OBJECT

public:
    explicit TopKernelsPanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const TraceIndex>& index,
                       const std::shared_ptr<const Assessment>& assessment);
    /// The snapshot that the table shows: an older one while a large window is summed in the background.
    std::uint64_t shownSnapshot() const;
    TopKernelsModel& model() const { return *m_model; }
    TopKernelsTable& table() const { return *m_table; }

signals:
    /// Double click or Enter on a row; of copies, the name of the first one.
    void kernelActivated(stepscope::NameId name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void showState();
    QString caption() const;
    QString order() const;

    TopKernelsModel* m_model;
    PanelSection* m_section;
    ThemedLabel* m_caption;
    TopKernelsTable* m_table;
    QPushButton* m_more;
    QTimer m_patience; ///< what is summed before it ends needs no word
    bool m_isUpdating = false;
};

} // namespace stepscope
