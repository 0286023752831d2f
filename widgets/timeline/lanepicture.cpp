#include "widgets/timeline/lanepicture.h"

#include "widgets/timeline/pixelsunder.h"
#include "widgets/timeline/rulerticks.h"

#include <QFontInfo>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace stepscope {

namespace {

/// Inside spans: a little smaller than beside them.
QFont spanFont(const LaneScene& scene)
{
    QFont inside = scene.gridFont;
    if (inside.pixelSize() > 0)
        inside.setPixelSize(std::max(9, inside.pixelSize() - 1));
    else
        inside.setPointSizeF(std::max(7.0, inside.pointSizeF() * 0.9));
    inside.setPixelSize(qRound(QFontInfo(inside).pixelSize() * scene.ratio));
    return inside;
}

void paintGrid(QImage& image, const LaneScene& scene)
{
    QPainter painter(&image);
    painter.scale(scene.ratio, scene.ratio);
    const QFontMetrics metrics(scene.gridFont);
    const TimeAxis time{scene.axis.range, 0, scene.axis.width};
    const RulerTicks ticks = rulerTicks(time.range, time.width, scene.reading, [&](const QString& label) {
        return metrics.horizontalAdvance(label);
    });
    for (const RulerTick& tick : ticks.ticks) {
        const double x = alignedToPixel(time.xOf(tick.time), scene.ratio);
        if (!tick.label.isEmpty())
            painter.fillRect(QRectF(x, 0, 1.0, image.height() / scene.ratio), scene.colours[Colour::Grid]);
    }
}

/// The lines [from, to) of the image.
void paintPart(QImage& image, int from, int to, const LaneScene& scene, const LaneView& view)
{
    if (from >= to)
        return;
    QImage part(image.scanLine(from), image.width(), to - from, image.bytesPerLine(), image.format());
    fillBesideLanes(part, scene.lanes.lanes(), scene.layout, view, scene.colours[Colour::Canvas].rgb());
    paintGrid(part, scene);
    paintLaneImage(part, scene.index, scene.lanes.lanes(), scene.layout, view);
}

void paintScene(QImage& image, const LaneScene& scene)
{
    const PixelColumns columns(scene.axis.range, static_cast<std::size_t>(image.width()));
    ColumnCovers covers(columns);
    const int pinned = scene.sight.pinnedHeight();
    LaneView view{
        scene.sight.scrolled(), scene.sight.offset() + pinned, scene.ratio,
        SpanLook{&columns, &covers, std::max(1, qRound(scene.ratio)), spanFont(scene), &scene.colours}};
    const int edge = std::min(qRound(pinned * scene.ratio), image.height());
    paintPart(image, edge, image.height(), scene, view);
    view.lanes = scene.sight.pinned();
    view.top = 0;
    paintPart(image, 0, edge, scene, view);
}

} // namespace

LanePicture::Key LanePicture::keyOf(const LaneScene& scene)
{
    Key key;
    key.lanes = scene.lanes.revision();
    key.view = scene.axis.range;
    key.size = QSize(qRound(scene.area.width() * scene.ratio), qRound(scene.area.height() * scene.ratio));
    key.scroll = scene.sight.offset();
    key.pinned = scene.sight.pinnedHeight();
    key.content = scene.layout.contentHeight();
    key.isDark = scene.colours.isDark();
    key.reading = scene.reading;
    return key;
}

void LanePicture::forget()
{
    m_key = {};
    m_seen = {};
}

void LanePicture::paint(QPainter& painter, const QRegion& region, const LaneScene& scene)
{
    const Key key = keyOf(scene);
    const bool isNew = key != std::exchange(m_seen, key);
    // A copy from an image that is seen once would be for nothing. What is seen a second time is kept.
    if (isNew && key != m_key && region.contains(scene.area)) {
        std::optional<QImage> pixels = pixelsUnder(painter, scene.area);
        if (pixels && pixels->size() == key.size) {
            paintScene(*pixels, scene);
            return;
        }
    }
    if (key != m_key) {
        if (m_image.size() != key.size) // new memory for each frame costs more than what is painted in it
            m_image = QImage(key.size, QImage::Format_RGB32);
        m_image.setDevicePixelRatio(1.0);
        paintScene(m_image, scene);
        m_image.setDevicePixelRatio(scene.ratio);
        m_key = key;
    }
    painter.drawImage(scene.area.topLeft(), m_image);
}

} // namespace stepscope
