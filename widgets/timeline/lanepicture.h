#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/laneimage.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/lanesight.h"
#include "widgets/timeline/timeaxis.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/timereading.h"

#include <QFont>
#include <QImage>
#include <QRegion>

class QPainter;

namespace stepscope {

/// All that the lanes look like, without what is painted over them.
struct LaneScene {
    const TraceIndex& index;
    const LaneList& lanes;
    const LaneLayout& layout;
    const LaneSight& sight;
    TimeAxis axis;
    TimeReading reading; ///< the grid stands at its round times
    QFont gridFont;      ///< of the labels that the grid is as dense as
    const TracePalette& colours;
    QRect area; ///< of the widget, from the first column of time to the last, top to bottom
    double ratio = 1.0;
};

/// The lanes of a view as an image that is kept while nothing of it changes. What is new each time, as while
/// a view moves, is painted where it is seen and not kept. GUI thread only.
class LanePicture {
public:
    /// Paints the scene on the widget that `painter` is of; `region` is what of the widget is asked for.
    void paint(QPainter& painter, const QRegion& region, const LaneScene& scene);
    /// For a change that a scene does not tell: another font or palette.
    void forget();

private:
    struct Key {
        std::uint64_t lanes = 0;
        TimeRange view;
        QSize size;
        int scroll = 0;
        int pinned = 0;
        int content = 0;
        bool isDark = false;
        TimeReading reading;
        friend bool operator==(const Key&, const Key&) = default;
    };

    static Key keyOf(const LaneScene& scene);

    Key m_key;  ///< of the image
    Key m_seen; ///< of what was painted last, kept or not
    QImage m_image;
};

} // namespace stepscope
