#include "widgets/timeline/lanepainter.h"

#include "core/lod/pixelcoverage.h"
#include "widgets/timeline/columnstack.h"

#include <algorithm>

namespace stepscope {

namespace {

QRgb blended(QRgb ground, QRgb colour, float share)
{
    const auto mix = [share](int from, int to) {
        return static_cast<int>(static_cast<float>(from) + (static_cast<float>(to - from)) * share + 0.5F);
    };
    return qRgb(mix(qRed(ground), qRed(colour)), mix(qGreen(ground), qGreen(colour)),
                mix(qBlue(ground), qBlue(colour)));
}

} // namespace

void paintColumns(QImage& image, int top, int height, std::span<const ColumnCoverage> coverage, int smallest,
                  const LaneColours& colours)
{
    const auto columns = static_cast<std::size_t>(image.width());
    const std::ptrdiff_t pitch = image.bytesPerLine() / static_cast<std::ptrdiff_t>(sizeof(QRgb));
    QRgb* const pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto put = [&](std::size_t x, int y, QRgb colour) {
        if (y >= 0 && y < image.height())
            pixels[y * pitch + static_cast<std::ptrdiff_t>(x)] = colour;
    };
    for (int y = std::max(top, 0); y < std::min(top + height, image.height()); ++y)
        std::fill_n(pixels + y * pitch, columns, colours.ground);
    for (std::size_t x = 0; x < std::min(columns, coverage.size()); ++x) {
        const ColumnStack stack = stackOf(coverage[x], height, smallest);
        int y = top + height;
        for (std::size_t k = 0; k < busyClassCount; ++k) {
            for (int pixel = 0; pixel < stack.pixels[k]; ++pixel)
                put(x, --y, colours.classes[k]);
        }
        if (stack.remainder > 0.0F && y > top)
            put(x, y - 1, blended(colours.ground, colours.classes[stack.topClass], stack.remainder));
    }
}

void paintLanes(QImage& image, const TraceIndex& index, const PixelColumns& columns,
                const std::vector<LanePlace>& lanes, int smallest, const TracePalette& colours)
{
    const LaneColours own{{colours[Colour::Compute].rgb(), colours[Colour::Comm].rgb(),
                           colours[Colour::Copies].rgb(), colours[Colour::Graph].rgb()},
                          colours[Colour::LaneGround].rgb()};
    for (const LanePlace& lane : lanes)
        paintColumns(image, lane.top, lane.height,
                     columnCoverage(index.device(lane.device).occupancy, columns), smallest, own);
}

} // namespace stepscope
