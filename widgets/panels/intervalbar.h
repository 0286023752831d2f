#pragma once

#include <QWidget>

#include <optional>

namespace stepscope {

/// The host's share of a step as the trace shows it, and between which shares it lies without the profiler: a
/// bar over a scale from 0 to 100 %, with the line at which the class flips.
class IntervalBar : public QWidget {
    Q_OBJECT

public:
    explicit IntervalBar(QWidget* parent = nullptr);

    struct Content {
        double measured = 0.0;
        std::optional<double> low;
        std::optional<double> high;
        double line = 0.5;

        friend bool operator==(const Content&, const Content&) = default;
    };
    void setContent(const Content& content);
    const Content& content() const { return m_content; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Content m_content;
};

} // namespace stepscope
