#pragma once

#include "widgets/timeline/leftoutmarks.h"
#include "widgets/timeline/timelinerow.h"

#include <memory>
#include <vector>

namespace stepscope {

/// The whole trace in one row: how busy the reference device is, where the steady window lies and why the
/// rest is not in the suggested one, which part is visible. Paints only; OverviewMouse moves things.
class OverviewBar : public TimelineRow {
    Q_OBJECT

public:
    OverviewBar(TimelineState& state, QWidget* parent);

    /// Over the limits of the viewport, not over the view.
    TimeAxis axis() const override;
    /// The box of the window and the thumb of the view; a thumb that would cover everything is empty.
    QRectF windowRect() const;
    QRectF thumbRect() const;
    QString windowText() const;
    std::vector<LeftOutMark> marks() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct ProfileKey {
        std::shared_ptr<const TraceIndex> index;
        DeviceId device;
        TimeRange limits;
        std::size_t bars = 0;
        friend bool operator==(const ProfileKey&, const ProfileKey&) = default;
    };

    void updateProfile();
    void paintLabel(QPainter& painter) const;
    void paintProfile(QPainter& painter) const;
    void paintWindowBox(QPainter& painter) const;
    /// Where it stands.
    QRectF paintWindowText(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintWords(QPainter& painter, const QRectF& windowText) const;
    void paintThumb(QPainter& painter) const;

    ProfileKey m_profileKey;
    std::vector<double> m_profile; // busy share of each bar
};

} // namespace stepscope
