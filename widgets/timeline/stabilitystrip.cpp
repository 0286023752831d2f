#include "widgets/timeline/stabilitystrip.h"

#include "widgets/timeline/timelinerows.h"

#include "widgets/timeline/stabilitytext.h"
#include "widgets/timeline/stepblocks.h"
#include "widgets/timeline/steptext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHelpEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr int nameGap = 10;
constexpr double areaTop = 3.0;
constexpr double areaBottom = 2.0; // above the line below the row
constexpr double batchTop = 4.0;
constexpr double limitPeriod = 6.0;
constexpr double prefillHeight = 6.0;

} // namespace

StabilityStrip::StabilityStrip(TimelineState& state, QWidget* parent) : TimelineRow(state, parent)
{
    setAccessibleName(tr("Stability"));
    connect(&state.document(), &TraceDocument::assessmentChanged, this, &StabilityStrip::show);
    connect(&state.document(), &TraceDocument::indexChanged, this, &StabilityStrip::show);
    show();
}

void StabilityStrip::show()
{
    // At once: measured at 0.6 µs a step, so that 10 000 steps take less than a frame, once a trace and
    // device.
    const std::shared_ptr<const TraceIndex>& index = state().document().index();
    const DeviceId device = state().document().reference();
    if (index != m_rangesOf || device != m_rangesDevice) {
        m_rangesOf = index;
        m_rangesDevice = device;
        const StepIndex* steps = state().steps();
        m_ranges = steps != nullptr ? StabilityRanges(stabilityOf(*steps)) : StabilityRanges();
        m_barsOver = {};
    }
    setAccessibleDescription(spreadText());
    update();
}

void StabilityStrip::updateBars()
{
    if (m_barsOver == axis())
        return;
    m_barsOver = axis();
    m_bars = stabilityBars(m_ranges, m_barsOver);
}

double StabilityStrip::windowSpread() const
{
    const StepIndex* steps = state().steps();
    if (steps == nullptr)
        return -1.0;
    const auto [first, last] = steps->insideOf(state().document().window());
    return m_ranges.largestSpread(first, last);
}

QString StabilityStrip::spreadText() const
{
    const double spread = windowSpread();
    return spread < 0.0 ? QString() : tr("spread ≤ %1").arg(displaytext::percentWithSign(spread));
}

int StabilityStrip::labelWidth(const QFont& font)
{
    return QFontMetrics(TimelineRows::boldFont(font)).horizontalAdvance(tr("Stability")) + nameGap +
           QFontMetrics(TimelineRows::smallFont(font))
               .horizontalAdvance(tr("spread ≤ %1").arg(QStringLiteral("000 %")));
}

double StabilityStrip::yOf(double spread) const
{
    const double bottom = height() - areaBottom;
    return bottom - std::clamp(spread / unevenSpread, 0.0, 1.0) * (bottom - areaTop);
}

double StabilityStrip::yOfBatch(std::int64_t batch) const
{
    const double most = std::max(1.0, static_cast<double>(m_ranges.stability().largestBatch));
    const double bottom = height() - areaBottom - 1.0;
    const double y = bottom - static_cast<double>(batch) / most * (bottom - batchTop);
    return alignedToPixel(y, devicePixelRatioF());
}

bool StabilityStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const StepIndex* steps = state().steps();
    QString text;
    if (steps != nullptr && timeRect().contains(help->pos())) {
        if (const auto step = stepIndexAt(*steps, axis().timeAt(help->pos().x())))
            text = stabilityToolTip(*steps, m_ranges.stability().steps[*step], *step);
    } else if (steps != nullptr && labelRect().contains(help->pos())) {
        text = labelToolTip();
    }
    showToolTip(help->globalPos(), text);
    return true;
}

QString StabilityStrip::labelToolTip() const
{
    QString text =
        tr("How even the steps are: p90 − p10 of the cadence, over its median, of each decode step "
           "and up to 8 before and after it. Low is steady. Gate 4 warns from %1 on and fails from "
           "%2 on, which is the top of the row.")
            .arg(displaytext::percentWithSign(evenSpread), displaytext::percentWithSign(unevenSpread));
    if (m_ranges.stability().largestBatch >= 0)
        text += QLatin1Char('\n') +
                tr("The line is the number of requests in a step, up to %1.")
                    .arg(displaytext::count(static_cast<std::uint64_t>(m_ranges.stability().largestBatch)));
    return text;
}

void StabilityStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours()[Colour::Canvas]);
    paintLabel(painter);
    if (state().steps() != nullptr) {
        updateBars();
        painter.save();
        painter.setClipRect(timeRect());
        paintSpread(painter);
        paintBatch(painter);
        paintBlocks(painter);
        painter.restore();
        paintWindow(painter);
        paintScale(painter);
    }
    paintCursor(painter);
    paintBottomLine(painter);
}

void StabilityStrip::paintLabel(QPainter& painter) const
{
    const QRect label = labelRect();
    const QString title = tr("Stability");
    painter.setFont(boldFont());
    painter.setPen(colours()[Colour::Text]);
    drawElided(painter, label, Qt::AlignLeft | Qt::AlignVCenter, title);
    const int used = painter.fontMetrics().horizontalAdvance(title) + nameGap;
    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::DimText]);
    drawElided(painter, label.adjusted(used, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter, spreadText());
}

void StabilityStrip::paintSpread(QPainter& painter) const
{
    const double ratio = devicePixelRatioF();
    const double bottom = height() - areaBottom;
    QRectF run; // of bars of one height
    bool isUneven = false;
    const auto paintRun = [&] {
        if (run.isEmpty())
            return;
        const QColor line = colours()[isUneven ? Colour::Warn : Colour::DeviceIdle];
        QColor fill = line;
        fill.setAlpha(isUneven ? 130 : 90);
        painter.fillRect(run, fill);
        painter.fillRect(QRectF(run.left(), run.top(), run.width(), 1.0), line);
    };
    for (const StabilityBar& bar : m_bars) {
        if (bar.spread < 0.0)
            continue;
        const double left = alignedToPixel(bar.left, ratio);
        const double right = std::max(alignedToPixel(bar.right, ratio), left + 1.0 / ratio);
        const double top = std::min(alignedToPixel(yOf(bar.spread), ratio), bottom - 1.0);
        if (left == run.right() && top == run.top() && isUneven == (bar.spread > evenSpread)) {
            run.setRight(right);
            continue;
        }
        paintRun();
        run = QRectF(QPointF(left, top), QPointF(right, bottom));
        isUneven = bar.spread > evenSpread;
    }
    paintRun();
    QColor limit = colours()[Colour::Warn];
    limit.setAlpha(110);
    const QRect area = timeRect();
    const double y = alignedToPixel(yOf(evenSpread), ratio);
    for (double x = area.left(); x < area.right(); x += limitPeriod)
        painter.fillRect(QRectF(x, y, 2.0, 1.0), limit);
}

void StabilityStrip::paintBatch(QPainter& painter) const
{
    const double ratio = devicePixelRatioF();
    const QColor colour = colours()[Colour::Link];
    const StabilityBar* before = nullptr;
    QRectF run; // of bars of one size
    for (const StabilityBar& bar : m_bars) {
        if (bar.mostBatch < 0) {
            before = nullptr;
            continue;
        }
        // A column that holds a change shows all of it; from bar to bar the line is joined.
        std::int64_t least = bar.leastBatch;
        std::int64_t most = bar.mostBatch;
        const double left = alignedToPixel(bar.left, ratio);
        const double right = std::max(alignedToPixel(bar.right, ratio), left + 1.0 / ratio);
        if (left == run.right() && yOfBatch(most) == run.top()) {
            run.setRight(right);
        } else {
            painter.fillRect(run, colour);
            run = QRectF(left, yOfBatch(most), right - left, 1.0);
        }
        if (before != nullptr) {
            least = std::min(least, before->mostBatch);
            most = std::max(most, before->leastBatch);
        }
        const double top = yOfBatch(most);
        if (least < most)
            painter.fillRect(QRectF(left, top, 1.0, yOfBatch(least) + 1.0 - top), colour);
        before = &bar;
    }
    painter.fillRect(run, colour);
}

void StabilityStrip::paintBlocks(QPainter& painter) const
{
    const QRect area = timeRect();
    const QColor mark = colours()[Colour::Text];
    for (const StepBlock& block : stepBlocks(*state().steps(), axis())) {
        if (block.kind == StepKind::Lull || block.kind == StepKind::Edge)
            hatch(painter, block, area, colours());
        else
            painter.fillRect(QRectF(alignedToPixel(block.left, devicePixelRatioF()), 0.0, 2.0, prefillHeight),
                             mark);
    }
}

void StabilityStrip::paintScale(QPainter& painter) const
{
    const std::int64_t most = m_ranges.stability().largestBatch;
    if (most < 1)
        return;
    paintScaleText(painter,
                   displaytext::counted(static_cast<std::uint64_t>(most), tr("1 request"), tr("%1 requests")),
                   std::floor((height() - 1.0 - QFontMetrics(smallFont()).height()) / 2.0));
}

} // namespace stepscope
