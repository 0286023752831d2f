#include "widgets/timeline/lanecanvas.h"

#include "core/analysis/tornend.h"
#include "core/lod/pixelcoverage.h"
#include "widgets/timeline/boundarylines.h"
#include "widgets/timeline/lanetext.h"
#include "widgets/timeline/tapemark.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanneighbours.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

constexpr double clickReach = 2.0; // logical pixels: a span of one pixel can be hit
constexpr double narrowestOutline = 3.0;
constexpr double tapeHeight = 14.0;   // below the top edge
constexpr double narrowestIdle = 4.0; // a gap that is narrower was hardly meant

} // namespace

LaneCanvas::LaneCanvas(TimelineState& state, LaneList& lanes, SpanSelection& selection, AreaSelection& areas,
                       QWidget* parent)
    : TimelineRow(state, parent), m_lanes(lanes), m_selection(selection), m_areas(areas),
      m_labels(state, lanes)
{
    setAccessibleName(tr("Device and host lanes"));
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] {
        setScrollOffset(0);
        setMarkedGap(std::nullopt);
        cancelArea();
        m_litGaps.forget();
    });
    connect(&lanes, &LaneList::changed, this, &LaneCanvas::updateLayout);
    connect(&selection, &SpanSelection::changed, this, [this](const SpanRef& span) {
        const auto& index = this->state().document().index();
        m_partner = index ? launchPartner(*index, span) : SpanRef();
        update();
    });
    connect(&areas, &AreaSelection::changed, this, qOverload<>(&QWidget::update));
    updateLayout();
}

void LaneCanvas::updateLayout()
{
    m_layout = LaneLayout(m_lanes.lanes(), height());
    const int offset = scrollOffset();
    m_sight = LaneSight(m_layout, m_lanes.pinnedLanes(), height());
    m_sight.scrollTo(offset);
    if (scrollOffset() != offset)
        emit scrolled(scrollOffset());
    emit layoutChanged();
    update();
}

void LaneCanvas::resizeEvent(QResizeEvent*)
{
    updateLayout();
}

void LaneCanvas::setScrollOffset(int offset)
{
    const int before = scrollOffset();
    m_sight.scrollTo(offset);
    if (scrollOffset() == before)
        return;
    emit scrolled(scrollOffset());
    update();
}

void LaneCanvas::scrollTo(std::size_t lane)
{
    LaneSight sight = m_sight;
    sight.show(lane);
    setScrollOffset(sight.offset());
}

QRect LaneCanvas::sightOf(std::size_t lane) const
{
    return rect().adjusted(0, m_sight.edgeOver(lane), 0, 0);
}

QRect LaneCanvas::sightOf(const SpanRef& span) const
{
    const auto place = m_lanes.placeOf(span);
    return place ? sightOf(place->lane) : rect();
}

template <class Visit> void LaneCanvas::forEachLane(QPainter& painter, Visit visit) const
{
    painter.save();
    for (std::size_t lane = m_sight.pinned().first; lane < m_sight.pinned().second; ++lane)
        visit(lane);
    const auto [first, last] = m_sight.scrolled();
    if (first < last)
        painter.setClipRect(sightOf(first), Qt::IntersectClip);
    for (std::size_t lane = first; lane < last; ++lane)
        visit(lane);
    painter.restore();
}

const Lane* LaneCanvas::laneAt(int y) const
{
    const auto lane = y < 0 ? std::nullopt : m_layout.laneAt(contentAt(y));
    return lane ? &m_lanes.lanes()[*lane] : nullptr;
}

std::optional<DeviceId> LaneCanvas::deviceAt(int y) const
{
    const Lane* const lane = laneAt(y);
    if (lane == nullptr || !lane->device.isValid())
        return std::nullopt;
    return lane->device;
}

QRect LaneCanvas::laneRect(std::size_t lane) const
{
    const LaneBox& box = m_layout.box(lane);
    const QRect area = timeRect();
    return {area.left(), box.barTop - m_sight.shiftOf(lane), area.width(), box.barHeight()};
}

