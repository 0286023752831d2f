#pragma once

#include <QWidget>

namespace stepscope {

class ColourSquare;
class ThemedLabel;

/// The label cell left of the gap histogram: what it shows, of which device, and what the two colours mean.
class PlotLegend : public QWidget {
    Q_OBJECT

public:
    explicit PlotLegend(QWidget* parent = nullptr);

    void setSubject(const QString& subject);
    /// A remark under the legend; an empty text hides it.
    void setNote(const QString& note);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();

    ThemedLabel* m_subject;
    ThemedLabel* m_note;
    ColourSquare* m_idleSquare;
    ColourSquare* m_gapsSquare;
};

} // namespace stepscope
