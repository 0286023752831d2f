#pragma once

#include "core/base/time.h"

#include <QWidget>

namespace stepscope {

class AreaSelection;
class LaneList;
class SpanSelection;
class TraceDocument;

/// One page that says it all without a window: verdict, lanes of the steady window and of a few of its steps,
/// gap histogram, budget, gates with their evidence, top kernels, and the context without which the numbers
/// mean nothing. It is composed for a picture, has a width of its own, and has no lanes or selection in
/// common with the window.
class ReportPage : public QWidget {
    Q_OBJECT

public:
    /// `document` must be open and outlive the page. `ratio`: pixels of the picture for each of the page's.
    ReportPage(TraceDocument* document, double ratio, QWidget* parent = nullptr);
    ~ReportPage() override;

private:
    QWidget* makeHead();
    QWidget* makeLeft();
    QWidget* makeRight();
    QWidget* makeContext();
    QWidget* makeFoot();
    /// A timeline of its own that shows `view`, high enough for all its lanes.
    QWidget* makeTimeline(LaneList* lanes, TimeRange view, QWidget* parent);

    TraceDocument* m_document;
    double m_ratio;
    LaneList* m_windowLanes;
    LaneList* m_stepLanes; ///< with the host's calls, which say nothing over a whole window
    SpanSelection* m_selection;
    AreaSelection* m_areas;
    QWidget* m_body;
};

} // namespace stepscope
