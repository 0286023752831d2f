#include "widgets/timeline/cadencestrip.h"

#include "widgets/timeline/boundarylines.h"
#include "widgets/timeline/steptext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double scaleMargin = 9.0; // between the scale's ends and those of the strip
constexpr double dashLength = 5.0;
constexpr double dashPeriod = 9.0;
constexpr double roomForDots = 9.0;
constexpr double roomForSmallDots = 4.0;
constexpr double smallDot = 1.75;
constexpr double outlierDot = 2.5; // hollow
constexpr double hoverGrowth = 1.75;
constexpr double hoveredTriangle = 1.5;
constexpr double outside = 8.0; // marks that reach into the strip

/// Milliseconds with so many decimals that the two ends of the scale read differently.
QString scaleText(Duration end, CadenceScale scale)
{
    int decimals = 1;
    for (Duration step = std::chrono::microseconds(100); step * 4 > scale.high - scale.low && decimals < 6;
         step /= 10)
        ++decimals;
    return CadenceStrip::tr("%1 ms").arg(
        QLocale().toString(static_cast<double>(end.count()) / 1e6, 'f', decimals));
}

/// The part of a line that runs to the right between two x: a step that is millions of pixels away when
/// zoomed to nanoseconds is more than a painter can take.
QLineF clippedLine(const QLineF& line, double left, double right)
{
    const auto at = [&](double x) {
        const double width = line.dx();
        return QPointF(x, width > 0.0 ? line.y1() + line.dy() * (x - line.x1()) / width : line.y1());
    };
    return {line.x1() < left ? at(left) : line.p1(), line.x2() > right ? at(right) : line.p2()};
}

QPolygonF triangle(double x, double y, int direction, double size = 1.0)
{
    const double tip = y - 4.0 * size * direction;
    const double base = y + 3.0 * size * direction;
    return QPolygonF({QPointF(x, tip), QPointF(x + 4.0 * size, base), QPointF(x - 4.0 * size, base)});
}

} // namespace

CadenceStrip::CadenceStrip(TimelineState& state, QWidget* parent) : TimelineRow(state, parent)
{
    setAccessibleName(tr("Step cadence"));
    connect(&state.document(), &TraceDocument::assessmentChanged, this, &CadenceStrip::show);
    connect(&state.document(), &TraceDocument::indexChanged, this,
            [this] { show(this->state().document().assessment()); });
    show(state.document().assessment());
}

void CadenceStrip::show(std::shared_ptr<const Assessment> assessment)
{
    m_shown = std::move(assessment);
    const std::shared_ptr<const TraceIndex>& index = state().document().index();
    const DeviceId device = state().document().reference();
    if (index != m_usualOf || device != m_usualDevice) {
        m_usualOf = index;
        m_usualDevice = device;
        m_usual = state().steps() != nullptr ? usualCadences(*state().steps()) : CadenceScale();
    }
    setAccessibleDescription(m_shown ? cadenceSummary(shownCadence()).join(QLatin1String(", ")) : QString());
    update();
}

std::uint64_t CadenceStrip::shownSnapshot() const
{
    return m_shown ? m_shown->snapshot : 0;
}

CadenceStatistics CadenceStrip::shownCadence() const
{
    return m_shown && state().steps() != nullptr ? m_shown->referenceWindow().cadence : CadenceStatistics();
}

CadenceScale CadenceStrip::scale() const
{
    const StepIndex* steps = state().steps();
    return cadenceScale(m_usual, shownCadence().spread,
                        steps != nullptr ? steps->mixture : std::optional<CadenceMixture>());
}

CadenceGeometry CadenceStrip::geometry() const
{
    const StepIndex* steps = state().steps();
    return steps == nullptr ? CadenceGeometry()
                            : cadenceGeometry(*steps, axis(), scale(), topOfScale(), bottomOfScale());
}

double CadenceStrip::topOfScale() const
{
    return scaleMargin;
}

double CadenceStrip::bottomOfScale() const
{
    return height() - 1.0 - scaleMargin;
}

double CadenceStrip::yOf(Duration cadence) const
{
    const double position = std::clamp(scale().positionOf(cadence), 0.0, 1.0);
    return bottomOfScale() - position * (bottomOfScale() - topOfScale());
}

