#pragma once

#include "widgets/viewmodel/latestjob.h"
#include "widgets/viewmodel/spansearch.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QToolButton;

namespace stepscope {

class SpanSelection;
class ThemedLabel;
class TimelineViewport;
class TraceDocument;

/// A strip over the timeline to find spans by name: a line to type into, how many there are, and from one to
/// the next. Hidden until it is asked for. Searches off the GUI thread, from each letter on. GUI thread only.
class FindBar : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the bar.
    FindBar(const TraceDocument& document, const TimelineViewport& viewport, const SpanSelection& selection,
            QWidget* parent = nullptr);

    /// What was found last; of the text that is typed once isSearching() is over.
    const SpanSearch& found() const { return m_found; }
    bool isSearching() const { return m_job.isBusy(); }
    /// What it says beside the line.
    QString told() const;
    QLineEdit& field() const { return *m_field; }
    /// Returns when all is found. For tests.
    void waitForFinished() { m_job.waitForFinished(); }

public slots:
    /// Shows it and lets one type.
    void open();
    /// The next one after the selected span, or before it; without one the first in view. After the last
    /// comes the first again. Opens the bar where there is nothing to find yet.
    void showNext();
    void showPrevious();

signals:
    void showRequested(const stepscope::SpanRef& span);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void search();
    void take(const SpanSearch& found);
    void step(Neighbour direction);
    void shut();
    void tell();

    const TraceDocument& m_document;
    const TimelineViewport& m_viewport;
    const SpanSelection& m_selection;
    QLineEdit* m_field;
    ThemedLabel* m_told;
    QToolButton* m_previous;
    QToolButton* m_next;
    SpanSearch m_found;
    std::optional<Neighbour> m_wanted; ///< a step that was asked for before all was found
    LatestJob<SpanSearch> m_job;
};

} // namespace stepscope
