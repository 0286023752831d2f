#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/timereading.h"

#include <QWidget>

#include <memory>

class QPushButton;
class QScrollArea;

namespace stepscope {

class DetailLines;
class NameView;
class SpanSelection;
class ThemedLabel;

/// What is known of the selected span: its whole name, to be read and copied, and a line for each fact. Made
/// to be wide and low.
class DetailPanel : public QWidget {
    Q_OBJECT

public:
    explicit DetailPanel(SpanSelection& selection, QWidget* parent = nullptr);

    /// The trace that selections are in, with its present steps; null when none is open. Of another trace
    /// nothing is shown until the next selection.
    void setIndex(std::shared_ptr<const TraceIndex> index);
    /// How places in time are told.
    void setReading(const TimeReading& reading);
    /// What is shown; without a name when nothing is.
    const SpanDetails& details() const { return m_details; }

    /// Whether there is something to go back to, with a button.
    void offerBack(bool isOffered);

    QSize sizeHint() const override;

signals:
    void backRequested();
    /// A link was followed: the launch call of an operation, what a call launched.
    void showRequested(const stepscope::SpanRef& span);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showSpan(const SpanRef& span);
    void copyName() const;
    void copyAll() const;
    void applyTheme();
    QWidget* makeHead();

    SpanSelection& m_selection;
    std::shared_ptr<const TraceIndex> m_index;
    TimeReading m_reading;
    SpanRef m_span; ///< that is shown
    SpanDetails m_details;
    ThemedLabel* m_empty;
    QScrollArea* m_scroll;
    QWidget* m_content;
    ThemedLabel* m_kind;
    ThemedLabel* m_length;
    QPushButton* m_back;
    QPushButton* m_copyName;
    QPushButton* m_copyAll;
    NameView* m_name;
    DetailLines* m_lines;
};

} // namespace stepscope
