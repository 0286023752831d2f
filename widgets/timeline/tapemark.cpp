#include "widgets/timeline/tapemark.h"

#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

struct TapeText {
    Q_DECLARE_TR_FUNCTIONS(TapeText)
};

constexpr double headLength = 6.0;
constexpr double headWidth = 3.0;
constexpr double platePadding = 6.0;

} // namespace

QString tapeText(const TimelineState& state)
{
    if (!state.tape())
        return {};
    const Duration length = state.tape()->range().duration();
    const QString text = displaytext::duration(length);
    const StepIndex* const steps = state.steps();
    if (steps == nullptr || steps->medianCadence <= Duration::zero())
        return text;
    const double share =
        static_cast<double>(length.count()) / static_cast<double>(steps->medianCadence.count());
    return TapeText::tr("%1 · %2 steps").arg(text, QLocale().toString(share, 'f', share < 10.0 ? 2 : 1));
}

QRectF tapeBand(const TimelineState& state, const TimeAxis& axis, double top, double height)
{
    if (!state.tape())
        return {};
    const TimeRange range = state.tape()->range();
    if (range.end < axis.range.begin || range.begin > axis.range.end)
        return {};
    // Ends out of view lie beyond the clip, so that they do not look like ends.
    const double left = std::max(axis.xOf(range.begin), axis.left - 2 * headLength);
    const double right = std::min(axis.xOf(range.end), axis.right() + 2 * headLength);
    return {left, top, std::max(right - left, 1.0), height};
}

void paintTape(QPainter& painter, const QRectF& band, double y, const QString& text, const QRectF& area,
               const TracePalette& colours)
{
    if (band.isEmpty())
        return;
    painter.save();
    painter.setClipRect(area);
    const QColor colour = colours[Colour::Focus];
    for (const double x : {band.left(), band.right() - 1.0})
        painter.fillRect(QRectF(x, band.top(), 1.0, band.height()), colour);
    painter.setRenderHint(QPainter::Antialiasing);
    if (band.width() > 2 * headLength) {
        painter.setPen(QPen(colour, 1.0));
        painter.drawLine(QPointF(band.left(), y), QPointF(band.right(), y));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        for (const auto& [x, direction] : {std::pair(band.left(), 1.0), std::pair(band.right(), -1.0)})
            painter.drawPolygon(QPolygonF({QPointF(x, y), QPointF(x + direction * headLength, y - headWidth),
                                           QPointF(x + direction * headLength, y + headWidth)}));
    }
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(text) + 2 * platePadding;
    const double height = metrics.height() + 2.0;
    const QRectF seen = band.intersected(area);
    const double inside = seen.center().x() - width / 2;
    const double beside = seen.right() + 4.0;
    const double wanted = seen.width() >= width + 4 * headLength ? inside : beside;
    const double left =
        std::clamp(wanted, area.left() + 2.0, std::max(area.left() + 2.0, area.right() - width - 2.0));
    const QRectF plate(left, y - height / 2, width, height);
    painter.setPen(QPen(colour, 1.0));
    painter.setBrush(colours[Colour::Panel]);
    painter.drawRoundedRect(plate, 3.0, 3.0);
    painter.setPen(colours[Colour::Text]);
    painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
}

} // namespace stepscope
