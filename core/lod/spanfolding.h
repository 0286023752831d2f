#pragma once

#include "core/lod/spanrow.h"

#include <vector>

namespace stepscope {

/// What is drawn as one: a span on its own, or neighbours folded because they are too narrow and too close
/// to be told apart.
struct SpanPiece {
    TimeRange range;       ///< from the first begin to the last end, not cut by the view
    std::size_t first = 0; ///< position in the row
    std::size_t count = 1;

    bool isFolded() const { return count > 1; }
    friend bool operator==(const SpanPiece&, const SpanPiece&) = default;
};

/// The visible pieces of a sub-row in order: each visible span is in exactly one. Spans of at least one
/// pixel are pieces of their own; shorter ones are folded with their neighbours while less than a pixel lies
/// between them. O(pixels · log n), whatever the number of spans. Any thread.
std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels);

/// Those of them that are seen in `part` of the view, as a whole. O(pixels of the part · log n).
std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels, TimeRange part);

/// The time of a piece's spans, exactly: less than its range when folded spans have gaps. O(1).
Duration coveredTime(const SpanRow& row, const SpanPiece& piece);

} // namespace stepscope
