#include "widgets/timeline/columnlayers.h"

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

constexpr int chunk = 8; // pixels that one vector of the machine may hold

/// Pixels of a row of which `tops` say whether the layer has begun.
void paintChunk(QRgb* pixels, const int* tops, int y, QRgb colour)
{
    std::array<QRgb, chunk> under;
    std::array<int, chunk> begins;
    std::copy_n(pixels, chunk, under.begin());
    std::copy_n(tops, chunk, begins.begin());
    for (std::size_t k = 0; k < chunk; ++k)
        under[k] = y >= begins[k] ? colour : under[k];
    std::copy_n(under.begin(), chunk, pixels);
}

void paintRow(QRgb* pixels, const int* tops, int count, int y, QRgb colour)
{
    int x = 0;
    for (; x + chunk <= count; x += chunk)
        paintChunk(pixels + x, tops + x, y, colour);
    for (; x < count; ++x)
        pixels[x] = y >= tops[x] ? colour : pixels[x];
}

} // namespace

void paintLayers(QImage& image, int left, int top, int bottom, QRgb ground,
                 std::span<const ColumnLayer> layers)
{
    if (layers.empty())
        return;
    const int first = std::max(left, 0);
    const int count = std::min(left + static_cast<int>(layers[0].tops.size()), image.width()) - first;
    if (count <= 0)
        return;
    const qsizetype pitch = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    QRgb* const pixels = reinterpret_cast<QRgb*>(image.bits()) + first;
    for (int y = std::max(top, 0); y < std::min(bottom, image.height()); ++y) {
        QRgb* const row = pixels + y * pitch;
        std::fill_n(row, count, ground);
        for (const ColumnLayer& layer : layers)
            paintRow(row, layer.tops.data() + (first - left), count, y, layer.colour);
    }
}

} // namespace stepscope
