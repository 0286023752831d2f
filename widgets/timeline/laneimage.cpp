#include "widgets/timeline/laneimage.h"

#include "core/base/inparallel.h"
#include "widgets/timeline/lanepainter.h"
#include "widgets/timeline/ownerpainter.h"

#include <QPainter>

#include <algorithm>
#include <atomic>
#include <map>
#include <vector>

namespace stepscope {

namespace {

constexpr std::size_t paintedAlone = 4; // lanes: more are worth a thread

/// Where the sub-rows of a lane lie in the image, in device pixels.
struct ImagePlace {
    std::vector<int> tops;
    int height = 0;
};

ImagePlace placeOf(const LaneBox& box, const LaneView& view)
{
    const auto toDevice = [&](int y) { return qRound((y - view.top) * view.ratio); };
    ImagePlace place;
    place.height = toDevice(box.barTop + box.subRowHeight) - toDevice(box.barTop);
    for (int row = 0; row < box.subRows; ++row)
        place.tops.push_back(toDevice(box.subRowTop(static_cast<std::size_t>(row))));
    return place;
}

/// How many of its sub-rows paintLane() covers, from side to side.
std::size_t coveredRows(const Lane& lane)
{
    const bool isOneBar =
        lane.kind == LaneKind::DeviceBusy || lane.kind == LaneKind::IdleOwner || lane.solid != nullptr;
    return isOneBar ? 1 : lane.spans != nullptr ? lane.spans->rows.size() : 0;
}

std::vector<WideSpan> paintLane(QImage& image, const TraceIndex& index, const Lane& lane,
                                const ImagePlace& place, const SpanLook& look)
{
    if (lane.kind == LaneKind::DeviceBusy) {
        paintLanes(image, index, *look.covers, {{lane.device, place.tops[0], place.height}}, look.pixel,
                   *look.colours);
    } else if (lane.kind == LaneKind::IdleOwner) {
        paintOwners(image, index.device(lane.device).occupancy, *look.columns,
                    {place.tops[0], place.height, look.pixel}, *look.colours);
    } else if (lane.solid != nullptr) {
        paintCover(image, lane, place.tops[0], place.height, look);
    } else if (lane.spans != nullptr) {
        return paintSpans(image, lane, place.tops, place.height, look);
    }
    return {};
}

/// The sets of time whose columns the lanes show, each once.
std::vector<const IntervalUnion*> setsOf(std::span<const Lane> lanes, const TraceIndex& index)
{
    std::map<const void*, const IntervalUnion*> sets;
    const auto add = [&sets](const IntervalUnion* set) {
        if (set != nullptr && !set->isEmpty())
            sets.emplace(set->identity(), set);
    };
    for (const Lane& lane : lanes) {
        add(lane.solid);
        add(lane.dotted);
        for (std::size_t k = 0; lane.kind == LaneKind::DeviceBusy && k < busyClassCount; ++k)
            add(&index.device(lane.device).occupancy.of(static_cast<TimeClass>(k)));
    }
    std::vector<const IntervalUnion*> list;
    for (const auto& [identity, set] : sets)
        list.push_back(set);
    return list;
}

} // namespace

void fillBesideLanes(QImage& image, std::span<const Lane> lanes, const LaneLayout& layout,
                     const LaneView& view, QRgb colour)
{
    std::vector<char> isCovered(static_cast<std::size_t>(image.height()), 0);
    for (std::size_t lane = view.lanes.first; lane < view.lanes.second; ++lane) {
        const ImagePlace place = placeOf(layout.box(lane), view);
        for (std::size_t row = 0; row < std::min(place.tops.size(), coveredRows(lanes[lane])); ++row) {
            const int bottom = std::min(place.tops[row] + place.height, image.height());
            for (int y = std::max(place.tops[row], 0); y < bottom; ++y)
                isCovered[static_cast<std::size_t>(y)] = 1;
        }
    }
    for (int y = 0; y < image.height(); ++y) {
        if (isCovered[static_cast<std::size_t>(y)] == 0)
            std::fill_n(reinterpret_cast<QRgb*>(image.scanLine(y)), image.width(), colour);
    }
}

void paintLaneImage(QImage& image, const TraceIndex& index, std::span<const Lane> lanes,
                    const LaneLayout& layout, const LaneView& view)
{
    const auto [first, last] = view.lanes;
    const std::size_t count = last - first;
    std::vector<ImagePlace> places;
    for (std::size_t k = 0; k < count; ++k)
        places.push_back(placeOf(layout.box(first + k), view));
    std::vector<std::vector<WideSpan>> wide(count);
    // Each lane has lines of its own, and each thread an image of its own over the same pixels: whichever is
    // free takes the next lane.
    // Sets that several of them show come first, so that no thread waits for the other to look one up.
    const std::vector<const IntervalUnion*> sets = setsOf(lanes.subspan(first, count), index);
    std::atomic<std::size_t> nextSet = 0;
    std::atomic<std::size_t> next = 0;
    const auto paint = [&, begin = first](QImage& own) {
        for (std::size_t k = nextSet++; k < sets.size(); k = nextSet++)
            view.look.covers->of(*sets[k]);
        for (std::size_t k = next++; k < count; k = next++)
            wide[k] = paintLane(own, index, lanes[begin + k], places[k], view.look);
    };
    const auto sameImage = [&image] {
        return QImage(image.bits(), image.width(), image.height(), image.bytesPerLine(), image.format());
    };
    QImage one = sameImage();
    QImage other = sameImage();
    inParallel(
        count > paintedAlone, [&] { paint(one); }, [&] { paint(other); });

    QPainter painter(&image);
    painter.setFont(view.look.font);
    for (std::size_t k = 0; k < count; ++k)
        paintNames(painter, index, lanes[first + k], wide[k], places[k].tops, places[k].height, view.look);
}

} // namespace stepscope
