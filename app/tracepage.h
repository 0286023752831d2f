#pragma once

#include "core/gates/assessment.h"
#include "core/trace/importlog.h"
#include "widgets/viewmodel/spanref.h"

#include <QWidget>

#include <memory>

class QScrollArea;
class QSplitter;

namespace stepscope {

class AreaFigures;
class AreaSelection;
class BottomTabs;
class BudgetPanel;
class CapturePanel;
class ContextPanel;
class DetailPanel;
class FindBar;
class GapAutopsyPanel;
class GapHistogramPlot;
class GapNavigator;
class GatesPanel;
class GoToBox;
class ImportLogPanel;
class LaneList;
class MeasurementFields;
class ReconcilePanel;
class SelectionPanel;
class Settings;
class SpanSelection;
class TimelineViewport;
class TimelineWidget;
class TopKernelsPanel;
class TraceDocument;

/// The views of an open trace: timeline over histogram and selection on the left, numbers on the right. It
/// hands each snapshot of the document to all of them in one go, and leads from a panel to its place on the
/// timeline.
class TracePage : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the page.
    TracePage(TraceDocument* document, TimelineViewport* viewport, Settings& settings,
              QWidget* parent = nullptr);
    ~TracePage() override;

    /// Of the panels beside the timeline.
    int columnWidth() const;

    TimelineWidget& timeline() const { return *m_timeline; }
    TraceDocument& document() const { return *m_document; }
    LaneList& lanes() const { return *m_lanes; }
    SpanSelection& selection() const { return *m_selection; }
    AreaSelection& areas() const { return *m_areas; }
    AreaFigures& areaFigures() const { return *m_areaFigures; }
    GapNavigator& gaps() const { return *m_gaps; }
    GatesPanel& gatesPanel() const { return *m_gates; }
    BottomTabs& tabs() const { return *m_tabs; }
    FindBar& findBar() const { return *m_findBar; }
    GoToBox& goToBox() const { return *m_goTo; }
    const MeasurementFields& measurementFields() const { return *m_measurement; }
    const BudgetPanel& budgetPanel() const { return *m_budget; }
    GapHistogramPlot& histogram() const { return *m_histogram; }
    const GapAutopsyPanel& gapAutopsy() const { return *m_autopsy; }
    const ReconcilePanel& reconcilePanel() const { return *m_reconcile; }
    const ImportLogPanel& importLog() const { return *m_importLog; }
    const SelectionPanel& selectionPanel() const { return *m_selected; }
    const DetailPanel& detailPanel() const;
    const TopKernelsPanel& topKernelsPanel() const { return *m_topKernels; }
    const ContextPanel& contextPanel() const { return *m_context; }

signals:
    /// The measurement context is wanted, to edit it.
    void contextRequested();
    /// What a damaged place of the file means is wanted.
    void damageRequested();

public slots:
    void showImportLog();
    /// The first operation of that name in the window.
    void showKernel(stepscope::NameId name);
    /// From the selected work to the call that launched it, and back.
    void showLaunchOrWork();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeColumn();
    void connectPanels();
    void connectGaps();
    void showIndex();
    void splitLeft();
    void showAssessment(const std::shared_ptr<const Assessment>& assessment);
    void showSelection();
    void markGap();
    void showImportPlace(const ImportPlace& place);
    void showEvidence(GateId gate, const Evidence& evidence);

    TraceDocument* m_document;
    Settings& m_settings;
    LaneList* m_lanes;
    SpanSelection* m_selection;
    AreaSelection* m_areas;
    AreaFigures* m_areaFigures;
    GapNavigator* m_gaps;
    TimelineWidget* m_timeline;
    GapHistogramPlot* m_histogram;
    GapAutopsyPanel* m_autopsy;
    ReconcilePanel* m_reconcile;
    SelectionPanel* m_selected;
    ImportLogPanel* m_importLog;
    BottomTabs* m_tabs;
    BudgetPanel* m_budget;
    MeasurementFields* m_measurement;
    GatesPanel* m_gates;
    TopKernelsPanel* m_topKernels;
    ContextPanel* m_context;
    CapturePanel* m_capture;
    FindBar* m_findBar;
    GoToBox* m_goTo;
    QSplitter* m_leftSplitter;
    QScrollArea* m_column;
    bool m_isSplitByUser = false;
};

} // namespace stepscope
