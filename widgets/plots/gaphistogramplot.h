#pragma once

#include "core/gates/assessment.h"
#include "widgets/viewmodel/gaphistogrambars.h"

#include <QWidget>

#include <memory>
#include <vector>

class QCPBars;
class QCPItemText;
class QCustomPlot;

namespace stepscope {

class PlotLegend;

/// The idle-gap histogram of the reference device: over bands of gap length on a log scale, the share of all
/// idle time and the share of all gaps. Shows one snapshot.
class GapHistogramPlot : public QWidget {
    Q_OBJECT

public:
    explicit GapHistogramPlot(QWidget* parent = nullptr);

    /// Null for nothing open.
    void setAssessment(const std::shared_ptr<const TraceIndex>& index,
                       const std::shared_ptr<const Assessment>& assessment);
    /// So that the plot stands under the lanes.
    void setLabelWidth(int pixels);
    /// For a picture that is finer, or coarser, than the screen.
    void setPixelRatio(double ratio);

    std::uint64_t shownSnapshot() const { return m_snapshot; }
    const std::vector<GapBar>& shownBars() const { return m_bars; }
    /// The heights that the plot draws, in per cent, read back from it.
    std::vector<double> drawnIdleShares() const;
    std::vector<double> drawnGapShares() const;
    QString headline() const;

    /// The plot alone, without its legend, for a report.
    QPixmap toPixmap(QSize size, double scale) const;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void showBars();
    void showBandToolTip(QPoint position);

    PlotLegend* m_legend;
    QCustomPlot* m_plot;
    QCPBars* m_gapBars;
    QCPBars* m_idleBars;
    QCPItemText* m_headline;
    std::vector<GapBar> m_bars;
    std::uint64_t m_snapshot = 0;
};

} // namespace stepscope
