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

void paintLanes(QImage& image, const TraceIndex& index, TimeRange view, const std::vector<LanePlace>& lanes,
                int smallest, const TracePalette& colours)
{
    const std::array<QRgb, busyClassCount> classColours = {
        colours[Colour::Compute].rgb(), colours[Colour::Comm].rgb(), colours[Colour::Copies].rgb(),
        colours[Colour::Graph].rgb()};
    const QRgb ground = colours[Colour::LaneGround].rgb();
    const auto columns = static_cast<std::size_t>(image.width());
    std::vector<QRgb*> lines;
    for (int y = 0; y < image.height(); ++y)
        lines.push_back(reinterpret_cast<QRgb*>(image.scanLine(y)));
    const auto put = [&](int x, int y, QRgb colour) {
        if (y >= 0 && y < image.height())
            lines[static_cast<std::size_t>(y)][x] = colour;
    };
    for (const LanePlace& lane : lanes) {
        for (int y = std::max(lane.top, 0); y < std::min(lane.top + lane.height, image.height()); ++y)
            std::fill_n(lines[static_cast<std::size_t>(y)], columns, ground);
        const std::vector<ColumnCoverage> coverage =
            columnCoverage(index.device(lane.device).occupancy, view, columns);
        for (std::size_t column = 0; column < columns; ++column) {
            const ColumnStack stack = stackOf(coverage[column], lane.height, smallest);
            const int x = static_cast<int>(column);
            int y = lane.top + lane.height;
            for (std::size_t k = 0; k < busyClassCount; ++k) {
                for (int pixel = 0; pixel < stack.pixels[k]; ++pixel)
                    put(x, --y, classColours[k]);
            }
            if (stack.remainder > 0.0F && y > lane.top)
                put(x, y - 1, blended(ground, classColours[stack.topClass], stack.remainder));
        }
    }
}

} // namespace stepscope
