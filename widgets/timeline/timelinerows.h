#pragma once

#include <QFont>
#include <QStringList>

namespace stepscope {

/// Heights and label column of the rows of a timeline: what TimelineWidget and PreviewView have in common, so
/// that nothing moves when the one takes the place of the other. Heights are multiples of four: whole device
/// pixels at 1.25, 1.5 and 2.
struct TimelineRows {
    static constexpr int overviewHeight = 48;
    static constexpr int rulerHeight = 24;
    static constexpr int stabilityHeight = 24;
    static constexpr int cadenceHeight = 80;
    static constexpr int headHeight = overviewHeight + rulerHeight + stabilityHeight + cadenceHeight;

    static QFont smallFont(const QFont& font);
    static QFont boldFont(const QFont& font);
    /// Of the label column, for devices of these names.
    static int labelWidth(const QFont& font, const QStringList& devices);
};

} // namespace stepscope
