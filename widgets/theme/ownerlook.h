#pragma once

#include "core/analysis/timeclass.h"
#include "widgets/theme/tracepalette.h"

#include <QPixmap>

#include <cstdint>

namespace stepscope {

/// What tells owners apart besides their hue.
enum class OwnerPattern : std::uint8_t {
    Plain,
    Rising,     ///< lines like /
    Falling,    ///< lines like backslashes
    Horizontal, ///< lines
    Vertical,   ///< lines
    Dots,
    Cross, ///< rising and falling lines
};

/// How the owner of idle time looks wherever it is drawn: lane, autopsy, budget.
struct OwnerLook {
    Colour colour = Colour::OtherIdle;
    OwnerPattern pattern = OwnerPattern::Plain;

    friend bool operator==(const OwnerLook&, const OwnerLook&) = default;
};

/// Of the classes that are idle; busy ones have the colour of what ran. No two owners look alike.
OwnerLook ownerLook(TimeClass owner);

/// Whether the pattern leaves the hue at this pixel for a darker shade of it: `unit` device pixels are a
/// logical one. Patterns repeat every 6 logical pixels.
bool isInked(OwnerPattern pattern, int x, int y, int unit);
/// The shade of the lines: the hue, a third of the way to the lane's ground.
QColor inkOf(const QColor& hue, const TracePalette& palette);
/// One repeat of the owner's look, for brushes. `unit` as above; the pixmap has that device pixel ratio.
QPixmap ownerTile(TimeClass owner, const TracePalette& palette, int unit);

} // namespace stepscope
