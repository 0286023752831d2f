#pragma once

#include "core/analysis/steadychoice.h"
#include "widgets/timeline/timeaxis.h"

#include <QRectF>

#include <vector>

namespace stepscope {

/// A part that is left out of the suggested window, or several that are narrower than a pixel together.
struct LeftOutMark {
    double left = 0.0;
    double right = 0.0;    ///< at least a pixel further
    std::size_t first = 0; ///< parts [first, last) of SteadyChoice::leftOut
    std::size_t last = 0;

    bool isFolded() const { return last - first > 1; }
};

/// The parts in time order, clipped to the axis; each is in one mark. O(width · log n).
std::vector<LeftOutMark> leftOutMarks(const std::vector<LeftOut>& parts, const TimeAxis& axis);

/// A word beside the mark that it belongs to.
struct MarkWord {
    QRectF place;
    std::size_t label = 0; ///< index into the labels
};

/// What wants to be written in a row: `width` pixels from `left` on, the wider marks first.
struct MarkLabel {
    double left = 0.0;
    double markWidth = 0.0;
    double width = 0.0;
};

/// The labels that fit into `row` with `gap` between them and around what is `taken`: each at the begin of
/// its mark, else further on in it. A word may run on past a narrow mark, never into what is taken.
std::vector<MarkWord> placeWords(const std::vector<MarkLabel>& labels, const QRectF& row,
                                 const std::vector<QRectF>& taken, double gap);

} // namespace stepscope
