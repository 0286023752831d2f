#include "widgets/timeline/boundarylines.h"

#include "widgets/timeline/pixelsunder.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

namespace {

constexpr double closestPixels = 4.0;
constexpr double roomyPixels = 40.0; // from here on in full strength
constexpr int dotPixels = 2;
constexpr int dotPeriod = 5;

/// What is there of a pixel, four channels premultiplied, under one that covers `1 - left / 255` of it.
QRgb under(QRgb pixel, std::uint32_t left)
{
    const auto half = [left](std::uint32_t pair) {
        const std::uint32_t product = pair * left;
        return (product + (product >> 8 & 0xff00ffU) + 0x800080U) >> 8 & 0xff00ffU;
    };
    return half(pixel & 0xff00ffU) | half(pixel >> 8 & 0xff00ffU) << 8;
}

/// Dotted lines of an image, in device pixels.
struct DottedLines {
    std::vector<int> columns; ///< where they begin, ascending
    int width = 1;
    qreal ratio = 1.0;
    QRgb dot = 0; ///< premultiplied
};

/// All lines dot by dot from the top down, as the memory lies: one line after the other would fetch each line
/// of memory for two pixels.
void blendLines(QImage& image, const QRect& part, const DottedLines& lines)
{
    const auto left = static_cast<std::uint32_t>(255 - qAlpha(lines.dot));
    const auto first =
        std::lower_bound(lines.columns.begin(), lines.columns.end(), part.left() - lines.width + 1);
    const auto last = std::lower_bound(first, lines.columns.end(), part.left() + part.width());
    const int partBottom = part.top() + part.height();
    for (int k = 0;; ++k) {
        const int top = qRound(k * dotPeriod * lines.ratio);
        if (top >= partBottom)
            break;
        const int bottom = std::min(qRound((k * dotPeriod + dotPixels) * lines.ratio), partBottom);
        for (int y = std::max(top, part.top()); y < bottom; ++y) {
            auto* const row = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (auto column = first; column != last; ++column) {
                const int right = std::min(*column + lines.width, part.left() + part.width());
                for (int x = std::max(*column, part.left()); x < right; ++x)
                    row[x] = lines.dot + under(row[x], left);
            }
        }
    }
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
    DottedLines lines{{}, std::max(1, qRound(ratio)), ratio, qPremultiply(colour.rgba())};
    for (const TimePoint boundary : boundaries)
        lines.columns.push_back(qRound((alignedToPixel(axis.xOf(boundary), ratio) - area.left()) * ratio));
    if (std::optional<QImage> pixels = pixelsUnder(painter, area)) {
        for (const QRect& part : askedOf(painter, area))
            blendLines(*pixels, part, lines);
        return;
    }
    QImage above(qRound(area.width() * ratio), qRound(area.height() * ratio),
                 QImage::Format_ARGB32_Premultiplied);
    above.fill(Qt::transparent);
    blendLines(above, above.rect(), lines);
    above.setDevicePixelRatio(ratio);
    painter.drawImage(area.topLeft(), above);
}

} // namespace stepscope
