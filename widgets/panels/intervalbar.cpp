#include "widgets/panels/intervalbar.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr int barTop = 3;
constexpr int barHeight = 12;

} // namespace

IntervalBar::IntervalBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Host's share of a step without the profiler"));
}

void IntervalBar::setContent(const Content& content)
{
    if (content == m_content)
        return;
    m_content = content;
    if (content.low && content.high)
        setAccessibleDescription(
            tr("%1 to %2 %").arg(displaytext::percent(*content.low), displaytext::percent(*content.high)));
    update();
}

QSize IntervalBar::sizeHint() const
{
    return {200, barTop + barHeight + 4 + fontMetrics().height()};
}

void IntervalBar::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    const auto at = [this](double share) { return std::clamp(share, 0.0, 1.0) * (width() - 1); };
    painter.fillRect(QRectF(0, barTop, width(), barHeight), colours[Colour::LaneGround]);
    QColor host = colours[Colour::HostIdle];
    if (m_content.low && m_content.high) {
        // Certain up to the low end, possible up to the high one.
        painter.fillRect(QRectF(0, barTop, at(*m_content.low), barHeight), host);
        host.setAlphaF(0.4F);
        painter.fillRect(QRectF(at(*m_content.low), barTop,
                                std::max(1.0, at(*m_content.high) - at(*m_content.low)), barHeight),
                         host);
    } else {
        host.setAlphaF(0.4F);
        painter.fillRect(QRectF(0, barTop, at(m_content.measured), barHeight), host);
    }
    painter.fillRect(QRectF(at(m_content.measured) - 1, 0, 2, barTop + barHeight + 3), colours[Colour::Text]);
    painter.setPen(QPen(colours[Colour::DimText], 1, Qt::DashLine));
    painter.drawLine(QPointF(at(m_content.line), 0), QPointF(at(m_content.line), barTop + barHeight + 3));
    painter.setPen(colours[Colour::DimText]);
    const QRect foot(0, barTop + barHeight + 4, width(), fontMetrics().height());
    painter.drawText(foot, Qt::AlignLeft, tr("0"));
    painter.drawText(foot, Qt::AlignRight, tr("100 %"));
    const QString line = tr("%1 %").arg(QLocale().toString(std::lround(m_content.line * 100.0)));
    const int half = fontMetrics().horizontalAdvance(line) / 2 + 1;
    painter.drawText(QRect(static_cast<int>(at(m_content.line)) - half, foot.top(), 2 * half, foot.height()),
                     Qt::AlignHCenter, line);
}

} // namespace stepscope
