#pragma once

#include "widgets/viewmodel/reconcilecontent.h"

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace stepscope {

class ErrorScale;
class IntervalBar;
class ThemedLabel;

/// Gate 3 in full: is the capture right, where do the tokens per step come from, does the trace speak for the
/// server. Works only while it is seen.
class ReconcilePanel : public QWidget {
    Q_OBJECT

public:
    explicit ReconcilePanel(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    std::uint64_t shownSnapshot() const { return m_assessment ? m_assessment->snapshot : 0; }
    const ReconcileContent& shownContent() const { return m_content; }

    QSize sizeHint() const override { return {800, 200}; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Figure {
        ThemedLabel* label;
        ThemedLabel* value;
    };

    QWidget* makeCapture();
    QWidget* makeTokens();
    QWidget* makeServer();
    Figure addFigure(QGridLayout* grid, int column, const QString& label);
    ThemedLabel* addSentence(QVBoxLayout* layout);
    void placeColumns();
    void showContent();
    void showCapture();
    void showTokens();
    void showServer();
    void applyTheme();

    std::shared_ptr<const Assessment> m_assessment;
    ReconcileContent m_content;
    QScrollArea* m_scroll;
    QGridLayout* m_columns;
    QWidget* m_capturePart;
    QWidget* m_tokensPart;
    QWidget* m_serverPart;
    Figure m_cadence;
    Figure m_tokens;
    Figure m_predicted;
    Figure m_tpot;
    ThemedLabel* m_error;
    ErrorScale* m_scale;
    ThemedLabel* m_captureSentence;
    QGridLayout* m_tokensGrid;
    std::vector<std::vector<ThemedLabel*>> m_tokensRows;
    Figure m_slowdown;
    ThemedLabel* m_serverSentence;
    IntervalBar* m_interval;
    ThemedLabel* m_intervalSentence;
    ThemedLabel* m_betweenSteps;
};

} // namespace stepscope
