#pragma once

#include <QWidget>

namespace stepscope {

class GapHistogramPlot;
class TimelineViewport;
class TimelineWidget;
class TraceDocument;
class VerdictBanner;

/// One page that says it all without a window: verdict, lanes of the steady window, gap histogram, budget,
/// gates, and the context without which the numbers mean nothing. To be grabbed into a picture.
class ReportPage : public QWidget {
    Q_OBJECT

public:
    /// `document` must be open and outlive the page.
    explicit ReportPage(TraceDocument* document, QWidget* parent = nullptr);

private:
    QWidget* makeLeft(TraceDocument* document);
    QWidget* makeRight(const TraceDocument& document);
    QWidget* makeHead(const TraceDocument& document);
    QWidget* makeFoot(const TraceDocument& document);

    TimelineViewport* m_viewport;
};

} // namespace stepscope
