#include "widgets/panels/errorscale.h"

#include "core/gates/reconciliation.h"
#include "widgets/theme/tracepalette.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace stepscope {

namespace {

constexpr double scaleEnd = 0.20;
constexpr int barHeight = 12;
constexpr int markOverhang = 4;
constexpr double tickRoom = 36.0; // half of what a number may take

} // namespace

ErrorScale::ErrorScale(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Error against the driver's TPOT"));
}

void ErrorScale::setError(std::optional<double> error)
{
    if (error == m_error)
        return;
    m_error = error;
    setAccessibleDescription(error ? tr("%1 %").arg(QLocale().toString(*error * 100.0, 'f', 1))
                                   : tr("not known"));
    update();
}

QSize ErrorScale::sizeHint() const
{
    return {200, barHeight + 2 * markOverhang + fontMetrics().height() + 2};
}

double ErrorScale::positionOf(double error) const
{
    const double clamped = std::clamp(error, -scaleEnd, scaleEnd);
    return (clamped + scaleEnd) / (2.0 * scaleEnd) * width();
}

void ErrorScale::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    const QRectF bar(0, markOverhang, width(), barHeight);
    const auto fill = [&](double from, double to, Colour colour) {
        QColor ground = colours[colour];
        ground.setAlphaF(m_error ? 0.55F : 0.25F);
        painter.fillRect(QRectF(positionOf(from), bar.top(), positionOf(to) - positionOf(from), bar.height()),
                         ground);
    };
    fill(-scaleEnd, -reconcileFail, Colour::Fail);
    fill(-reconcileFail, -reconcilePass, Colour::Warn);
    fill(-reconcilePass, reconcilePass, Colour::Pass);
    fill(reconcilePass, reconcileFail, Colour::Warn);
    fill(reconcileFail, scaleEnd, Colour::Fail);

    painter.setPen(colours[Colour::DimText]);
    constexpr std::array ticks = {-0.20, -0.10, 0.0, 0.10, 0.20};
    for (const double tick : ticks) {
        const QString sign = tick > 0.0 ? QStringLiteral("+") : tick < 0.0 ? QStringLiteral("−") : QString();
        const QString unit = std::abs(tick) == scaleEnd ? tr(" %") : QString();
        const double middle = std::clamp(positionOf(tick), tickRoom, width() - tickRoom);
        const QRectF place(middle - tickRoom, bar.bottom() + markOverhang, 2 * tickRoom,
                           fontMetrics().height());
        const Qt::Alignment side = tick == -scaleEnd  ? Qt::AlignLeft
                                   : tick == scaleEnd ? Qt::AlignRight
                                                      : Qt::AlignHCenter;
        painter.drawText(place, side | Qt::AlignTop | Qt::TextDontClip,
                         sign + QLocale().toString(std::lround(std::abs(tick) * 100.0)) + unit);
    }
    if (!m_error)
        return;
    const double x = std::clamp(positionOf(*m_error), 2.0, width() - 2.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours[Colour::Text]);
    if (std::abs(*m_error) <= scaleEnd) {
        painter.drawRect(QRectF(x - 1.5, 0, 3, barHeight + 2 * markOverhang));
        return;
    }
    const double back = *m_error > 0.0 ? -9.0 : 9.0;
    painter.drawPolygon(
        QPolygonF({{x + back, bar.top() - 2}, {x, bar.center().y()}, {x + back, bar.bottom() + 2}}));
}

} // namespace stepscope
