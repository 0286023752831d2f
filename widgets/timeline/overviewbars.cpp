#include "widgets/timeline/overviewbars.h"

#include "widgets/timeline/timeaxis.h"

#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int barPitch = 3; // two pixels of bar, one of air
constexpr int barTop = 20;
constexpr int barBottom = 5;

} // namespace

std::size_t overviewBars(const QRect& area)
{
    return static_cast<std::size_t>(std::max(1, area.width() / barPitch));
}

void paintOverviewBars(QPainter& painter, std::span<const double> shares, const QRect& area,
                       const QColor& colour, double pixelRatio)
{
    if (shares.empty())
        return;
    const double bottom = area.top() + area.height() - barBottom;
    const double tallest = bottom - area.top() - barTop;
    const double pixel = 1.0 / pixelRatio;
    QColor base = colour;
    base.setAlpha(110);
    painter.fillRect(QRectF(area.left(), bottom, area.width(), 1.0), base);
    const double pitch = area.width() / static_cast<double>(shares.size());
    for (std::size_t bar = 0; bar < shares.size(); ++bar) {
        if (shares[bar] <= 0.0)
            continue;
        const double height = std::max(alignedToPixel(shares[bar] * tallest, pixelRatio), pixel);
        const double x = alignedToPixel(area.left() + pitch * static_cast<double>(bar), pixelRatio);
        painter.fillRect(QRectF(x, bottom - height, barPitch - 1.0, height), colour);
    }
}

} // namespace stepscope
