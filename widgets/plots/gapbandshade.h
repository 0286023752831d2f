#pragma once

#include "core/analysis/gapindex.h"

#include <QString>

#include <array>
#include <optional>

class QCPItemRect;
class QCPItemText;
class QCustomPlot;

namespace stepscope {

class TracePalette;

/// The chosen bands in the gap histogram: what is beside them is dimmed, a frame stands around them, and a
/// text above them, moved sideways as far as it takes to be read whole. The axis has one unit a band.
class GapBandShade {
public:
    /// Its items belong to the plot.
    explicit GapBandShade(QCustomPlot* plot);

    void show(const std::optional<BandRange>& bands, const QString& text);
    /// After the axis or the size of the plot is another one, or the font.
    void place();
    void setColours(const TracePalette& colours);

private:
    QCustomPlot* m_plot;
    std::array<QCPItemRect*, 2> m_beside;
    QCPItemRect* m_frame;
    QCPItemText* m_text;
    std::optional<BandRange> m_bands;
};

} // namespace stepscope
