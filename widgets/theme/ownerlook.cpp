#include "widgets/theme/ownerlook.h"

#include <QImage>

namespace stepscope {

namespace {

constexpr int period = 6; // logical pixels

} // namespace

OwnerLook ownerLook(TimeClass owner)
{
    switch (owner) {
    case TimeClass::Synchronize:
        return {Colour::OwnerSynchronize, OwnerPattern::Rising};
    case TimeClass::Launch:
        return {Colour::OwnerLaunch, OwnerPattern::Plain};
    case TimeClass::GraphLaunch:
        return {Colour::OwnerGraphLaunch, OwnerPattern::Vertical};
    case TimeClass::Sampling:
        return {Colour::OwnerSampling, OwnerPattern::Dots};
    case TimeClass::Scheduler:
        return {Colour::OwnerScheduler, OwnerPattern::Plain};
    case TimeClass::Prepare:
        return {Colour::OwnerPrepare, OwnerPattern::Falling};
    case TimeClass::Draft:
        return {Colour::OwnerDraft, OwnerPattern::Horizontal};
    case TimeClass::Allocate:
        return {Colour::OwnerAllocate, OwnerPattern::Cross};
    case TimeClass::OtherHost:
        return {Colour::OwnerOther, OwnerPattern::Plain};
    case TimeClass::Untraced:
        return {Colour::OtherIdle, OwnerPattern::Plain};
    case TimeClass::Device:
        return {Colour::DeviceIdle, OwnerPattern::Vertical};
    case TimeClass::InGraph:
        return {Colour::DeviceIdle, OwnerPattern::Horizontal};
    case TimeClass::Micro:
        return {Colour::DeviceIdle, OwnerPattern::Dots};
    case TimeClass::Profiler:
        return {Colour::DeviceIdle, OwnerPattern::Rising};
    case TimeClass::Unattributed:
        return {Colour::OtherIdle, OwnerPattern::Falling};
    case TimeClass::ClockFault:
        return {Colour::OtherIdle, OwnerPattern::Cross};
    case TimeClass::Compute:
        return {Colour::Compute, OwnerPattern::Plain};
    case TimeClass::ExposedComm:
        return {Colour::Comm, OwnerPattern::Plain};
    case TimeClass::ExposedMemory:
        return {Colour::Copies, OwnerPattern::Plain};
    case TimeClass::GraphOpaque:
        return {Colour::Graph, OwnerPattern::Plain};
    }
    return {};
}

bool isInked(OwnerPattern pattern, int x, int y, int unit)
{
    const int across = x / unit % period;
    const int down = y / unit % period;
    const bool rises = (across + down) % period == 0;
    const bool falls = (across - down + period) % period == 0;
    switch (pattern) {
    case OwnerPattern::Plain:
        return false;
    case OwnerPattern::Rising:
        return rises;
    case OwnerPattern::Falling:
        return falls;
    case OwnerPattern::Horizontal:
        return down == 0;
    case OwnerPattern::Vertical:
        return across == 0;
    case OwnerPattern::Dots:
        return across % (period / 2) == 0 && down % (period / 2) == 0;
    case OwnerPattern::Cross:
        return rises || falls;
    }
    return false;
}

QColor inkOf(const QColor& hue, const TracePalette& palette)
{
    const QColor& ground = palette[Colour::LaneGround];
    const auto mix = [](int own, int under) { return (2 * own + under) / 3; };
    return {mix(hue.red(), ground.red()), mix(hue.green(), ground.green()), mix(hue.blue(), ground.blue())};
}

QPixmap ownerTile(TimeClass owner, const TracePalette& palette, int unit)
{
    const OwnerLook look = ownerLook(owner);
    const QColor hue = palette[look.colour];
    const QColor ink = inkOf(hue, palette);
    QImage tile(period * unit, period * unit, QImage::Format_RGB32);
    for (int y = 0; y < tile.height(); ++y) {
        for (int x = 0; x < tile.width(); ++x)
            tile.setPixelColor(x, y, isInked(look.pattern, x, y, unit) ? ink : hue);
    }
    tile.setDevicePixelRatio(unit);
    return QPixmap::fromImage(tile);
}

} // namespace stepscope
