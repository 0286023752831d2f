#pragma once

#include "core/lod/gapcolumns.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QRect>

#include <optional>
#include <vector>

class QPainter;

namespace stepscope {

/// The gaps of chosen lengths, as they are lit below the bar of the reference device: each pixel column with
/// one of them, whatever their number. What was found is kept for the view, so that what is painted over the
/// lanes costs nothing more.
class LitGaps {
public:
    /// None: no gap is lit.
    void setBands(const std::optional<BandRange>& bands) { m_bands = bands; }
    const std::optional<BandRange>& bands() const { return m_bands; }
    /// Another trace, or other gaps of it.
    void forget() { m_found.reset(); }

    /// Of `columns` that the view is laid over, those with such a gap inside the window. O(columns · log n)
    /// for another view, window or choice.
    const std::vector<ColumnRun>& columns(const TraceDocument& document, TimeRange view, std::size_t columns);

private:
    struct Key {
        BandRange bands;
        DeviceId device;
        TimeRange window;
        TimeRange view;
        std::size_t columns = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };

    std::optional<BandRange> m_bands;
    std::optional<Key> m_found;
    std::vector<ColumnRun> m_runs;
};

/// A line below the bar along each run; columns are device pixels from the bar's left.
void paintLitGaps(QPainter& painter, const std::vector<ColumnRun>& runs, const QRect& bar,
                  const TracePalette& colours);

} // namespace stepscope
