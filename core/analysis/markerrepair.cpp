#include "core/analysis/markerrepair.h"

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

constexpr double companionCount = 0.03;
constexpr double leastAccompanied = 0.95; // of the markers
constexpr double leastPart = 0.5;         // of a median period, on both sides of an added marker
constexpr double leastRest = 0.2;         // of a median period, from the prefill's copy to the next marker

std::uint32_t medianOf(std::vector<std::uint32_t> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// An operation that runs once a step, and how many rows before the marker.
struct Companion {
    std::vector<std::uint32_t> rows;
    std::uint32_t distance = 0;
};

/// Its usual distance before the marker; none unless nearly every period holds exactly one.
std::optional<std::uint32_t> distanceBefore(const std::vector<std::uint32_t>& rows,
                                            const std::vector<std::uint32_t>& markers)
{
    std::vector<std::uint32_t> distances;
    auto at = std::upper_bound(rows.begin(), rows.end(), markers.front());
    for (std::size_t period = 0; period + 1 < markers.size(); ++period) {
        const auto first = at;
        while (at != rows.end() && *at < markers[period + 1])
            ++at;
        if (at - first == 1)
            distances.push_back(markers[period + 1] - *first);
    }
    if (static_cast<double>(distances.size()) < leastAccompanied * static_cast<double>(markers.size() - 1))
        return std::nullopt;
    return medianOf(std::move(distances));
}

std::optional<Companion> nearestCompanion(const OperationSequence& sequence,
                                          const std::vector<std::uint32_t>& markers)
{
    std::vector<std::size_t> counts(sequence.exactTokens, 0);
    for (const std::uint32_t token : sequence.exact)
        ++counts[token];
    const auto count = static_cast<double>(markers.size());
    std::vector<std::vector<std::uint32_t>> rowsOf(sequence.exactTokens);
    for (std::uint32_t row = 0; row < sequence.exact.size(); ++row) {
        const std::uint32_t token = sequence.exact[row];
        const auto difference = static_cast<double>(counts[token]) - count;
        if (std::max(difference, -difference) <= companionCount * count + 1.0 &&
            token != sequence.exact[markers.front()])
            rowsOf[token].push_back(row);
    }
    std::optional<Companion> nearest;
    for (std::vector<std::uint32_t>& rows : rowsOf) {
        const std::optional<std::uint32_t> distance =
            rows.empty() ? std::nullopt : distanceBefore(rows, markers);
        if (distance && (!nearest || *distance < nearest->distance))
            nearest = Companion{std::move(rows), *distance};
    }
    return nearest;
}

} // namespace

std::vector<std::uint32_t> withLostMarkers(const OperationSequence& sequence,
                                           const std::vector<std::uint32_t>& markers)
{
    const std::optional<Companion> companion = nearestCompanion(sequence, markers);
    if (!companion)
        return markers;
    std::vector<std::uint32_t> lengths;
    for (std::size_t i = 1; i < markers.size(); ++i)
        lengths.push_back(markers[i] - markers[i - 1]);
    const auto least = static_cast<std::uint32_t>(leastPart * medianOf(std::move(lengths)));
    const auto size = static_cast<std::uint32_t>(sequence.exact.size());

    std::vector<std::uint32_t> repaired;
    auto next = markers.begin();
    for (std::size_t i = 0; i < companion->rows.size(); ++i) {
        const std::uint32_t row = companion->rows[i];
        const std::uint32_t rowAfter = i + 1 < companion->rows.size() ? companion->rows[i + 1] : size;
        while (next != markers.end() && *next < row) // the marker of an earlier step
            repaired.push_back(*next++);
        const std::uint32_t place = row + companion->distance - 1;
        const bool hasMarker = next != markers.end() && *next < rowAfter;
        const bool isFar = (repaired.empty() || place >= repaired.back() + least) &&
                           (next == markers.end() || place + least <= *next);
        if (!hasMarker && place + 1 < size && isFar)
            repaired.push_back(place);
    }
    repaired.insert(repaired.end(), next, markers.end());
    return repaired;
}

std::vector<std::uint32_t> withPrefillMarkers(const ActivityTable& work,
                                              const std::vector<std::uint32_t>& markers)
{
    std::vector<std::uint32_t> copies;
    for (std::uint32_t row = 0; row < work.size(); ++row) {
        if (work.copy(row) == CopyKind::DeviceToHost && work.bytes(row) > 0 &&
            work.bytes(row) <= largestTokenCopy)
            copies.push_back(row);
    }
    struct Period {
        std::uint32_t begin = 0; // rows after the marker
        std::uint32_t end = 0;   // the next marker
        std::uint32_t copies = 0;
    };
    std::vector<Period> periods;
    std::vector<std::uint32_t> lengths;
    std::vector<std::uint32_t> copyCounts;
    std::uint32_t begin = 0;
    auto at = copies.begin();
    for (const std::uint32_t marker : markers) {
        const auto first = at;
        while (at != copies.end() && *at < marker)
            ++at;
        periods.push_back({begin, marker, static_cast<std::uint32_t>(at - first)});
        lengths.push_back(marker - begin);
        copyCounts.push_back(periods.back().copies);
        begin = marker + 1;
    }
    const auto length = static_cast<double>(medianOf(std::move(lengths)));
    const std::uint32_t usualCopies = medianOf(std::move(copyCounts));

    std::vector<std::uint32_t> completed;
    at = copies.begin();
    for (const Period& period : periods) {
        const std::uint32_t extra = period.copies - std::min(period.copies, usualCopies);
        // The lead may lack what follows a marker.
        const double step = period.begin == 0 ? leastRest : 1.0;
        const bool holdsMore = extra > 0 && static_cast<double>(period.end - period.begin) >=
                                                (step + leastPart * extra) * length;
        std::uint32_t partBegin = period.begin;
        for (; at != copies.end() && *at < period.end; ++at) {
            if (holdsMore && static_cast<double>(*at - partBegin) >= leastPart * length &&
                static_cast<double>(period.end - *at) >= leastRest * length) {
                completed.push_back(*at);
                partBegin = *at + 1;
            }
        }
        completed.push_back(period.end);
    }
    return completed;
}

} // namespace stepscope
