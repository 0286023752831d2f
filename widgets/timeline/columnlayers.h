#pragma once

#include <QImage>

#include <span>
#include <vector>

namespace stepscope {

/// One colour of many columns of pixels: in each it begins at `tops`, of the image, and lies over the layers
/// before it down to the common bottom.
struct ColumnLayer {
    QRgb colour = 0;
    std::vector<int> tops;
};

/// Paints columns from `left` on, `top` to `bottom`, each as wide as a pixel: `ground` above the first layer,
/// then the layers, which all have a top for each column. Clipped to the image. Row by row: pixels that lie
/// below each other share few lines of the cache, and a column after the other would wait for them. Any
/// thread.
void paintLayers(QImage& image, int left, int top, int bottom, QRgb ground,
                 std::span<const ColumnLayer> layers);

} // namespace stepscope
