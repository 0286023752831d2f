#include "widgets/plots/plottheme.h"

#include "widgets/plots/qcustomplotinclude.h"
#include "widgets/theme/tracepalette.h"

namespace stepscope {

void applyPlotTheme(QCustomPlot* plot, const QPalette& palette)
{
    const TracePalette& colours = TracePalette::matching(palette);
    const QPen line(colours[Colour::Separator], 0);
    const QPen grid(colours[Colour::Grid], 0);
    plot->setBackground(QBrush(colours[Colour::Canvas]));
    for (QCPAxisRect* const rect : plot->axisRects()) {
        rect->setBackground(QBrush(colours[Colour::Canvas]));
        for (QCPAxis* const axis : rect->axes()) {
            axis->setBasePen(line);
            axis->setTickPen(line);
            axis->setSubTickPen(line);
            axis->setLabelColor(colours[Colour::DimText]);
            axis->setTickLabelColor(colours[Colour::DimText]);
            axis->setTickLabelFont(plot->font());
            axis->setLabelFont(plot->font());
            axis->grid()->setPen(grid);
            axis->grid()->setSubGridPen(grid);
            axis->grid()->setZeroLinePen(line);
        }
    }
    plot->legend->setBrush(QBrush(colours[Colour::Panel]));
    plot->legend->setBorderPen(line);
    plot->legend->setTextColor(colours[Colour::Text]);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace stepscope
