#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <memory>

class QSplitter;

namespace stepscope {

class BudgetPanel;
class CapturePanel;
class GapHistogramPlot;
class GatesPanel;
class MeasurementFields;
class Settings;
class TimelineViewport;
class TimelineWidget;
class TraceDocument;

/// The views of an open trace: timeline over histogram on the left, numbers on the right. It hands each
/// snapshot of the document to all of them in one go.
class TracePage : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the page.
    TracePage(TraceDocument* document, TimelineViewport* viewport, Settings& settings,
              QWidget* parent = nullptr);
    ~TracePage() override;

    TimelineWidget& timeline() const { return *m_timeline; }
    const BudgetPanel& budgetPanel() const { return *m_budget; }
    const GatesPanel& gatesPanel() const { return *m_gates; }
    const GapHistogramPlot& histogram() const { return *m_histogram; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showIndex();
    void splitLeft();
    void showAssessment(const std::shared_ptr<const Assessment>& assessment);
    int columnWidth() const;

    TraceDocument* m_document;
    Settings& m_settings;
    TimelineWidget* m_timeline;
    GapHistogramPlot* m_histogram;
    BudgetPanel* m_budget;
    GatesPanel* m_gates;
    MeasurementFields* m_measurement;
    CapturePanel* m_capture;
    QSplitter* m_leftSplitter;
    bool m_isSplitByUser = false;
};

} // namespace stepscope
