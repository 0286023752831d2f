#pragma once

#include "core/base/time.h"
#include "widgets/viewmodel/spanref.h"

#include <QWidget>

class QPushButton;
class QScrollArea;

namespace stepscope {

class DetailLines;
class GapNavigator;
class ThemedLabel;
class WaterfallView;

/// The navigator's current gap taken apart: who had which part of it, what ran before and after, which call
/// ended it. Works only while it is seen; when it is opened without a current gap it asks for the longest.
class GapAutopsyPanel : public QWidget {
    Q_OBJECT

public:
    /// The navigator must outlive the panel.
    explicit GapAutopsyPanel(GapNavigator& navigator, QWidget* parent = nullptr);

    const WaterfallView& waterfall() const { return *m_waterfall; }
    /// The sentence in place of a gap; empty while there is one.
    QString emptyText() const;

    QSize sizeHint() const override;

signals:
    /// The gap as a whole, or one of its parts, is to be seen on the timeline.
    void gapRequested(stepscope::TimeRange gap);
    void partRequested(stepscope::TimeRange part);
    /// The operation before or after, the launch or the blocking call.
    void showRequested(const stepscope::SpanRef& span);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showGap();
    void showPosition();
    void showWhole();
    void applyTheme();
    void fitHeight();
    QScrollArea* makeScroll(QWidget* content);
    QWidget* makeFacts();

    GapNavigator& m_navigator;
    ThemedLabel* m_empty;
    QWidget* m_content;
    WaterfallView* m_waterfall;
    ThemedLabel* m_title;
    QPushButton* m_show;
    DetailLines* m_facts;
    ThemedLabel* m_selfTitle;
    DetailLines* m_selfTimes;
    QScrollArea* m_left;
    QScrollArea* m_right;
};

} // namespace stepscope
