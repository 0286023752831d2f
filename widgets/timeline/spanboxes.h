#pragma once

#include "core/lod/spanfolding.h"

#include <optional>
#include <vector>

namespace stepscope {

/// A piece of a sub-row on whole device pixels of an axis: `right` is the first pixel that is free again.
struct SpanBox {
    SpanPiece piece;
    int left = 0;
    int right = 1;
    bool isWidened = false; ///< narrower than the one pixel it has
};

/// The pieces of a row that `view` shows, over `width` device pixels, in order. Parts outside the view are
/// cut off. O(width · log n).
std::vector<SpanBox> spanBoxes(const SpanRow& row, TimeRange view, int width);
/// Those of them that lie in `part` of the view.
std::vector<SpanBox> spanBoxes(const SpanRow& row, TimeRange view, int width, TimeRange part);

/// What is under a position.
struct SpanHit {
    SpanPiece piece;
    std::size_t position = 0; ///< the span itself; of a folded piece the one at the position or next to it
};

/// The piece at `x` or, when there is none, the nearest within `reach`, all in device pixels. O(log n).
std::optional<SpanHit> spanAt(const SpanRow& row, TimeRange view, int width, double x, double reach);

} // namespace stepscope
