#include "widgets/timeline/cadencegeometry.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double closestPoints = 2.0;
constexpr double air = 0.6;          // of the span, above and below
constexpr double smallestAir = 0.02; // of the median
constexpr double hoverReach = 8.0;   // pixels: a dot has a radius of three
constexpr double markReach = 5.0;    // … and a triangle is eight wide

double yOf(double position, double top, double bottom)
{
    return bottom - std::clamp(position, 0.0, 1.0) * (bottom - top);
}

void addToColumns(std::vector<CadenceColumn>& columns, const CadencePoint& point)
{
    const int x = static_cast<int>(std::floor(point.x));
    const bool isLong = point.isOutlier || point.beyond > 0;
    if (columns.empty() || columns.back().x != x) {
        columns.push_back({x, point.y, point.y, isLong, point.step, point.step});
        return;
    }
    CadenceColumn& column = columns.back();
    column.top = std::min(column.top, point.y);
    column.bottom = std::max(column.bottom, point.y);
    column.hasOutlier = column.hasOutlier || isLong;
    column.last = point.step;
}

} // namespace

double CadenceScale::positionOf(Duration cadence) const
{
    if (isEmpty())
        return 0.5;
    return static_cast<double>((cadence - low).count()) / static_cast<double>((high - low).count());
}

CadenceScale usualCadences(const StepIndex& steps)
{
    std::vector<Duration> cadences;
    for (const Step& step : steps.steps) {
        const Duration cadence = step.range.duration();
        if (step.isClean() && !isOutlier(cadence, steps.medianCadence, steps.mixture))
            cadences.push_back(cadence);
    }
    if (cadences.empty())
        return {};
    std::sort(cadences.begin(), cadences.end());
    const std::size_t last = cadences.size() - 1;
    return {cadences[last / 20], cadences[last - last / 20]};
}

CadenceScale cadenceScale(CadenceScale usual, const DurationSpread& window,
                          const std::optional<CadenceMixture>& mixture)
{
    if (usual.high <= Duration::zero())
        return {};
    const Duration middle = window.median > Duration::zero() ? window.median : (usual.low + usual.high) / 2;
    CadenceScale scale = usual;
    if (window.median > Duration::zero()) {
        scale.low = std::min(scale.low, window.p10);
        scale.high = std::max(scale.high, window.p90);
    }
    scale.low = std::max(scale.low, (mixture ? mixture->shorter.median : middle) / 2);
    const Duration longest = longestUsual(mixture ? mixture->longer.median : middle);
    scale.high = std::max(std::min(scale.high, longest), scale.low);
    const double span = static_cast<double>((scale.high - scale.low).count());
    const Duration room(
        std::llround(std::max(span * air, static_cast<double>(middle.count()) * smallestAir)) + 1);
    return {std::max(scale.low - room, Duration::zero()), scale.high + room};
}

CadencePoint cadencePoint(const StepIndex& steps, std::size_t index, const TimeAxis& axis, CadenceScale scale,
                          double top, double bottom)
{
    const Step& step = steps.steps[index];
    const double position = scale.positionOf(step.range.duration());
    CadencePoint point;
    point.x = axis.xOf(step.range.begin);
    point.y = yOf(position, top, bottom);
    point.step = index;
    point.beyond = position > 1.0 ? 1 : position < 0.0 ? -1 : 0;
    point.isOutlier = isOutlier(step.range.duration(), steps.medianCadence, steps.mixture);
    return point;
}

CadenceGeometry cadenceGeometry(const StepIndex& steps, const TimeAxis& axis, CadenceScale scale, double top,
                                double bottom)
{
    CadenceGeometry geometry;
    const auto& all = steps.steps;
    auto first = std::partition_point(all.begin(), all.end(),
                                      [&](const Step& step) { return step.range.end <= axis.range.begin; });
    auto last = std::partition_point(first, all.end(),
                                     [&](const Step& step) { return step.range.begin <= axis.range.end; });
    const auto visible = static_cast<double>(last - first);
    geometry.blocks = stepBlocks(steps, axis);
    geometry.pointSpacing = visible > 0.0 ? axis.width / visible : 0.0;
    const bool asColumns = visible > 0.0 && geometry.pointSpacing < closestPoints;
    // One more on either side, so that the line runs out of the picture.
    if (first != all.begin())
        --first;
    if (last != all.end())
        ++last;

    bool startsLine = true;
    for (auto step = first; step != last; ++step) {
        const auto index = static_cast<std::size_t>(step - all.begin());
        if (!step->isClean()) {
            startsLine = true;
            continue;
        }
        CadencePoint point = cadencePoint(steps, index, axis, scale, top, bottom);
        point.startsLine = startsLine;
        startsLine = false;
        if (!asColumns)
            geometry.points.push_back(point);
        else if (axis.range.contains(step->range.begin))
            addToColumns(geometry.columns, point);
    }
    return geometry;
}

std::optional<CadencePoint> cadencePointAt(const CadenceGeometry& geometry, const StepIndex& steps,
                                           const TimeAxis& axis, CadenceScale scale, double top,
                                           double bottom, double x, double y)
{
    std::optional<CadencePoint> nearest;
    double distance = hoverReach;
    const auto offer = [&](const CadencePoint& point, double away) {
        if (nearest ? away >= distance : away > distance)
            return;
        nearest = point;
        distance = away;
    };
    for (const CadencePoint& point : geometry.points)
        offer(point, std::hypot(point.x - x, point.y - y));
    if (geometry.columns.empty())
        return nearest;

    const auto offerColumn = [&](const CadenceColumn& column, bool outliersOnly) {
        distance = std::max(distance, bottom - top); // between its steps it is drawn, too
        for (std::size_t step = column.first; step <= column.last; ++step) {
            if (!steps.steps[step].isClean())
                continue;
            CadencePoint point = cadencePoint(steps, step, axis, scale, top, bottom);
            point.x = column.x + 0.5;
            if (!outliersOnly || point.isOutlier || point.beyond > 0)
                offer(point, std::abs(point.y - y));
        }
    };
    // The mark of an outlier is wider than its column and lies over its neighbours.
    for (const CadenceColumn& column : geometry.columns) {
        if (column.hasOutlier && std::abs(column.x + 0.5 - x) <= markReach && std::abs(top - y) <= markReach)
            offerColumn(column, true);
    }
    if (nearest)
        return nearest;
    const int pixel = static_cast<int>(std::floor(x));
    for (const CadenceColumn& column : geometry.columns) {
        if (column.x == pixel && y >= column.top - hoverReach && y <= column.bottom + hoverReach)
            offerColumn(column, false);
    }
    return nearest;
}

} // namespace stepscope
