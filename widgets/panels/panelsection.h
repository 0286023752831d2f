#pragma once

#include "widgets/theme/tracepalette.h"

#include <QWidget>

class QVBoxLayout;

namespace stepscope {

class ThemedLabel;

/// One section of the right column: a title in small capitals, a remark beside it, a line above, and content.
class PanelSection : public QWidget {
    Q_OBJECT

public:
    /// `meaning` tells what the section holds: tooltip and what's-this of its title.
    PanelSection(const QString& title, const QString& meaning, QWidget* parent = nullptr);

    void setRemark(const QString& text, const QString& toolTip = {});
    void setRemarkColour(Colour colour);
    QString remark() const;
    QVBoxLayout* content() const { return m_content; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ThemedLabel* m_remark;
    QVBoxLayout* m_content;
};

} // namespace stepscope
