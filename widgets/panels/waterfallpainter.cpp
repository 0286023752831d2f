#include "widgets/panels/waterfallpainter.h"

#include "widgets/theme/ownerlook.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int linePadding = 3; // above and below the text of a row
constexpr double reasonScale = 0.88;

struct WaterfallTexts {
    Q_DECLARE_TR_FUNCTIONS(WaterfallTexts)
};

} // namespace

WaterfallPainter::WaterfallPainter(const QFont& base)
    : m_name(base), m_wholeName(base), m_total(tabularFont(base)), m_wholeTotal(m_total), m_reason(base)
{
    m_wholeName.setWeight(QFont::DemiBold);
    m_wholeTotal.setWeight(QFont::DemiBold);
    m_reason.setPointSizeF(base.pointSizeF() * reasonScale);
}

WaterfallText WaterfallPainter::text() const
{
    const auto widthIn = [](const QFont& font) {
        return [metrics = QFontMetrics(font)](const QString& text) {
            return metrics.horizontalAdvance(text) + 1;
        };
    };
    // The bold faces are the widest.
    return {widthIn(m_wholeName), widthIn(m_wholeTotal), widthIn(m_reason),
            QFontMetrics(m_name).height() + 2 * linePadding, QFontMetrics(m_reason).height()};
}

QString WaterfallPainter::wholeName()
{
    return WaterfallTexts::tr("whole gap");
}

QString WaterfallPainter::total(Duration part, Duration gap)
{
    return displaytext::durationOf(part, gap);
}

void WaterfallPainter::paintRow(QPainter& painter, const WaterfallRow& place, const AutopsyRow& row,
                                Duration gap, const TracePalette& colours) const
{
    painter.setFont(m_name);
    painter.setPen(colours[Colour::Text]);
    painter.drawText(place.name, Qt::AlignRight | Qt::AlignVCenter, displaytext::className(row.owner));
    const int unit = std::max(1, qRound(painter.device()->devicePixelRatioF()));
    const QPixmap tile = ownerTile(row.owner, colours, unit);
    for (const WaterfallBar& bar : place.bars)
        painter.drawTiledPixmap(bar.rect, tile);
    painter.setFont(m_total);
    painter.drawText(place.total, Qt::AlignLeft | Qt::AlignVCenter, total(row.total, gap));
    if (place.reason.isEmpty())
        return;
    painter.setFont(m_reason);
    painter.setPen(colours[Colour::DimText]);
    painter.drawText(place.reason, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(row.reason, Qt::ElideRight, place.reason.width()));
}

void WaterfallPainter::paintWhole(QPainter& painter, const WaterfallLayout& layout, Duration gap,
                                  const TracePalette& colours) const
{
    const WaterfallRow& whole = layout.whole();
    painter.fillRect(QRect(whole.name.left(), layout.ruleY(), whole.row.width() - 2 * whole.name.left(), 1),
                     colours[Colour::Separator]);
    painter.setFont(m_wholeName);
    painter.setPen(colours[Colour::Text]);
    painter.drawText(whole.name, Qt::AlignRight | Qt::AlignVCenter, wholeName());
    painter.setFont(m_wholeTotal);
    painter.drawText(whole.total, Qt::AlignLeft | Qt::AlignVCenter, total(gap, gap));
    painter.setPen(colours[Colour::DimText]);
    painter.setBrush(colours[Colour::LaneGround]);
    painter.drawRect(whole.bars.front().rect.adjusted(0.5, 2.5, -0.5, -2.5));
}

} // namespace stepscope
