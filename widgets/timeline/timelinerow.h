#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"
#include "widgets/timeline/timelinestate.h"

#include <QFont>
#include <QWidget>

#include <optional>

namespace stepscope {

/// One horizontal part of the timeline: a label cell of fixed width on the left, the time axis beside it.
/// All rows have the same left edge and width, so that one x means one time in all of them.
class TimelineRow : public QWidget {
    Q_OBJECT

public:
    TimelineRow(TimelineState& state, QWidget* parent);

    /// The part that shows time, in own coordinates.
    QRect timeRect() const;
    virtual TimeAxis axis() const;
    /// The step that a position means as a whole, and that is then lit; none where it means a time.
    virtual std::optional<std::size_t> stepMeantAt(QPointF) const { return std::nullopt; }
    /// The band over the lit step as this row paints it, in own coordinates; empty without one.
    QRectF litStepRect() const;

protected:
    TimelineState& state() const { return m_state; }
    const TracePalette& colours() const;
    /// The label cell without its paddings.
    QRect labelRect() const;
    QFont smallFont() const;
    QFont boldFont() const;

    /// What the rows have in common above their content: what is outside the window is dimmed, its edges
    /// the markers and the cursor are lines, a zoom drag is a band.
    void paintWindow(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;
    void paintLitStep(QPainter& painter) const;
    void paintBottomLine(QPainter& painter) const;
    void drawElided(QPainter& painter, const QRect& rect, Qt::Alignment alignment, const QString& text) const;
    /// Small text at the right end of the time axis, on ground of its own: what the height stands for.
    void paintScaleText(QPainter& painter, const QString& text, double top) const;
    /// Plain text always: names in a trace are data.
    void showToolTip(const QPoint& globalPosition, const QString& plain);

    void changeEvent(QEvent* event) override;
    int metric(PaintDeviceMetric metric) const override;
    /// What has to be painted anew for another view: all, unless labels and the like stay the same.
    virtual QRect viewDependent() const { return rect(); }
    /// The palette, the font or the device pixel ratio is another one.
    virtual void appearanceChanged() {}

private:
    void paintMarkers(QPainter& painter) const;

    TimelineState& m_state;
};

} // namespace stepscope
