#include "widgets/timeline/markerflags.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double notePadding = 4.0;
constexpr double shortestNote = 24.0; // less is no text

} // namespace

std::vector<MarkerFlag> markerFlags(const std::vector<Marker>& markers, const TimeAxis& axis,
                                    const std::function<double(const QString&)>& textWidth)
{
    std::vector<MarkerFlag> flags;
    const auto first =
        std::lower_bound(markers.begin(), markers.end(), axis.range.begin,
                         [](const Marker& marker, TimePoint time) { return marker.time < time; });
    for (auto marker = first; marker != markers.end() && marker->time <= axis.range.end; ++marker) {
        const double x = axis.xOf(marker->time);
        if (!flags.empty() && std::floor(x) == std::floor(flags.back().x)) {
            if (flags.back().marker.note.isEmpty())
                flags.back().marker = *marker; // of two at one place the one that says something
            continue;
        }
        flags.push_back({*marker, x, 0.0});
    }
    for (std::size_t i = 0; i < flags.size(); ++i) {
        if (flags[i].marker.note.isEmpty())
            continue;
        const double end = i + 1 < flags.size() ? flags[i + 1].x : axis.right();
        const double room = std::min(end - flags[i].x - markerFlagWidth, longestMarkerNote);
        const double wanted = textWidth(flags[i].marker.note) + 2 * notePadding;
        flags[i].noteWidth = room < std::min(wanted, shortestNote) ? 0.0 : std::min(wanted, room);
    }
    return flags;
}

} // namespace stepscope
