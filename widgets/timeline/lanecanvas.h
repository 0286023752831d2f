#pragma once

#include "widgets/timeline/areaoutline.h"
#include "widgets/timeline/gapmark.h"
#include "widgets/timeline/lanelabels.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/lanepicture.h"
#include "widgets/timeline/lanesight.h"
#include "widgets/timeline/litgaps.h"
#include "widgets/timeline/spanboxes.h"
#include "widgets/timeline/timelinerow.h"
#include "widgets/timeline/tornedge.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/spanselection.h"

#include <optional>

namespace stepscope {

/// All lanes of the list, with their labels. The lanes are a LanePicture; selection, window, boundaries and
/// cursor are painted over it.
class LaneCanvas : public TimelineRow {
    Q_OBJECT

public:
    LaneCanvas(TimelineState& state, LaneList& lanes, SpanSelection& selection, AreaSelection& areas,
               QWidget* parent);

    int contentHeight() const { return m_layout.contentHeight(); }
    int scrollOffset() const { return m_sight.offset(); }
    /// What of the content is seen at a height of the widget; pinned lanes do not scroll.
    int contentAt(int height) const { return m_sight.contentAt(height); }
    /// Of the pinned lanes that stay at the top.
    int pinnedHeight() const { return m_sight.pinnedHeight(); }
    void setScrollOffset(int offset);
    /// Scrolls as far as needed to see a lane as a whole.
    void scrollTo(std::size_t lane);

    /// The lane at a height of the widget; null beside all lanes.
    const Lane* laneAt(int y) const;
    /// The device whose lane lies at a height of the widget; none for host lanes.
    std::optional<DeviceId> deviceAt(int y) const;
    /// The bar of a device's head, in own coordinates.
    QRect barRect(DeviceId device) const;
    /// What is drawn of the lane, in own coordinates.
    QRect laneRect(std::size_t lane) const;
    /// A span, in own coordinates, at least one pixel wide; empty where it is not drawn at present.
    QRectF spanRect(const SpanRef& span) const;

    /// The span at a position: exactly there, or the nearest within two pixels of its row.
    SpanRef spanAt(QPointF at) const;
    /// The edge of what is drawn on the lane there, the nearest within `reach` pixels.
    std::optional<TimePoint> edgeNear(QPointF at, double reach) const;
    /// Selects the span there; nothing, where there is none. On an idle spot of the reference device's bar it
    /// says which gap that is, where the gap is wide enough to be meant.
    void selectAt(QPointF at);
    /// Shows an area that is being drawn: a range over the lanes between two heights of the content, of which
    /// those beside all lanes mean the nearest.
    void drawArea(TimeRange range, int fromHeight, int toHeight);
    void cancelArea();
    /// Selects what is being drawn; false when nothing is.
    bool finishArea();
    /// The drawn or else the selected area as it is seen, in own coordinates.
    AreaOutline areaOutline() const;
    /// Points out a gap of the reference device, or none.
    void setMarkedGap(const std::optional<MarkedGap>& gap);
    const std::optional<MarkedGap>& markedGap() const { return m_markedGap; }
    /// Its outline as it is drawn, and the arrow from its launch call, in own coordinates.
    QRectF markedGapOutline() const;
    std::optional<QLineF> markedGapArrow() const;
    /// From the selected call to what it launched, or from the call that launched the selected work; nothing
    /// where one of them is not drawn.
    std::optional<QLineF> launchArrowOfSelection() const;
    /// Lights the gaps of these lengths on the reference device's lane; none: no gap.
    void setLitBands(const std::optional<BandRange>& bands);
    const std::optional<BandRange>& litBands() const { return m_litGaps.bands(); }
    /// The device pixels of the time area in which one of them lies.
    const std::vector<ColumnRun>& litColumns();
    /// Where a device's lane breaks off because its file is cut, in own coordinates; nothing is drawn of it
    /// for other lanes.
    TornEdge tornEdgeOf(std::size_t lane) const;
    /// What it means, at a position on such an edge or beyond it; empty elsewhere.
    QString tornTextAt(QPointF at) const;
    /// What a tooltip says at a position, as plain text; empty for none.
    QString toolTipAt(QPoint at) const;
    /// A click on a label: triangles and host heads expand or collapse, the rest of a device's labels makes
    /// it the reference.
    void pressLabel(QPoint at);

signals:
    void scrolled(int offset);
    /// The height of the content is another one.
    void layoutChanged();
    void gapClicked(stepscope::TimePoint time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void appearanceChanged() override;
    QRect viewDependent() const override { return timeRect(); }

private:
    struct Hit {
        const Lane* lane = nullptr;
        const SpanRow* row = nullptr;
        SpanHit span;
        SpanRef ref;
    };

    void updateLayout();
    void paintSeparators(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintSelection(QPainter& painter) const;
    void paintMeasuringTape(QPainter& painter) const;
    void paintMarkedGap(QPainter& painter) const;
    void paintSelectedArea(QPainter& painter) const;
    void paintLitBands(QPainter& painter);
    enum class TornLayer { Ground, Line };
    void paintTornEdges(QPainter& painter, TornLayer layer) const;
    std::optional<TimePoint> idleAt(QPointF at) const;
    /// Calls `visit(lane)` for all lanes in sight; none paints over pinned ones that is not.
    template <class Visit> void forEachLane(QPainter& painter, Visit visit) const;
    /// Where a lane can be seen, of the whole width.
    QRect sightOf(std::size_t lane) const;
    QRect sightOf(const SpanRef& span) const;
    std::optional<std::size_t> headOf(DeviceId device) const;
    std::optional<Hit> hitAt(QPointF at) const;
    QString spanToolTipAt(QPointF at) const;
    QString ownerToolTipAt(QPointF at) const;

    LaneList& m_lanes;
    SpanSelection& m_selection;
    AreaSelection& m_areas;
    AreaRef m_drawnArea; // none while none is drawn
    LaneLabels m_labels;
    LaneLayout m_layout;
    std::optional<MarkedGap> m_markedGap;
    SpanRef m_partner; ///< what the selected span launched, or what launched it
    LitGaps m_litGaps;
    LaneSight m_sight;
    LanePicture m_picture;
};

} // namespace stepscope