std::optional<std::size_t> CadenceStrip::stepAt(int x) const
{
    const StepIndex* steps = state().steps();
    if (steps == nullptr || !timeRect().contains(x, 0))
        return std::nullopt;
    return stepIndexAt(*steps, axis().timeAt(x));
}

std::optional<std::size_t> CadenceStrip::stepMeantAt(QPointF at) const
{
    const StepIndex* const steps = state().steps();
    if (!m_shown || steps == nullptr || !timeRect().contains(at.toPoint()))
        return std::nullopt;
    const auto point =
        cadencePointAt(geometry(), *steps, axis(), scale(), topOfScale(), bottomOfScale(), at.x(), at.y());
    return point ? std::optional(point->step) : std::nullopt;
}

bool CadenceStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    const auto meant = stepMeantAt(help->pos()); // a dot stands where its step begins
    if (const auto step = meant ? meant : stepAt(help->pos().x()))
        text = stepToolTip(*state().steps(), *step);
    else if (labelRect().contains(help->pos()) && m_shown && state().steps() != nullptr)
        text = displaytext::stepSource(*state().steps()) + QLatin1Char('\n') +
               displaytext::stepSourceToolTip(*state().steps());
    showToolTip(help->globalPos(), text);
    return true;
}

void CadenceStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours()[Colour::Canvas]);
    paintLabel(painter);
    const StepIndex* steps = state().steps();
    if (m_shown && steps != nullptr) {
        const CadenceGeometry shapes = geometry();
        painter.save();
        painter.setClipRect(timeRect());
        paintBlocks(painter, shapes);
        paintSpread(painter);
        paintBoundaries(painter, timeRect(), axis(), *steps, colours()[Colour::Boundary]);
        paintLitStep(painter);
        paintColumns(painter, shapes);
        paintPoints(painter, shapes);
        painter.restore();
        paintWindow(painter);
        paintScale(painter);
    }
    paintCursor(painter);
    paintBottomLine(painter);
}

void CadenceStrip::paintLabel(QPainter& painter) const
{
    const QRect label = labelRect();
    const int line = fontMetrics().height() + 1;
    QStringList texts;
    if (m_shown && state().steps() != nullptr)
        texts = cadenceSummary(shownCadence());
    int y = (height() - line * (1 + static_cast<int>(texts.size()))) / 2;
    const auto draw = [&](const QFont& font, Colour colour, const QString& text) {
        painter.setFont(font);
        painter.setPen(colours()[colour]);
        drawElided(painter, {label.left(), y, label.width(), line}, Qt::AlignLeft | Qt::AlignVCenter, text);
        y += line;
    };
    draw(boldFont(), Colour::Text, tr("Step cadence"));
    for (qsizetype i = 0; i < texts.size(); ++i)
        draw(smallFont(), i == 0 ? Colour::DimText : Colour::FaintText, texts[i]);
}

void CadenceStrip::paintSpread(QPainter& painter) const
{
    const CadenceStatistics cadence = shownCadence();
    if (cadence.count == 0)
        return;
    const QRect area = timeRect();
    const double ratio = devicePixelRatioF();
    const double top = alignedToPixel(yOf(cadence.spread.p90), ratio);
    const double bottom = alignedToPixel(yOf(cadence.spread.p10), ratio);
    painter.fillRect(QRectF(area.left(), top, area.width(), std::max(bottom - top, 1.0)),
                     colours()[Colour::CadenceBand]);
    QColor dash = colours()[Colour::Cadence];
    dash.setAlpha(150);
    const auto dashAt = [&](Duration median) {
        const double y = alignedToPixel(yOf(median), ratio);
        for (double x = area.left(); x < area.right(); x += dashPeriod)
            painter.fillRect(QRectF(x, y, dashLength, 1.0), dash);
    };
    if (cadence.mixture) { // the median of all describes neither kind
        dashAt(cadence.mixture->shorter.median);
        dashAt(cadence.mixture->longer.median);
    } else {
        dashAt(cadence.spread.median);
    }
}

