#pragma once

#include "core/lod/pixelcolumns.h"
#include "core/lod/pixelcoverage.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/spanboxes.h"

#include <QFont>
#include <QImage>

class QPainter;

namespace stepscope {

/// What span lanes are painted with. All lengths in device pixels.
struct SpanLook {
    const PixelColumns* columns = nullptr; ///< of the image
    ColumnCovers* covers = nullptr;        ///< of these
    int pixel = 1;                         ///< device pixels of a logical one, at least 1
    QFont font;                            ///< for the texts inside
    const TracePalette* colours = nullptr;

    TimeRange view() const { return columns->view(); }
};

/// A span that is wide enough for its name.
struct WideSpan {
    std::size_t subRow = 0;
    SpanBox box;
};

/// Paints one lane's sub-rows into an image: `tops[k]` and `height` say where sub-row k lies. Spans of a
/// pixel and more are boxes; one that is narrower is one pixel wide and notched below; folded ones show how
/// much of each pixel they cover, on a pale ground with a notched line below; graph replays have rounded
/// outlines. Returns what is left to paintNames(). O(width · log n) a sub-row. Any thread.
std::vector<WideSpan> paintSpans(QImage& image, const Lane& lane, const std::vector<int>& tops, int height,
                                 const SpanLook& look);

/// Their names where they fit. GUI thread.
void paintNames(QPainter& painter, const TraceIndex& index, const Lane& lane,
                const std::vector<WideSpan>& spans, const std::vector<int>& tops, int height,
                const SpanLook& look);

/// Paints a lane that shows sets of time instead of spans: the exact share of each column, what is exposed
/// solid, what is hidden dotted on top of it.
void paintCover(QImage& image, const Lane& lane, int top, int height, const SpanLook& look);

} // namespace stepscope
