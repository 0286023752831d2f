#pragma once

#include "widgets/viewmodel/spanref.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace stepscope {

class AreaFigures;
class DetailLines;
class ThemedLabel;

/// What the selected area of the lanes holds: its figures, the names with most time, a line for each lane.
/// Made to be wide and low.
class AreaPanel : public QWidget {
    Q_OBJECT

public:
    /// The figures must outlive the panel.
    explicit AreaPanel(const AreaFigures& figures, QWidget* parent = nullptr);

    const AreaFigures& figures() const { return m_figures; }
    QSize sizeHint() const override;

signals:
    /// A name was followed to its longest span.
    void showRequested(const stepscope::SpanRef& span);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeHead();
    void showNumbers();
    void showState();
    void copyAll() const;
    void applyTheme();

    const AreaFigures& m_figures;
    QTimer m_patience; // what is there soon needs no word
    ThemedLabel* m_length;
    ThemedLabel* m_place;
    ThemedLabel* m_state;
    QPushButton* m_copyAll;
    ThemedLabel* m_figuresTitle;
    ThemedLabel* m_namesTitle;
    ThemedLabel* m_lanesTitle;
    DetailLines* m_figureLines;
    DetailLines* m_nameLines;
    DetailLines* m_laneLines;
};

} // namespace stepscope
