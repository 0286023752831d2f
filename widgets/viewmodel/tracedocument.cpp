#include "widgets/viewmodel/tracedocument.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stepscope {

TraceDocument::TraceDocument(QObject* parent) : QObject(parent), m_markers(new MarkerList(this)) {}

void TraceDocument::setIndex(std::shared_ptr<const TraceIndex> index)
{
    if (index && index->devices().empty())
        index.reset(); // a trace without GPU work has no window; the loader has refused it with a sentence
    m_index = std::move(index);
    m_found = m_index;
    m_drawn.clear();
    m_input = {};
    m_markers->clear();
    m_reference = m_index ? m_index->referenceDevice() : DeviceId();
    if (m_index && !m_reference.isValid())
        m_reference = DeviceId(0);
    m_window = m_index ? clamped(m_index->automaticWindow(m_reference)) : TimeRange();
    assess();
    emit indexChanged();
    emit assessmentChanged(m_assessment);
}

void TraceDocument::identify(const std::shared_ptr<const TraceIndex>& index)
{
    if (m_index && m_index->sharedTrace() == index->sharedTrace())
        emit identified();
}

void TraceDocument::setWindow(TimeRange window)
{
    if (!m_index)
        return;
    window = clamped(window);
    if (window == m_window)
        return;
    m_window = window;
    assess();
    emit assessmentChanged(m_assessment);
}

void TraceDocument::setWindowHeld(bool isHeld)
{
    if (isHeld == m_isWindowHeld)
        return;
    m_isWindowHeld = isHeld;
    if (!isHeld)
        emit windowReleased();
}

void TraceDocument::setAutomaticWindow()
{
    if (m_index)
        setWindow(m_index->automaticWindow(m_reference));
}

bool TraceDocument::isAutomaticWindow() const
{
    return m_index && m_window == clamped(m_index->automaticWindow(m_reference));
}

std::optional<TimeRange> TraceDocument::runnerUpWindow() const
{
    if (!m_index)
        return std::nullopt;
    const std::optional<SteadyStretch>& runnerUp = m_index->device(m_reference).steps.steady.runnerUp;
    return runnerUp ? std::optional(clamped(runnerUp->window)) : std::nullopt;
}

void TraceDocument::setRunnerUpWindow()
{
    if (const std::optional<TimeRange> window = runnerUpWindow())
        setWindow(*window);
}

bool TraceDocument::isRunnerUpWindow() const
{
    return m_index && runnerUpWindow() == m_window;
}

TimePoint TraceDocument::snapped(TimePoint time, Duration reach) const
{
    if (!m_index)
        return time;
    const std::vector<TimePoint>& boundaries = m_index->device(m_reference).steps.boundaries;
    const auto after = std::lower_bound(boundaries.begin(), boundaries.end(), time);
    TimePoint best = time;
    Duration distance = reach;
    if (after != boundaries.end() && *after - time <= distance) {
        best = *after;
        distance = *after - time;
    }
    if (after != boundaries.begin() && time - *(after - 1) <= distance)
        best = *(after - 1);
    return best;
}

void TraceDocument::drawSteps(std::vector<TimePoint> boundaries)
{
    if (!m_index)
        return;
    DrawnSteps drawn = m_drawn;
    drawn.erase(m_reference.value());
    if (!boundaries.empty())
        drawn.emplace(m_reference.value(), std::move(boundaries));
    setDrawnSteps(drawn);
}

void TraceDocument::setDrawnSteps(const DrawnSteps& drawn)
{
    if (!m_index)
        return;
    const TimeRange extent = m_found->trace().extent();
    DrawnSteps known;
    for (const auto& [device, boundaries] : drawn) {
        std::vector<TimePoint> inside;
        std::copy_if(boundaries.begin(), boundaries.end(), std::back_inserter(inside),
                     [&extent](TimePoint time) { return extent.begin <= time && time <= extent.end; });
        if (device < m_found->devices().size() && !inside.empty())
            known.emplace(device, std::move(inside));
    }
    if (known == m_drawn)
        return;
    const bool wasAutomatic = isAutomaticWindow();
    m_index = m_found;
    for (const auto& [device, boundaries] : known)
        m_index = m_index->withDrawnSteps(DeviceId(device), boundaries);
    m_drawn = std::move(known);
    if (wasAutomatic)
        m_window = clamped(m_index->automaticWindow(m_reference));
    assess();
    emit assessmentChanged(m_assessment);
}

void TraceDocument::setReference(DeviceId device)
{
    if (!m_index || device == m_reference || device.value() >= m_index->devices().size())
        return;
    const bool wasAutomatic = isAutomaticWindow();
    m_reference = device;
    if (wasAutomatic)
        m_window = clamped(m_index->automaticWindow(device));
    assess();
    emit assessmentChanged(m_assessment);
}

void TraceDocument::setDriver(const DriverNumbers& driver)
{
    AssessmentInput input = m_input;
    input.driver = driver;
    setInput(input);
}

void TraceDocument::setInput(const AssessmentInput& input)
{
    if (input == m_input)
        return;
    m_input = input;
    if (!m_index)
        return;
    assess();
    emit assessmentChanged(m_assessment);
}

void TraceDocument::overrideGate(GateId gate, const QString& reason)
{
    AssessmentInput input = m_input;
    if (reason.isEmpty())
        input.overrides.erase(gate);
    else
        input.overrides[gate] = reason.toStdString();
    setInput(input);
}

TimeRange TraceDocument::clamped(TimeRange window) const
{
    if (window.end < window.begin)
        std::swap(window.begin, window.end);
    const TimeRange limits = m_index->trace().extent();
    window.begin = std::clamp(window.begin, limits.begin, std::max(limits.begin, limits.end));
    window.end = std::clamp(window.end, window.begin, std::max(window.begin, limits.end));
    if (window.duration() < shortestWindow) {
        window.end = std::min(window.begin + shortestWindow, std::max(window.end, limits.end));
        window.begin = std::min(window.begin, std::max(limits.begin, window.end - shortestWindow));
    }
    return window;
}

void TraceDocument::assess()
{
    if (!m_index) {
        m_assessment.reset();
        m_assessed.reset();
        return;
    }
    // A dragged window leaves the context as it is.
    const bool isContextKnown = m_assessment && m_assessed == m_index && m_assessment->input == m_input;
    MeasurementContext context = isContextKnown ? m_assessment->context : contextOf(*m_index, m_input);
    auto assessment = std::make_shared<Assessment>(
        assessWindow(*m_index, m_window, m_reference, m_input, std::move(context)));
    m_assessed = m_index;
    assessment->snapshot = ++m_lastSnapshot;
    m_assessment = std::move(assessment);
}

} // namespace stepscope