std::optional<std::size_t> LaneCanvas::headOf(DeviceId device) const
{
    const auto& lanes = m_lanes.lanes();
    const auto head = std::find_if(lanes.begin(), lanes.end(), [device](const Lane& lane) {
        return lane.kind == LaneKind::DeviceBusy && lane.device == device;
    });
    return head == lanes.end() ? std::nullopt : std::optional<std::size_t>(head - lanes.begin());
}

QRect LaneCanvas::barRect(DeviceId device) const
{
    const auto head = headOf(device);
    return head ? laneRect(*head) : QRect();
}

QRectF LaneCanvas::spanRect(const SpanRef& span) const
{
    const auto place = m_lanes.placeOf(span);
    if (!place)
        return {};
    const TimeAxis time = axis();
    const TimeRange range = spanRange(*state().document().index(), span);
    if (range.end < time.range.begin || range.begin > time.range.end)
        return {};
    const double left = std::max(time.xOf(range.begin), double(time.left));
    const double right = std::min(time.xOf(range.end), double(time.right()));
    const LaneBox& box = m_layout.box(place->lane);
    return {left, double(box.subRowTop(place->subRow) - m_sight.shiftOf(place->lane)),
            std::max(1.0, right - left), double(box.subRowHeight)};
}

std::optional<LaneCanvas::Hit> LaneCanvas::hitAt(QPointF at) const
{
    const QRect area = timeRect();
    if (!area.contains(at.toPoint()))
        return std::nullopt;
    const int y = contentAt(static_cast<int>(at.y()));
    const auto found = m_layout.laneAt(y);
    if (!found || m_lanes.lanes()[*found].spans == nullptr)
        return std::nullopt;
    const Lane& lane = m_lanes.lanes()[*found];
    const LaneBox& box = m_layout.box(*found);
    if (y < box.barTop || y >= box.barTop + box.barHeight())
        return std::nullopt;
    const SpanRow& row = lane.spans->rows[m_layout.subRowAt(*found, y)];
    const double ratio = devicePixelRatioF();
    const auto span = stepscope::spanAt(row, state().viewport().view(), qRound(area.width() * ratio),
                                        (at.x() - area.left()) * ratio, clickReach * ratio);
    if (!span)
        return std::nullopt;
    return Hit{&lane, &row, *span, lane.refOf(row.id(span->position))};
}

SpanRef LaneCanvas::spanAt(QPointF at) const
{
    const auto hit = hitAt(at);
    return hit ? hit->ref : SpanRef();
}

std::optional<TimePoint> LaneCanvas::edgeNear(QPointF at, double reach) const
{
    const Lane* const lane = laneAt(static_cast<int>(at.y()));
    if (lane == nullptr)
        return std::nullopt;
    const TimeAxis time = axis();
    const TimePoint here = time.timeAt(at.x());
    std::optional<TimePoint> nearest;
    const auto consider = [&](TimePoint edge) {
        const double distance = std::abs(time.xOf(edge) - at.x());
        if (distance <= reach && (!nearest || distance < std::abs(time.xOf(*nearest) - at.x())))
            nearest = edge;
    };
    if (const SpanRef span = spanAt(at); !span.isNone()) {
        const TimeRange range = spanRange(*state().document().index(), span);
        consider(range.begin);
        consider(range.end);
    }
    if (!nearest && lane->device.isValid()) { // a busy stretch of the device
        const IntervalUnion& busy = state().document().index()->device(lane->device).occupancy.busy();
        const std::size_t next = busy.firstEndingAfter(here);
        for (std::size_t k = next == 0 ? 0 : next - 1; k <= next && k < busy.size(); ++k) {
            consider(busy[k].begin);
            consider(busy[k].end);
        }
    }
    return nearest;
}

void LaneCanvas::selectAt(QPointF at)
{
    m_areas.clear();
    m_selection.select(spanAt(at));
    if (const auto time = idleAt(at))
        emit gapClicked(*time);
}

std::optional<TimePoint> LaneCanvas::idleAt(QPointF at) const
{
    const DeviceId reference = state().document().reference();
    if (!state().document().isOpen() || !barRect(reference).contains(at.toPoint()))
        return std::nullopt;
    if (!sightOf(*headOf(reference)).contains(at.toPoint()))
        return std::nullopt; // a pinned lane lies over it
    const TimePoint time = axis().timeAt(at.x());
    const IntervalUnion& busy = state().document().index()->device(reference).occupancy.busy();
    const std::size_t next = busy.firstEndingAfter(time);
    if (next == 0 || next >= busy.size() || busy[next].begin <= time)
        return std::nullopt;
    const Duration length = busy[next].begin - busy[next - 1].end;
    return axis().pixelsOf(length) >= narrowestIdle ? std::optional(time) : std::nullopt;
}

