#include "widgets/timeline/litgaps.h"

#include <QPainter>

namespace stepscope {

namespace {

constexpr int lineDistance = 1;
constexpr int lineHeight = 3; // fits into the margin below a bar

} // namespace

const std::vector<ColumnRun>& LitGaps::columns(const TraceDocument& document, TimeRange view,
                                               std::size_t columns)
{
    const bool isLit = m_bands && document.isOpen() && document.reference().isValid();
    if (!isLit) {
        m_found.reset();
        m_runs.clear();
        return m_runs;
    }
    const Key key{*m_bands, document.reference(), document.window(), view, columns};
    if (m_found == key)
        return m_runs;
    m_runs = gapColumns(document.index()->device(key.device).occupancy.gaps(), key.window, key.bands, view,
                        columns);
    m_found = key;
    return m_runs;
}

void paintLitGaps(QPainter& painter, const std::vector<ColumnRun>& runs, const QRect& bar,
                  const TracePalette& colours)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const double top = bar.bottom() + 1 + lineDistance;
    for (const ColumnRun& run : runs)
        painter.fillRect(QRectF(bar.left() + static_cast<double>(run.first) / ratio, top,
                                static_cast<double>(run.last - run.first) / ratio, lineHeight),
                         colours[Colour::ChosenGap]);
}

} // namespace stepscope
