#include "widgets/timeline/lanepainter.h"

#include "core/lod/pixelcoverage.h"
#include "widgets/timeline/columnlayers.h"
#include "widgets/timeline/columnstack.h"

#include <algorithm>
#include <array>
#include <vector>

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
    const std::size_t columns = std::min(static_cast<std::size_t>(image.width()), coverage.size());
    const int bottom = top + height;
    // The class that is on top is painted first, the others over it.
    std::array<ColumnLayer, busyClassCount> layers;
    for (std::size_t k = 0; k < busyClassCount; ++k)
        layers[k] = {colours.classes[busyClassCount - 1 - k], std::vector<int>(columns)};
    struct Faint {
        int x;
        int y;
        QRgb colour;
    };
    std::vector<Faint> faint;
    for (std::size_t x = 0; x < columns; ++x) {
        const ColumnStack stack = stackOf(coverage[x], height, smallest);
        int y = bottom;
        for (std::size_t k = 0; k < busyClassCount; ++k) {
            y -= stack.pixels[k];
            layers[busyClassCount - 1 - k].tops[x] = y;
        }
        if (stack.remainder > 0.0F && y > top)
            faint.push_back({static_cast<int>(x), y - 1,
                             blended(colours.ground, colours.classes[stack.topClass], stack.remainder)});
    }
    paintLayers(image, 0, top, bottom, colours.ground, layers);
    for (const Faint& pixel : faint) {
        if (pixel.y >= 0 && pixel.y < image.height())
            reinterpret_cast<QRgb*>(image.scanLine(pixel.y))[pixel.x] = pixel.colour;
    }
}

void paintLanes(QImage& image, const TraceIndex& index, ColumnCovers& covers,
                const std::vector<LanePlace>& lanes, int smallest, const TracePalette& colours)
{
    const LaneColours own{{colours[Colour::Compute].rgb(), colours[Colour::Comm].rgb(),
                           colours[Colour::Copies].rgb(), colours[Colour::Graph].rgb()},
                          colours[Colour::LaneGround].rgb()};
    for (const LanePlace& lane : lanes)
        paintColumns(image, lane.top, lane.height,
                     columnCoverage(index.device(lane.device).occupancy, covers), smallest, own);
}

} // namespace stepscope