void CadenceStrip::paintBlocks(QPainter& painter, const CadenceGeometry& shapes) const
{
    painter.setFont(smallFont());
    for (const StepBlock& block : shapes.blocks) {
        const QRectF box = hatch(painter, block, timeRect(), colours());
        const QString text = stepKindText(block.kind);
        const int width = painter.fontMetrics().horizontalAdvance(text) + 8;
        if (width + 8 > box.width())
            continue;
        const QRectF plate(box.left() + 4.0, height() - 19.0, width, 15.0);
        painter.fillRect(plate, colours()[Colour::Canvas]);
        painter.setPen(colours()[Colour::DimText]);
        painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, text);
    }
}

void CadenceStrip::paintColumns(QPainter& painter, const CadenceGeometry& shapes) const
{
    if (shapes.columns.empty())
        return;
    const QColor colour = colours()[Colour::Cadence];
    for (const CadenceColumn& column : shapes.columns)
        painter.fillRect(
            QRectF(column.x, column.top - 0.5, 1.0, std::max(column.bottom - column.top, 0.0) + 1.0), colour);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.25));
    painter.setBrush(colours()[Colour::Canvas]);
    for (const CadenceColumn& column : shapes.columns) {
        if (column.hasOutlier)
            painter.drawPolygon(triangle(column.x + 0.5, topOfScale(), 1));
    }
    if (const auto hovered = state().hoveredStep()) {
        CadencePoint point =
            cadencePoint(*state().steps(), *hovered, axis(), scale(), topOfScale(), bottomOfScale());
        point.x = std::floor(point.x) + 0.5;
        paintDot(painter, point, smallDot + hoverGrowth);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void CadenceStrip::paintPoints(QPainter& painter, const CadenceGeometry& shapes) const
{
    if (shapes.points.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colours()[Colour::Cadence];
    const double left = timeRect().left() - outside;
    const double right = timeRect().right() + outside;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.25));
    for (std::size_t i = 1; i < shapes.points.size(); ++i) {
        const CadencePoint& from = shapes.points[i - 1];
        const CadencePoint& to = shapes.points[i];
        if (!to.startsLine && to.x >= left && from.x <= right)
            painter.drawLine(clippedLine({from.x, from.y, to.x, to.y}, left, right));
    }

    const double radius = shapes.pointSpacing >= roomForDots        ? 3.0
                          : shapes.pointSpacing >= roomForSmallDots ? smallDot
                                                                    : 0.0;
    const std::optional<std::size_t> hovered = state().hoveredStep();
    for (const CadencePoint& point : shapes.points) {
        if (point.x < left || point.x > right)
            continue;
        // An outlier shows where there is no room for other dots, too.
        const double least = point.isOutlier ? outlierDot : radius;
        const double grown = point.step == hovered ? std::max(radius, smallDot) + hoverGrowth : radius;
        paintDot(painter, point, std::max(least, grown));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void CadenceStrip::paintDot(QPainter& painter, const CadencePoint& point, double radius) const
{
    const QColor colour = colours()[Colour::Cadence];
    const bool isHovered = point.step == state().hoveredStep();
    if (point.beyond != 0) {
        // Hollow: the cadence is not at this height but beyond it.
        painter.setPen(QPen(colour, 1.25));
        painter.setBrush(colours()[Colour::Canvas]);
        painter.drawPolygon(triangle(point.x, point.y, point.beyond, isHovered ? hoveredTriangle : 1.0));
    } else if (radius > 0.0) {
        // Hollow, too: an outlier of its own kind.
        painter.setPen(point.isOutlier ? QPen(colour, 1.25) : QPen(Qt::NoPen));
        painter.setBrush(point.isOutlier ? colours()[Colour::Canvas] : colour);
        painter.drawEllipse(QPointF(point.x, point.y), radius, radius);
    }
}

void CadenceStrip::paintScale(QPainter& painter) const
{
    const CadenceScale ends = scale();
    if (ends.isEmpty())
        return;
    paintScaleText(painter, scaleText(ends.high, ends), 2.0);
    paintScaleText(painter, scaleText(ends.low, ends), height() - 3.0 - QFontMetrics(smallFont()).height());
}

} // namespace stepscope