void LaneCanvas::drawArea(TimeRange range, int fromHeight, int toHeight)
{
    if (m_layout.size() == 0)
        return;
    const auto nearest = [this](int height) {
        return m_layout.laneAt(std::clamp(height, 0, contentHeight() - 1)).value_or(m_layout.size() - 1);
    };
    const std::size_t first = nearest(std::min(fromHeight, toHeight));
    const std::size_t last = nearest(std::max(fromHeight, toHeight));
    m_drawnArea = AreaRef::of(m_lanes.lanes(), first, last + 1, range);
    update();
}

void LaneCanvas::cancelArea()
{
    m_drawnArea = {};
    update();
}

bool LaneCanvas::finishArea()
{
    const AreaRef drawn = std::exchange(m_drawnArea, {});
    update();
    if (drawn.isNone())
        return false;
    m_areas.select(drawn);
    return true;
}

AreaOutline LaneCanvas::areaOutline() const
{
    const AreaRef& area = m_drawnArea.isNone() ? m_areas.current() : m_drawnArea;
    return stepscope::areaOutline(axis(), m_layout, m_sight, m_lanes.lanes(), area);
}

void LaneCanvas::paintSelectedArea(QPainter& painter) const
{
    const AreaRef& area = m_drawnArea.isNone() ? m_areas.current() : m_drawnArea;
    if (area.isNone())
        return;
    painter.save();
    painter.setClipRect(timeRect());
    painter.setFont(smallFont());
    paintArea(painter, areaOutline(), QRectF(timeRect()), displaytext::duration(area.range.duration()),
              colours());
    painter.restore();
}

void LaneCanvas::setMarkedGap(const std::optional<MarkedGap>& gap)
{
    m_markedGap = gap;
    update();
}

void LaneCanvas::setLitBands(const std::optional<BandRange>& bands)
{
    if (bands == litBands())
        return;
    m_litGaps.setBands(bands);
    update(timeRect());
}

const std::vector<ColumnRun>& LaneCanvas::litColumns()
{
    const int columns = qRound(timeRect().width() * devicePixelRatioF());
    return m_litGaps.columns(state().document(), state().viewport().view(),
                             static_cast<std::size_t>(columns));
}

void LaneCanvas::paintLitBands(QPainter& painter)
{
    const auto head = headOf(state().document().reference());
    if (!litBands() || !head)
        return;
    painter.save();
    painter.setClipRect(sightOf(*head), Qt::IntersectClip);
    paintLitGaps(painter, litColumns(), barRect(state().document().reference()), colours());
    painter.restore();
}

QRectF LaneCanvas::markedGapOutline() const
{
    if (!m_markedGap)
        return {};
    return gapOutline(axis(), barRect(state().document().reference()), m_markedGap->gap);
}

std::optional<QLineF> LaneCanvas::markedGapArrow() const
{
    if (!m_markedGap)
        return std::nullopt;
    const TimeAxis time = axis();
    const TimePoint begin = m_markedGap->gap.end;
    if (!time.range.contains(begin))
        return std::nullopt;
    QRectF next = spanRect(m_markedGap->next);
    if (next.isEmpty()) { // collapsed: on the device's bar
        const QRect bar = barRect(state().document().reference());
        next = QRectF(time.xOf(begin), bar.top(), 1.0, bar.height());
    }
    return launchArrow(spanRect(m_markedGap->launch), next, QRectF(timeRect()));
}

std::optional<QLineF> LaneCanvas::launchArrowOfSelection() const
{
    if (m_partner.isNone())
        return std::nullopt;
    const bool isCall = m_selection.current().kind == SpanRef::Kind::Call;
    return launchArrow(spanRect(isCall ? m_selection.current() : m_partner),
                       spanRect(isCall ? m_partner : m_selection.current()), QRectF(timeRect()));
}

