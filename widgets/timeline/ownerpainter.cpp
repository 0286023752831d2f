#include "widgets/timeline/ownerpainter.h"

#include "core/lod/pixelcoverage.h"
#include "widgets/theme/ownerlook.h"
#include "widgets/timeline/columnstack.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

struct OwnerInk {
    OwnerPattern pattern = OwnerPattern::Plain;
    QRgb hue = 0;
    QRgb ink = 0;
};

std::array<OwnerInk, timeClassCount> inksOf(const TracePalette& colours)
{
    std::array<OwnerInk, timeClassCount> inks;
    for (const TimeClass owner : allTimeClasses) {
        const OwnerLook look = ownerLook(owner);
        const QColor& hue = colours[look.colour];
        inks[static_cast<std::size_t>(owner)] = {look.pattern, hue.rgb(), inkOf(hue, colours).rgb()};
    }
    return inks;
}

} // namespace

void paintOwners(QImage& image, const DeviceOccupancy& occupancy, const PixelColumns& columns,
                 const OwnerPlace& place, const TracePalette& colours)
{
    const std::array<OwnerInk, timeClassCount> inks = inksOf(colours);
    const int top = std::max(place.top, 0);
    const int bottom = std::min(place.top + place.height, image.height());
    std::vector<QRgb*> lines;
    for (int y = top; y < bottom; ++y) {
        lines.push_back(reinterpret_cast<QRgb*>(image.scanLine(y)));
        std::fill_n(lines.back(), columns.size(), colours[Colour::LaneGround].rgb());
    }
    if (lines.empty())
        return;
    const std::vector<ClassTimes> idle = idleColumns(occupancy, columns);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const TimeRange range = columns[column];
        const auto length = static_cast<float>(std::max(range.duration(), Duration(1)).count());
        std::array<float, timeClassCount> shares{};
        float total = 0.0F;
        for (std::size_t k = 0; k < timeClassCount; ++k) {
            shares[k] = static_cast<float>(idle[column][allTimeClasses[k]].count()) / length;
            total += shares[k];
        }
        if (total <= 0.0F)
            continue;
        const bool isWhole = idle[column].idle() >= range.duration();
        const int most = isWhole ? place.height : std::max(place.height - place.unit, place.unit);
        const int whole = std::clamp(static_cast<int>(std::lround(total * static_cast<float>(place.height))),
                                     std::min(place.unit, most), most);
        std::array<int, timeClassCount> pixels{};
        dividePixels(shares, total, whole, pixels);
        const int x = static_cast<int>(column);
        int y = place.top + place.height;
        for (std::size_t k = 0; k < timeClassCount; ++k) {
            for (int pixel = 0; pixel < pixels[k]; ++pixel) {
                --y;
                if (y >= top && y < bottom)
                    lines[static_cast<std::size_t>(y - top)][x] =
                        isInked(inks[k].pattern, x, y - place.top, place.unit) ? inks[k].ink : inks[k].hue;
            }
        }
    }
}

} // namespace stepscope
