#include "widgets/timeline/timelinestate.h"

namespace stepscope {

TimelineState::TimelineState(TraceDocument& document, TimelineViewport& viewport, QObject* parent)
    : QObject(parent), m_document(document), m_viewport(viewport)
{
    connect(&document.markers(), &MarkerList::changed, this, &TimelineState::overlayChanged);
}

template <class T> void TimelineState::assign(T& member, const T& value)
{
    if (member == value)
        return;
    member = value;
    emit overlayChanged();
}

void TimelineState::setLabelWidth(int width)
{
    if (m_labelWidth == width)
        return;
    m_labelWidth = width;
    emit labelWidthChanged();
}

void TimelineState::setCursor(std::optional<TimePoint> cursor)
{
    assign(m_cursor, cursor);
}

std::optional<std::size_t> TimelineState::hoveredStep() const
{
    // Another device, or other steps, may have come under a resting mouse.
    const StepIndex* const all = steps();
    const bool isThere = m_hoveredStep && all != nullptr && m_hoveredStep->first == m_document.reference() &&
                         m_hoveredStep->second < all->steps.size();
    return isThere ? std::optional(m_hoveredStep->second) : std::nullopt;
}

void TimelineState::setHoveredStep(std::optional<std::size_t> step)
{
    std::optional<std::pair<DeviceId, std::size_t>> hovered;
    if (step)
        hovered.emplace(m_document.reference(), *step);
    assign(m_hoveredStep, hovered);
}

void TimelineState::setRubberBand(std::optional<TimeRange> range)
{
    assign(m_rubberBand, range);
}

TimePoint TimelineState::pointer() const
{
    const TimeRange view = m_viewport.view();
    return m_cursor.value_or(view.begin + view.duration() / 2);
}

void TimelineState::setTape(const std::optional<Tape>& tape)
{
    assign(m_tape, tape);
}

void TimelineState::setSelectedStep(std::optional<TimeRange> step)
{
    assign(m_selectedStep, step);
}

void TimelineState::setOrigin(TimeOrigin origin)
{
    assign(m_origin, origin);
}

void TimelineState::setFocusedEdge(WindowGrip edge)
{
    assign(m_focusedEdge, edge);
}

void TimelineState::setShowsFocus(bool shows)
{
    assign(m_showsFocus, shows);
}

const StepIndex* TimelineState::steps() const
{
    const auto& index = m_document.index();
    if (!index || !m_document.reference().isValid() ||
        m_document.reference().value() >= index->devices().size())
        return nullptr;
    return &index->device(m_document.reference()).steps;
}

} // namespace stepscope
