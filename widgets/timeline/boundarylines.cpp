#include "widgets/timeline/boundarylines.h"

#include <QImage>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr double closestPixels = 4.0;
constexpr double roomyPixels = 40.0; // from here on in full strength
constexpr int dotPixels = 2;
constexpr int dotPeriod = 5;

/// One line of dots, made once a paint: replaying it is much cheaper than a dashed pen.
QImage dottedLine(int height, qreal ratio, const QColor& colour)
{
    QImage line(std::max(1, qRound(ratio)), qRound(height * ratio), QImage::Format_ARGB32_Premultiplied);
    line.fill(Qt::transparent);
    line.setDevicePixelRatio(ratio);
    QPainter painter(&line);
    for (int y = 0; y < height; y += dotPeriod)
        painter.fillRect(QRectF(0, y, 2, dotPixels), colour);
    return line;
}

} // namespace

std::span<const TimePoint> visibleBoundaries(const StepIndex& steps, const TimeAxis& axis)
{
    const auto& all = steps.boundaries;
    const auto first = std::lower_bound(all.begin(), all.end(), axis.range.begin);
    const auto last = std::upper_bound(first, all.end(), axis.range.end);
    const auto count = static_cast<std::size_t>(last - first);
    if (static_cast<double>(count) * closestPixels > axis.width)
        return {};
    return {first, last};
}

void paintBoundaries(QPainter& painter, const QRect& area, const TimeAxis& axis, const StepIndex& steps,
                     QColor colour)
{
    const auto boundaries = visibleBoundaries(steps, axis);
    if (boundaries.empty() || area.isEmpty())
        return;
    const double spacing = axis.width / static_cast<double>(boundaries.size());
    const double strength = std::clamp((spacing - closestPixels) / (roomyPixels - closestPixels), 0.15, 1.0);
    colour.setAlphaF(static_cast<float>(colour.alphaF() * strength));
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QImage line = dottedLine(area.height(), ratio, colour);
    for (const TimePoint boundary : boundaries)
        painter.drawImage(QPointF(alignedToPixel(axis.xOf(boundary), ratio), area.top()), line);
}

} // namespace stepscope
