#pragma once

class QCustomPlot;
class QPalette;

namespace stepscope {

/// Dresses a plot for light or dark: QCustomPlot does not look at QPalette. Call again when the palette
/// changes; series keep the pens and brushes of their owner.
void applyPlotTheme(QCustomPlot* plot, const QPalette& palette);

} // namespace stepscope
