#pragma once

#include "core/base/time.h"

#include <QRect>
#include <QRectF>
#include <QSize>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace stepscope {

/// What one row of the waterfall shows.
struct WaterfallEntry {
    QString name;
    QString total;
    QString reason;
    std::vector<TimeRange> parts; ///< in order of time
};

/// How wide and high the texts are.
struct WaterfallText {
    std::function<int(const QString&)> nameWidth;
    std::function<int(const QString&)> totalWidth;
    std::function<int(const QString&)> reasonWidth;
    int lineHeight = 0;
    int reasonHeight = 0;
};

/// A stretch without a break in one row.
struct WaterfallBar {
    QRectF rect;
    TimeRange range;
};

struct WaterfallRow {
    QRect row; ///< over the whole width
    QRect name;
    std::vector<WaterfallBar> bars;
    QRect total;
    QRect reason; ///< empty where there is no room for it
};

/// Where the rows of a gap's waterfall lie: names on the left, bars on the gap's own time axis, beside the
/// last bar of each row its total. The reason stands in a line of its own below where all rows then fit into
/// the height, else on the row's line, on the side of the bars that has room. Geometry only; nothing
/// overlaps.
class WaterfallLayout {
public:
    WaterfallLayout() = default;
    WaterfallLayout(TimeRange gap, const std::vector<WaterfallEntry>& entries, const WaterfallEntry& whole,
                    QSize area, const WaterfallText& text);

    const std::vector<WaterfallRow>& rows() const { return m_rows; }
    /// The last row, below a rule: the gap as a whole.
    const WaterfallRow& whole() const { return m_whole; }
    int ruleY() const { return m_ruleY; }
    int height() const { return m_height; }
    bool isRoomy() const { return m_isRoomy; }

    std::optional<std::size_t> rowAt(int y) const;
    double xOf(TimePoint time) const;
    TimePoint timeAt(double x) const;

private:
    WaterfallRow place(const WaterfallEntry& entry, int top) const;
    void placeReason(WaterfallRow& row, const QString& reason) const;
    int rowHeight() const;

    TimeRange m_gap;
    const WaterfallText* m_text = nullptr; // while the rows are placed
    int m_width = 0;
    int m_nameWidth = 0;
    int m_axisLeft = 0;
    int m_axisWidth = 1;
    bool m_isRoomy = true;
    int m_between = 0; // from one row to the next
    std::vector<WaterfallRow> m_rows;
    WaterfallRow m_whole;
    int m_ruleY = 0;
    int m_height = 0;
};

} // namespace stepscope
