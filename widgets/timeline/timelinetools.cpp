#include "widgets/timeline/timelinetools.h"

#include "widgets/timeline/axisentry.h"
#include "widgets/timeline/steptext.h"
#include "widgets/timeline/timelinemouse.h"
#include "widgets/timeline/timeruler.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanselection.h"

#include <QClipboard>
#include <QGuiApplication>

namespace stepscope {

TimelineTools::TimelineTools(TimelineState& state, SpanSelection& selection, TimeRuler& ruler, QWidget& host)
    : QObject(&host), m_state(state), m_selection(selection), m_ruler(ruler), m_tape(state),
      m_entry(new AxisEntry(&host))
{
    // Where the view moves under a resting mouse, or without one, the end of an open tape is another time.
    connect(&state.viewport(), &TimelineViewport::viewChanged, this, [this] {
        if (!m_state.cursor())
            m_tape.moveTo(m_state.pointer());
    });
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] {
        m_tape.clear();
        m_entry->hide();
    });
}

Duration TimelineTools::reach() const
{
    return m_ruler.axis().lengthOf(TimelineMouse::snapPixels);
}

void TimelineTools::toggleMarker()
{
    if (!m_state.document().isOpen())
        return;
    MarkerList& markers = m_state.document().markers();
    const TimePoint here = m_state.pointer();
    if (const std::optional<Marker> marker = markers.near(here, reach()))
        markers.remove(marker->time);
    else
        markers.setNote(here, {});
}

void TimelineTools::editNote()
{
    if (!m_state.document().isOpen())
        return;
    const TimePoint here = m_state.pointer();
    const std::optional<Marker> marker = m_state.document().markers().near(here, reach());
    editNoteAt(marker ? marker->time : here);
}

void TimelineTools::editNoteAt(TimePoint time)
{
    MarkerList& markers = m_state.document().markers();
    const std::optional<Marker> marker = markers.near(time, Duration::zero());
    const QRect ruler = m_ruler.timeRect().translated(m_ruler.pos());
    m_entry->open(ruler, qRound(m_ruler.axis().xOf(time)), marker ? marker->note : QString(),
                  tr("Note at %1").arg(m_state.reading().text(time, m_ruler.cursorResolution())), {},
                  [&markers, time](const QString& text) {
                      markers.setNote(time, text);
                      return true;
                  });
}

void TimelineTools::showNextMarker()
{
    const TimeRange view = m_state.viewport().view();
    if (const auto time = m_state.document().markers().after(view.begin + view.duration() / 2))
        m_state.viewport().centreOn(*time);
}

void TimelineTools::showPreviousMarker()
{
    const TimeRange view = m_state.viewport().view();
    if (const auto time = m_state.document().markers().before(view.begin + view.duration() / 2))
        m_state.viewport().centreOn(*time);
}

void TimelineTools::removeMarkers()
{
    m_state.document().markers().clear();
}

void TimelineTools::toggleTape()
{
    if (m_state.document().isOpen())
        m_tape.toggle(m_state.pointer());
}

void TimelineTools::enterTime()
{
    if (!m_state.document().isOpen())
        return;
    const TimeReading reading = m_state.reading();
    const QString example =
        reading.origin == TimeOrigin::Utc
            ? tr("Go to, like %1").arg(reading.text(m_state.pointer(), std::chrono::milliseconds(1)))
            : tr("Go to, like 4.2174 s or 350 us");
    const QRect ruler = m_ruler.timeRect().translated(m_ruler.pos());
    m_entry->open(
        ruler, ruler.center().x(), {}, example,
        reading.origin == TimeOrigin::Utc
            ? tr("This is no time. Type the time of day, like 14:03:07.125, or a time from the start "
                 "of the trace, like 4.2174 s, 12 ms, 350 us or 1200 ns.")
            : tr("This is no time. Type one like 4.2174 s, 12 ms, 350 us or 1200 ns."),
        [this](const QString& text) {
            const std::optional<TimePoint> time = m_state.reading().typed(text);
            if (!time)
                return false;
            const TimeRange limits = m_state.viewport().limits();
            m_state.viewport().centreOn(std::clamp(*time, limits.begin, limits.end));
            if (*time < limits.begin || *time > limits.end)
                emit told(tr("That is outside the trace; shown is its nearest end"));
            return true;
        });
}

void TimelineTools::copyTime()
{
    if (!m_state.document().isOpen())
        return;
    const TimeReading reading = m_state.reading();
    QString text;
    if (m_state.tape() && !m_state.tape()->isOpen) {
        const TimeRange range = m_state.tape()->range();
        text = tr("%1 ns from %2 to %3")
                   .arg(range.duration().count())
                   .arg(reading.wholeText(range.begin), reading.wholeText(range.end));
    } else if (m_state.cursor() || m_selection.current().isNone()) {
        text = reading.wholeText(m_state.pointer());
    } else {
        text = reading.wholeText(spanRange(*m_state.document().index(), m_selection.current()).begin);
    }
    QGuiApplication::clipboard()->setText(text);
    emit told(tr("%1 is on the clipboard").arg(text));
}

void TimelineTools::setOrigin(TimeOrigin origin)
{
    m_state.setOrigin(origin);
    emit originChanged();
}

void TimelineTools::selectStep()
{
    if (m_state.document().isOpen())
        selectStepAt(m_state.pointer());
}

void TimelineTools::selectStepAt(TimePoint time)
{
    const StepIndex* const steps = m_state.steps();
    if (steps == nullptr)
        return;
    if (const auto step = stepIndexAt(*steps, time))
        m_selection.select(
            {SpanRef::Kind::Step, m_state.document().reference(), static_cast<std::uint32_t>(*step)});
}

void TimelineTools::show(const SpanRef& span)
{
    if (span.isNone())
        emit told(tr("There is no further one"));
    else
        emit spanRequested(span);
}

bool TimelineTools::selectNeighbour(Neighbour direction)
{
    if (!m_state.document().isOpen() || m_selection.current().isNone())
        return false;
    show(neighbourOf(*m_state.document().index(), m_selection.current(), direction));
    return true;
}

void TimelineTools::selectSameName(Neighbour direction)
{
    if (!m_state.document().isOpen())
        return;
    if (m_selection.current().isNone())
        emit told(tr("Select a span first"));
    else
        show(nextOfSameName(*m_state.document().index(), m_selection.current(), direction));
}

void TimelineTools::holdWindowStart()
{
    if (m_state.document().isOpen())
        m_state.setFocusedEdge(WindowGrip::Begin);
}

void TimelineTools::holdWindowEnd()
{
    if (m_state.document().isOpen())
        m_state.setFocusedEdge(WindowGrip::End);
}

} // namespace stepscope
