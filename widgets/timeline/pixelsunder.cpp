#include "widgets/timeline/pixelsunder.h"

#include <QPaintEngine>
#include <QTransform>

#include <cmath>

namespace stepscope {

std::optional<QImage> pixelsUnder(QPainter& painter, const QRect& area)
{
    const QPaintEngine* const engine = painter.paintEngine();
    if (engine == nullptr || engine->type() != QPaintEngine::Raster)
        return std::nullopt;
    QPaintDevice* const device = engine->paintDevice();
    if (device == nullptr || device->devType() != QInternal::Image)
        return std::nullopt;
    const auto& image = *static_cast<const QImage*>(device);
    if (image.format() != QImage::Format_RGB32 && image.format() != QImage::Format_ARGB32_Premultiplied)
        return std::nullopt;

    const QTransform toDevice = painter.deviceTransform();
    if (toDevice.type() > QTransform::TxScale)
        return std::nullopt;
    const QRectF place = toDevice.mapRect(QRectF(area));
    const QRect pixels = place.toRect();
    if (QRectF(pixels) != place || !image.rect().contains(pixels) || pixels.isEmpty())
        return std::nullopt;
    // Its own bits(): of an image that is painted on there is but one.
    auto* const first = const_cast<uchar*>(image.constScanLine(pixels.top())) +
                        static_cast<std::ptrdiff_t>(pixels.left()) * (image.depth() / 8);
    return QImage(first, pixels.width(), pixels.height(), image.bytesPerLine(), image.format());
}

QRegion askedOf(QPainter& painter, const QRect& area)
{
    const QRect pixels = painter.deviceTransform().mapRect(QRectF(area)).toRect();
    const QRegion asked = painter.paintEngine()->systemClip();
    const QRegion all(QRect(QPoint(), pixels.size()));
    return asked.isEmpty() ? all : asked.translated(-pixels.topLeft()) & all;
}

} // namespace stepscope
