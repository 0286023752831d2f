#pragma once

#include "core/gates/assessment.h"
#include "widgets/viewmodel/gapbandpicker.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCPBars;
class QCPItemRect;
class QCPItemText;
class QCustomPlot;

namespace stepscope {

class GapBandShade;
class PlotLegend;

/// The idle-gap histogram of the reference device: over bands of gap length on a log scale, the share of all
/// idle time and the share of all gaps. Shows one snapshot. Bands are chosen by a click or a drag, or by Left
/// and Right, with Shift several of them; a click beside the bars or Esc ends the choice.
class GapHistogramPlot : public QWidget {
    Q_OBJECT

public:
    explicit GapHistogramPlot(QWidget* parent = nullptr);
    ~GapHistogramPlot() override;

    /// Null for nothing open.
    void setAssessment(const std::shared_ptr<const TraceIndex>& index,
                       const std::shared_ptr<const Assessment>& assessment);
    /// Dims what is not of these bands, and says what they hold; none: nothing is chosen.
    void setChosenBands(const std::optional<BandRange>& bands);
    const std::optional<BandRange>& chosenBands() const { return m_picker.chosen(); }
    /// What is said of them; empty while nothing is chosen.
    QString chosenText() const;
    /// What is drawn of a band, in own coordinates.
    QRect bandRect(std::size_t band) const;
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

public slots:
    /// The next longer or shorter band that holds a gap, alone; at first the one with most idle time.
    void chooseLonger();
    void chooseShorter();

signals:
    /// The user has chosen others, or none; also while the drag goes on.
    void bandsChosen(const std::optional<stepscope::BandRange>& bands);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void showBars();
    void showChoice();
    void showBandToolTip(QPoint position);
    bool handleMouse(const QEvent& event);
    void choose(const GapBandPicker& picker);
    double placeAt(double x) const;

    PlotLegend* m_legend;
    QCustomPlot* m_plot;
    QCPBars* m_gapBars;
    QCPBars* m_idleBars;
    QCPItemText* m_headline;
    QCPItemRect* m_focusFrame;
    std::unique_ptr<GapBandShade> m_shade;
    std::shared_ptr<const Assessment> m_assessment;
    std::vector<GapBar> m_bars;
    GapBandPicker m_picker;
    GapBandPicker m_before;         // a drag under way
    std::optional<double> m_pressX; // where the mouse was pressed, while it is
    bool m_isDragging = false;
    std::uint64_t m_snapshot = 0;
};

} // namespace stepscope