void LaneCanvas::paintMarkedGap(QPainter& painter) const
{
    if (!m_markedGap)
        return;
    painter.save();
    const auto head = headOf(state().document().reference());
    painter.setClipRect(head ? timeRect().intersected(sightOf(*head)) : timeRect());
    painter.setFont(smallFont());
    paintGapMark(painter, markedGapOutline(), markedGapArrow(),
                 displaytext::duration(m_markedGap->gap.duration()), colours());
    painter.restore();
}

TornEdge LaneCanvas::tornEdgeOf(std::size_t number) const
{
    const Lane& lane = m_lanes.lanes()[number];
    if (!lane.device.isValid() || lane.kind == LaneKind::IdleOwner)
        return {};
    const TraceIndex& index = *state().document().index();
    const std::optional<TimePoint> end = tornEnd(index, lane.device);
    return end ? tornEdge(axis(), QRectF(laneRect(number)), *end, index.trace().extent().end) : TornEdge();
}

QString LaneCanvas::tornTextAt(QPointF at) const
{
    const auto number = at.y() < 0.0 ? std::nullopt : m_layout.laneAt(contentAt(static_cast<int>(at.y())));
    if (!number || !state().document().isOpen() || !tornEdgeOf(*number).contains(at))
        return {};
    const TraceIndex& index = *state().document().index();
    const DeviceId device = m_lanes.lanes()[*number].device;
    return tr("The file is cut: the records of %1 end at %2. What it did later is lost.")
        .arg(displaytext::deviceName(index.trace(), device),
             displaytext::position(*tornEnd(index, device), index.trace().extent().duration()));
}

void LaneCanvas::paintTornEdges(QPainter& painter, TornLayer layer) const
{
    painter.save();
    painter.setClipRect(timeRect());
    painter.setFont(smallFont());
    forEachLane(painter, [&](std::size_t lane) {
        const bool isHead = m_lanes.lanes()[lane].kind == LaneKind::DeviceBusy;
        if (layer == TornLayer::Ground)
            paintTornGround(painter, tornEdgeOf(lane), colours());
        else
            paintTornLine(painter, tornEdgeOf(lane), isHead ? tr("no records: the file is cut") : QString(),
                          colours());
    });
    painter.restore();
}

void LaneCanvas::pressLabel(QPoint at)
{
    const Lane* const lane = laneAt(at.y());
    if (lane == nullptr)
        return;
    const bool onTriangle = lane->isHead() && at.x() < LaneLabels::triangleRight;
    if (onTriangle || lane->kind == LaneKind::HostHead)
        m_lanes.toggle(QString(lane->group)); // a copy: the lane goes while the list changes
    else if (lane->device.isValid())
        state().document().setReference(lane->device);
}

void LaneCanvas::appearanceChanged()
{
    m_picture.forget();
}

void LaneCanvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const bool hasLanes = !m_lanes.lanes().empty();
    const QRect underImage = hasLanes ? timeRect().adjusted(1, 0, -1, -1) : QRect();
    for (const QRect& beside : QRegion(rect()).subtracted(underImage))
        painter.fillRect(beside, colours()[Colour::Canvas]);
    if (!hasLanes)
        return;
    const LaneScene scene{
        *state().document().index(), m_lanes,     m_layout,  m_sight,    axis(),
        state().reading(),           smallFont(), colours(), timeRect(), devicePixelRatioF()};
    m_picture.paint(painter, event->region(), scene);
    const int bottom = std::min(height(), contentHeight() - scrollOffset());
    if (const StepIndex* steps = state().steps()) {
        painter.save();
        painter.setClipRect(timeRect());
        paintBoundaries(painter, QRect(timeRect().left(), 0, timeRect().width(), bottom), axis(), *steps,
                        colours()[Colour::Boundary]);
        painter.restore();
    }
    paintTornEdges(painter, TornLayer::Ground);
    paintWindow(painter);
    paintLitStep(painter);
    paintTornEdges(painter, TornLayer::Line);
    paintLitBands(painter);
    paintMarkedGap(painter);
    paintSelectedArea(painter);
    paintSelection(painter);
    paintSeparators(painter);
    if (event->rect().left() < timeRect().left())
        paintLabels(painter);
    paintCursor(painter);
    paintMeasuringTape(painter);
    if (state().showsFocus()) {
        painter.setPen(QPen(colours()[Colour::Focus], 1.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void LaneCanvas::paintMeasuringTape(QPainter& painter) const
{
    painter.setFont(smallFont());
    paintTape(painter, tapeBand(state(), axis(), 0.0, height()), tapeHeight, tapeText(state()),
              QRectF(timeRect()), colours());
}

void LaneCanvas::paintSelection(QPainter& painter) const
{
    QRectF span = m_selection.current().isNone() ? QRectF() : spanRect(m_selection.current());
    if (span.isEmpty())
        return;
    if (span.width() < narrowestOutline)
        span.adjust(-(narrowestOutline - span.width()) / 2, 0, (narrowestOutline - span.width()) / 2, 0);
    painter.save();
    painter.setClipRect(timeRect().intersected(sightOf(m_selection.current())));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // Dark and light together stand out from any span's colour.
    painter.setPen(QPen(colours()[Colour::Canvas], 4.0));
    painter.drawRoundedRect(span.adjusted(-1, -1, 1, 1), 2, 2);
    painter.setPen(QPen(colours()[Colour::Text], 2.0));
    painter.drawRoundedRect(span.adjusted(-1, -1, 1, 1), 2, 2);
    painter.setClipRect(timeRect());
    paintGapMark(painter, {}, launchArrowOfSelection(), {}, colours());
    painter.restore();
}

void LaneCanvas::paintSeparators(QPainter& painter) const
{
    const auto& lanes = m_lanes.lanes();
    forEachLane(painter, [&](std::size_t lane) {
        // Groups are divided from each other, not from what belongs to them.
        if (lane + 1 == lanes.size() || lanes[lane + 1].isHead())
            painter.fillRect(QRect(0, m_layout.box(lane).bottom() - 1 - m_sight.shiftOf(lane), width(), 1),
                             colours()[Colour::Separator]);
    });
    if (pinnedHeight() > 0)
        painter.fillRect(QRect(0, pinnedHeight() - 1, width(), 1), colours()[Colour::FaintText]);
}

void LaneCanvas::paintLabels(QPainter& painter) const
{
    const LabelLook look{font(), boldFont(), smallFont(), &colours()};
    forEachLane(painter, [&](std::size_t lane) {
        const LaneBox& box = m_layout.box(lane);
        m_labels.paint(painter, m_lanes.lanes()[lane],
                       QRect(0, box.top - m_sight.shiftOf(lane), timeRect().left(), box.height), look);
    });
}

bool LaneCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    showToolTip(help->globalPos(), toolTipAt(help->pos()));
    return true;
}

QString LaneCanvas::toolTipAt(QPoint at) const
{
    if (at.x() >= timeRect().left())
        return spanToolTipAt(at);
    const Lane* const lane = laneAt(at.y());
    return lane != nullptr ? m_labels.toolTip(*lane) : QString();
}

QString LaneCanvas::ownerToolTipAt(QPointF at) const
{
    const Lane* const lane = laneAt(static_cast<int>(at.y()));
    const QRect area = timeRect();
    if (lane == nullptr || lane->kind != LaneKind::IdleOwner || !area.contains(at.toPoint()))
        return {};
    const double ratio = devicePixelRatioF();
    TimeRange pixel =
        columnRange(state().viewport().view(), static_cast<std::size_t>(qRound(area.width() * ratio)),
                    static_cast<std::size_t>((at.x() - area.left()) * ratio));
    pixel.end = std::max(pixel.end, pixel.begin + Duration(1));
    const DeviceOccupancy& occupancy = state().document().index()->device(lane->device).occupancy;
    return ownersText(idleColumns(occupancy, {pixel, 1}).front(), pixel.duration());
}

QString LaneCanvas::spanToolTipAt(QPointF at) const
{
    if (const QString owners = ownerToolTipAt(at); !owners.isEmpty())
        return owners;
    const auto hit = hitAt(at);
    if (!hit)
        return tornTextAt(at);
    const QString span = spanToolTip(*state().document().index(), hit->ref);
    if (!hit->span.piece.isFolded())
        return span;
    return foldedText(*hit->lane, hit->span.piece.count, coveredTime(*hit->row, hit->span.piece)) +
           QStringLiteral("\n\n") + span;
}

} // namespace stepscope
