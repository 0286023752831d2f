#include "widgets/timeline/timelinerows.h"

#include "widgets/timeline/lanelabels.h"
#include "widgets/timeline/stabilitystrip.h"
#include "widgets/timeline/timelinestate.h"

#include <QFontMetrics>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int narrowestLabel = 152;
constexpr int widestLabel = 240;

} // namespace

QFont TimelineRows::smallFont(const QFont& font)
{
    QFont small = font;
    if (small.pixelSize() > 0)
        small.setPixelSize(std::max(9, small.pixelSize() - 1));
    else
        small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.9));
    return small;
}

QFont TimelineRows::boldFont(const QFont& font)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    return bold;
}

int TimelineRows::labelWidth(const QFont& font, const QStringList& devices)
{
    const QFontMetrics text(font);
    int widest = text.horizontalAdvance(QStringLiteral("p10 00.00 · p90 00.00"));
    widest = std::max(widest, StabilityStrip::labelWidth(font));
    const int busy = text.horizontalAdvance(QStringLiteral("≤ 00.0 %"));
    for (const QString& name : devices)
        widest = std::max(widest, LaneLabels::titleLeft - TimelineState::padding +
                                      QFontMetrics(boldFont(font)).horizontalAdvance(name) + busy + 12);
    const int wanted = widest + TimelineState::padding + 12;
    return std::clamp((wanted + 3) / 4 * 4, narrowestLabel, widestLabel);
}

} // namespace stepscope
