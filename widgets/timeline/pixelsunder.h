#pragma once

#include <QImage>
#include <QPainter>
#include <QRegion>

#include <optional>

namespace stepscope {

/// The device pixels that a painter paints `area` on, in an image over the same memory: what is painted there
/// need not be copied there. Nothing where the painter does not paint on an image of opaque pixels of 32
/// bits, or the area does not lie on whole ones of them. They may be written as long as the painter is; its
/// clip does not hold for them.
std::optional<QImage> pixelsUnder(QPainter& painter, const QRect& area);

/// Which of them are to be painted, where a widget is asked for a part of itself: the rest is on the screen
/// already. In their image; for an area that has them.
QRegion askedOf(QPainter& painter, const QRect& area);

} // namespace stepscope
