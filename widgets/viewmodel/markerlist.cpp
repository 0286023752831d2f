#include "widgets/viewmodel/markerlist.h"

#include <algorithm>

namespace stepscope {

namespace {

bool isBefore(const Marker& marker, TimePoint time)
{
    return marker.time < time;
}

QString noteOf(const QString& text)
{
    return text.simplified().left(MarkerList::longestNote);
}

Duration between(TimePoint a, TimePoint b)
{
    return a < b ? b - a : a - b;
}

} // namespace

void MarkerList::set(std::vector<Marker> markers)
{
    std::stable_sort(markers.begin(), markers.end(),
                     [](const Marker& a, const Marker& b) { return a.time < b.time; });
    markers.erase(std::unique(markers.begin(), markers.end(),
                              [](const Marker& a, const Marker& b) { return a.time == b.time; }),
                  markers.end());
    if (markers.size() > mostMarkers)
        markers.resize(mostMarkers);
    for (Marker& marker : markers)
        marker.note = noteOf(marker.note);
    if (markers == m_markers)
        return;
    m_markers = std::move(markers);
    emit changed();
}

void MarkerList::setNote(TimePoint time, const QString& note)
{
    const Marker wanted{time, noteOf(note)};
    const auto place = std::lower_bound(m_markers.begin(), m_markers.end(), time, isBefore);
    if (place == m_markers.end() || place->time != time) {
        if (m_markers.size() == mostMarkers)
            return;
        m_markers.insert(place, wanted);
    } else if (*place == wanted) {
        return;
    } else {
        *place = wanted;
    }
    emit changed();
}

void MarkerList::remove(TimePoint time)
{
    if (std::erase_if(m_markers, [time](const Marker& marker) { return marker.time == time; }) > 0)
        emit changed();
}

std::optional<Marker> MarkerList::near(TimePoint time, Duration reach) const
{
    const auto next = std::lower_bound(m_markers.begin(), m_markers.end(), time, isBefore);
    std::optional<Marker> nearest;
    const auto consider = [&](const Marker& marker) {
        const Duration distance = between(marker.time, time);
        if (distance <= reach && (!nearest || distance < between(nearest->time, time)))
            nearest = marker;
    };
    if (next != m_markers.begin())
        consider(*(next - 1));
    if (next != m_markers.end())
        consider(*next);
    return nearest;
}

std::optional<TimePoint> MarkerList::after(TimePoint time) const
{
    const auto next = std::upper_bound(m_markers.begin(), m_markers.end(), time,
                                       [](TimePoint at, const Marker& marker) { return at < marker.time; });
    return next == m_markers.end() ? std::nullopt : std::optional(next->time);
}

std::optional<TimePoint> MarkerList::before(TimePoint time) const
{
    const auto next = std::lower_bound(m_markers.begin(), m_markers.end(), time, isBefore);
    return next == m_markers.begin() ? std::nullopt : std::optional((next - 1)->time);
}

} // namespace stepscope
