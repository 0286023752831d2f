#pragma once

#include "widgets/panels/waterfalllayout.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/autopsyrows.h"

#include <QFont>

class QPainter;

namespace stepscope {

/// The faces of a waterfall, made from that of its widget, and how it is painted with them.
class WaterfallPainter {
public:
    explicit WaterfallPainter(const QFont& base);

    /// For the layout.
    WaterfallText text() const;
    static QString wholeName();
    /// A part of the gap in the unit that all figures of the gap share.
    static QString total(Duration part, Duration gap);

    void paintRow(QPainter& painter, const WaterfallRow& place, const AutopsyRow& row, Duration gap,
                  const TracePalette& colours) const;
    /// The rule and the gap as a whole.
    void paintWhole(QPainter& painter, const WaterfallLayout& layout, Duration gap,
                    const TracePalette& colours) const;

private:
    QFont m_name;
    QFont m_wholeName;
    QFont m_total;
    QFont m_wholeTotal;
    QFont m_reason;
};

} // namespace stepscope
