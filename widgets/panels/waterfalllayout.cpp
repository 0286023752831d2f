#include "widgets/panels/waterfalllayout.h"

#include "widgets/viewmodel/timelineviewport.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr int margin = 14; // left and right, as in all panels
constexpr int topMargin = 8;
constexpr int textGap = 10;     // between name and axis, bar and total, total and reason
constexpr int roomyBetween = 7; // from a reason to the next row, at least
constexpr int widestBetween = 14;
constexpr int closeBetween = 3;
constexpr int rulePadding = 4;
constexpr double narrowestBar = 2.0;
constexpr int narrowestReason = 70;
constexpr int narrowestAxis = 60;

} // namespace

WaterfallLayout::WaterfallLayout(TimeRange gap, const std::vector<WaterfallEntry>& entries,
                                 const WaterfallEntry& whole, QSize area, const WaterfallText& text)
    : m_gap(gap), m_text(&text), m_width(area.width()), m_nameWidth(text.nameWidth(whole.name))
{
    int totalWidth = text.totalWidth(whole.total);
    for (const WaterfallEntry& entry : entries) {
        m_nameWidth = std::max(m_nameWidth, text.nameWidth(entry.name));
        totalWidth = std::max(totalWidth, text.totalWidth(entry.total));
    }
    m_axisLeft = margin + m_nameWidth + textGap;
    m_axisWidth = std::max(narrowestAxis, m_width - m_axisLeft - textGap - totalWidth - margin);

    const int count = static_cast<int>(entries.size());
    const int foot = 2 * rulePadding + 1 + text.lineHeight + topMargin;
    const int spare = area.height() - topMargin - foot - count * (text.lineHeight + text.reasonHeight);
    m_isRoomy = spare >= count * roomyBetween;
    m_between = m_isRoomy ? std::min(spare / std::max(count, 1), widestBetween) : closeBetween;
    int top = topMargin;
    for (const WaterfallEntry& entry : entries) {
        m_rows.push_back(place(entry, top));
        top += rowHeight();
    }
    m_ruleY = top + rulePadding;
    m_whole = place(whole, m_ruleY + 1 + rulePadding);
    m_whole.row.setHeight(text.lineHeight);
    m_height = top + foot;
    m_text = nullptr;
}

int WaterfallLayout::rowHeight() const
{
    return m_text->lineHeight + (m_isRoomy ? m_text->reasonHeight : 0) + m_between;
}

WaterfallRow WaterfallLayout::place(const WaterfallEntry& entry, int top) const
{
    const int line = m_text->lineHeight;
    WaterfallRow placed;
    placed.row = QRect(0, top, m_width, rowHeight());
    placed.name = QRect(margin, top, m_nameWidth, line);
    for (const TimeRange& part : entry.parts) {
        if (!placed.bars.empty() && placed.bars.back().range.end == part.begin)
            placed.bars.back().range.end = part.end;
        else
            placed.bars.push_back({{}, part});
    }
    const double axisRight = m_axisLeft + m_axisWidth;
    double right = m_axisLeft;
    for (WaterfallBar& bar : placed.bars) {
        const double width = std::max(narrowestBar, xOf(bar.range.end) - xOf(bar.range.begin));
        const double left = std::min(xOf(bar.range.begin), axisRight - width);
        bar.rect = QRectF(left, top + 1, width, line - 2);
        right = std::max(right, left + width);
    }
    const int totalLeft = static_cast<int>(right) + textGap;
    placed.total = QRect(totalLeft, top, m_text->totalWidth(entry.total), line);
    if (!entry.reason.isEmpty())
        placeReason(placed, entry.reason);
    return placed;
}

void WaterfallLayout::placeReason(WaterfallRow& row, const QString& reason) const
{
    const int width = m_text->reasonWidth(reason);
    if (m_isRoomy) {
        row.reason = QRect(m_axisLeft, row.row.top() + m_text->lineHeight,
                           std::min(width, m_width - margin - m_axisLeft), m_text->reasonHeight);
        return;
    }
    // Beside the total, else where the row is emptiest: before, between or behind its bars.
    const auto hole = [](double left, double right) {
        return std::pair(static_cast<int>(left) + textGap, static_cast<int>(right) - textGap);
    };
    const auto roomIn = [](const std::pair<int, int>& place) { return place.second - place.first; };
    const auto behind = hole(row.total.right() + 1, m_width - margin + textGap);
    auto best = behind;
    double left = m_axisLeft - textGap;
    for (const WaterfallBar& bar : row.bars) {
        const auto place = hole(left, bar.rect.left());
        if (roomIn(behind) < width && roomIn(place) > roomIn(best))
            best = place;
        left = bar.rect.right();
    }
    const int used = std::min(width, roomIn(best));
    if (used < std::min(width, narrowestReason))
        return;
    // What stands before a bar stands close to it.
    const bool isBefore = best != behind && best.first == m_axisLeft;
    row.reason = QRect(isBefore ? best.second - used : best.first, row.row.top(), used, m_text->lineHeight);
}

std::optional<std::size_t> WaterfallLayout::rowAt(int y) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (y >= m_rows[row].row.top() && y <= m_rows[row].row.bottom())
            return row;
    }
    return std::nullopt;
}

double WaterfallLayout::xOf(TimePoint time) const
{
    return m_axisLeft + toPixel(time, m_gap, m_axisWidth);
}

TimePoint WaterfallLayout::timeAt(double x) const
{
    return toTime(x - m_axisLeft, m_gap, m_axisWidth);
}

} // namespace stepscope
