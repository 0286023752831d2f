#pragma once

#include <QColor>
#include <QRect>

#include <cstddef>
#include <span>

class QPainter;

namespace stepscope {

/// How many bars the profile of an overview has in its time area.
std::size_t overviewBars(const QRect& area);

/// Paints the busy shares of equal stretches as bars on a base line; any share above 0 is seen.
void paintOverviewBars(QPainter& painter, std::span<const double> shares, const QRect& area,
                       const QColor& colour, double pixelRatio);

} // namespace stepscope
