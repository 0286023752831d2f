#pragma once

#include "widgets/timeline/windowdrag.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/timereading.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QObject>

#include <algorithm>
#include <optional>
#include <utility>

namespace stepscope {

/// What the rows of one timeline share: the document, the view, and what the mouse does at the moment.
/// GUI thread only.
class TimelineState : public QObject {
    Q_OBJECT

public:
    static constexpr int rightMargin = 16; // holds the scroll bar of the lanes
    static constexpr int padding = 14;     // left of the texts, as in all panels

    TimelineState(TraceDocument& document, TimelineViewport& viewport, QObject* parent);

    TraceDocument& document() const { return m_document; }
    TimelineViewport& viewport() const { return m_viewport; }

    int labelWidth() const { return m_labelWidth; }
    void setLabelWidth(int width);

    /// The time under the mouse, while it is over the time axis.
    std::optional<TimePoint> cursor() const { return m_cursor; }
    void setCursor(std::optional<TimePoint> cursor);
    /// That, or the middle of the view: where the keyboard acts.
    TimePoint pointer() const;
    /// The step of the reference device whose dot is under the mouse: it is lit in all rows.
    std::optional<std::size_t> hoveredStep() const;
    void setHoveredStep(std::optional<std::size_t> step);
    /// The range that a zoom drag spans.
    std::optional<TimeRange> rubberBand() const { return m_rubberBand; }
    void setRubberBand(std::optional<TimeRange> range);
    /// The measuring tape: from where it was laid to where it ends, in whichever order. `isOpen`: its end
    /// goes with the cursor.
    struct Tape {
        TimePoint from{};
        TimePoint to{};
        bool isOpen = false;

        TimeRange range() const { return {std::min(from, to), std::max(from, to)}; }
        friend bool operator==(const Tape&, const Tape&) = default;
    };
    const std::optional<Tape>& tape() const { return m_tape; }
    void setTape(const std::optional<Tape>& tape);
    /// The step that is selected: all rows show where it lies.
    std::optional<TimeRange> selectedStep() const { return m_selectedStep; }
    void setSelectedStep(std::optional<TimeRange> step);
    /// How times read on the axis.
    TimeReading reading() const { return TimeReading::of(m_document, m_origin); }
    TimeOrigin origin() const { return m_origin; }
    void setOrigin(TimeOrigin origin);
    /// The window edge that the arrow keys move: Begin, End or None.
    WindowGrip focusedEdge() const { return m_focusedEdge; }
    void setFocusedEdge(WindowGrip edge);
    /// Whether the keyboard focus came by the keyboard and is to be shown.
    bool showsFocus() const { return m_showsFocus; }
    void setShowsFocus(bool shows);

    /// Pixels for each of the rows' own, where that is not the screen's matter: for a picture.
    std::optional<double> pixelRatio() const { return m_pixelRatio; }
    void setPixelRatio(double ratio) { m_pixelRatio = ratio; }

    /// The steps of the reference device; null when no trace with GPU work is open.
    const StepIndex* steps() const;

signals:
    /// Something that is painted over the rows has changed.
    void overlayChanged();
    void labelWidthChanged();

private:
    template <class T> void assign(T& member, const T& value);

    TraceDocument& m_document;
    TimelineViewport& m_viewport;
    int m_labelWidth = 152;
    std::optional<TimePoint> m_cursor;
    std::optional<std::pair<DeviceId, std::size_t>> m_hoveredStep;
    std::optional<TimeRange> m_rubberBand;
    std::optional<Tape> m_tape;
    std::optional<TimeRange> m_selectedStep;
    TimeOrigin m_origin = TimeOrigin::Trace;
    WindowGrip m_focusedEdge = WindowGrip::None;
    bool m_showsFocus = false;
    std::optional<double> m_pixelRatio;
};

} // namespace stepscope
