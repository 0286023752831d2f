#include "widgets/timeline/overviewbar.h"

#include "core/lod/pixelcoverage.h"
#include "core/report/leftouttext.h"
#include "widgets/timeline/overviewbars.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/stabilitytext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHelpEvent>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int textTop = 4;
constexpr int textHeight = 15;
constexpr int boxMargin = 3;
constexpr double thumbTop = 18.0; // below the window's text
constexpr double narrowestThumb = 6.0;
constexpr double wideThumb = 120.0;
constexpr int textGap = 6;
constexpr double markHeight = 2.0;
constexpr double markBottom = 2.0;
constexpr double windowTextGap = 14.0; // nobody shall read on from it
constexpr double wordIndent = 1.0;
constexpr double pointedAt = 1.0; // pixels to either side that a tooltip tells of

} // namespace

OverviewBar::OverviewBar(TimelineState& state, QWidget* parent) : TimelineRow(state, parent)
{
    setAccessibleName(tr("Overview of the whole trace"));
    connect(&state.document(), &TraceDocument::assessmentChanged, this,
            [this] { setAccessibleDescription(windowText()); });
}

TimeAxis OverviewBar::axis() const
{
    const QRect area = timeRect();
    return {state().viewport().limits(), area.left(), area.width()};
}

QRectF OverviewBar::windowRect() const
{
    const TimeAxis time = axis();
    const TimeRange window = state().document().window();
    const double begin = alignedToPixel(time.xOf(window.begin), devicePixelRatioF());
    const double end = alignedToPixel(time.xOf(window.end), devicePixelRatioF());
    return {begin, boxMargin, std::max(end - begin, 1.0), height() - 2.0 * boxMargin};
}

QRectF OverviewBar::thumbRect() const
{
    const TimeAxis time = axis();
    const TimeRange view = state().viewport().view();
    if (view.contains(state().viewport().limits()))
        return {};
    double begin = time.xOf(view.begin);
    double width = time.xOf(view.end) - begin;
    if (width < narrowestThumb) {
        begin = std::clamp(begin - (narrowestThumb - width) / 2.0, double(time.left),
                           time.right() - narrowestThumb);
        width = narrowestThumb;
    }
    const qreal ratio = devicePixelRatioF();
    const double left = alignedToPixel(begin, ratio);
    return {left, thumbTop, alignedToPixel(begin + width, ratio) - left, height() - boxMargin - thumbTop};
}

QString OverviewBar::windowText() const
{
    const auto& assessment = state().document().assessment();
    if (!assessment)
        return {};
    const QString range =
        rangeText(assessment->analysis.window, TimeUnit::forTrace(state().viewport().limits().duration()));
    const std::size_t steps = state().steps() != nullptr ? assessment->referenceWindow().budget.steps : 0;
    if (steps == 0)
        return tr("window %1 · no whole step").arg(range);
    const TraceDocument& document = state().document();
    const QString title = document.isAutomaticWindow()  ? tr("steady-state window %1").arg(range)
                          : document.isRunnerUpWindow() ? tr("runner-up window %1").arg(range)
                                                        : tr("window %1").arg(range);
    return title + (steps == 1 ? tr(" · 1 step") : tr(" · %1 steps").arg(displaytext::count(steps)));
}

std::vector<LeftOutMark> OverviewBar::marks() const
{
    const StepIndex* steps = state().steps();
    return steps != nullptr ? leftOutMarks(steps->steady.leftOut, axis()) : std::vector<LeftOutMark>();
}

bool OverviewBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const StepIndex* steps = state().steps();
    QString text;
    if (steps != nullptr && timeRect().contains(help->pos())) {
        const double x = help->pos().x();
        text =
            steadyToolTip(steps->steady, {axis().timeAt(x - pointedAt), axis().timeAt(x + 1.0 + pointedAt)});
    }
    showToolTip(help->globalPos(), text);
    return true;
}

void OverviewBar::updateProfile()
{
    const auto& index = state().document().index();
    const bool hasWork = index != nullptr && state().steps() != nullptr;
    const TimeRange limits = state().viewport().limits();
    const auto bars = overviewBars(timeRect());
    const ProfileKey key{index, state().document().reference(), limits, hasWork ? bars : 0};
    if (key == m_profileKey)
        return;
    m_profileKey = key;
    m_profile.clear();
    if (!hasWork)
        return;
    const PixelColumns columns(limits, bars);
    ColumnCovers covers(columns);
    const std::span<const Duration> busy = covers.of(index->device(key.device).occupancy.busy());
    m_profile.reserve(bars);
    for (std::size_t bar = 0; bar < bars; ++bar) {
        const Duration length = std::max(columns[bar].duration(), Duration(1));
        m_profile.push_back(static_cast<double>(busy[bar].count()) / static_cast<double>(length.count()));
    }
}

void OverviewBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours()[Colour::Panel]);
    paintLabel(painter);
    updateProfile();
    if (state().document().isOpen()) {
        paintWindowBox(painter);
        paintProfile(painter);
        paintMarks(painter);
        paintWords(painter, paintWindowText(painter));
        paintThumb(painter);
    }
    paintBottomLine(painter);
}

void OverviewBar::paintLabel(QPainter& painter) const
{
    const QRect label = labelRect();
    const int line = fontMetrics().height();
    painter.setFont(font());
    painter.setPen(colours()[Colour::DimText]);
    drawElided(painter, {label.left(), height() / 2 - line, label.width(), line},
               Qt::AlignLeft | Qt::AlignVCenter, tr("Overview"));
    if (!state().document().isOpen())
        return;
    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::FaintText]);
    drawElided(
        painter, {label.left(), height() / 2 + 1, label.width(), line}, Qt::AlignLeft | Qt::AlignVCenter,
        rangeText(state().viewport().limits(), TimeUnit::forTrace(state().viewport().limits().duration())));
}

void OverviewBar::paintProfile(QPainter& painter) const
{
    paintOverviewBars(painter, m_profile, timeRect(), colours()[Colour::Compute], devicePixelRatioF());
}

void OverviewBar::paintWindowBox(QPainter& painter) const
{
    const QRectF box = windowRect();
    painter.fillRect(box, colours()[Colour::WindowFill]);
    const auto edge = [&](double x, WindowGrip grip) {
        const double thickness = state().focusedEdge() == grip ? 3.0 : 1.0;
        painter.fillRect(
            QRectF(grip == WindowGrip::Begin ? x : x - thickness, box.top(), thickness, box.height()),
            colours()[Colour::Window]);
    };
    edge(box.left(), WindowGrip::Begin);
    edge(box.right(), WindowGrip::End);
}

QRectF OverviewBar::paintWindowText(QPainter& painter) const
{
    const QRect area = timeRect();
    const QRectF box = windowRect();
    QString text = windowText();
    painter.setFont(smallFont());
    const int width = painter.fontMetrics().horizontalAdvance(text) + 1;
    QRectF place(box.left() + textGap, textTop, width, textHeight);

    // In the box, else beside it, where there is room.
    const double before = box.left() - area.left() - 2.0 * textGap;
    const double after = area.right() - box.right() - 2.0 * textGap;
    if (box.width() >= width + 2 * textGap || (before < width && after < width)) {
        place.setWidth(std::max(box.width() - 2.0 * textGap, 0.0));
        text = painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(place.width()));
    } else if (after >= width) {
        place.moveLeft(box.right() + textGap);
    } else {
        place.moveLeft(box.left() - textGap - width);
    }
    painter.setPen(colours()[Colour::Window]);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    return place;
}

void OverviewBar::paintMarks(QPainter& painter) const
{
    const StepIndex* steps = state().steps();
    if (steps == nullptr)
        return;
    const double ratio = devicePixelRatioF();
    const auto draw = [&](double begin, double end, Colour colour) {
        const double left = alignedToPixel(begin, ratio);
        // A pixel of air tells neighbours apart.
        const double width = std::max(alignedToPixel(end, ratio) - left - 1.0, 1.0);
        painter.fillRect(QRectF(left, height() - markBottom - markHeight, width, markHeight),
                         colours()[colour]);
    };
    for (const LeftOutMark& mark : marks())
        draw(mark.left, mark.right, Colour::OtherIdle);
    for (const std::optional<SteadyStretch>& stretch : {steps->steady.suggestion, steps->steady.runnerUp}) {
        if (stretch)
            draw(axis().xOf(stretch->window.begin), axis().xOf(stretch->window.end), Colour::Window);
    }
}

void OverviewBar::paintWords(QPainter& painter, const QRectF& windowText) const
{
    const StepIndex* steps = state().steps();
    if (steps == nullptr)
        return;
    painter.setFont(smallFont());
    QStringList texts;
    std::vector<MarkLabel> labels;
    const auto add = [&](double left, double right, const QString& text) {
        texts << text;
        const double width = painter.fontMetrics().horizontalAdvance(text) + 1.0;
        labels.push_back({left + wordIndent, right - left, width});
    };
    const std::optional<SteadyStretch>& runnerUp = steps->steady.runnerUp;
    for (const LeftOutMark& mark : marks()) {
        const LeftOut& part = steps->steady.leftOut[mark.first];
        const bool holdsRunnerUp = runnerUp && part.range.contains(runnerUp->window);
        if (!mark.isFolded())
            add(mark.left, mark.right,
                holdsRunnerUp ? tr("runner-up") : displaytext::core(leftOutWord(part.reason)));
    }
    if (const std::optional<SteadyStretch>& suggestion = steps->steady.suggestion)
        add(axis().xOf(suggestion->window.begin), axis().xOf(suggestion->window.end), tr("steady-state"));
    painter.setPen(colours()[Colour::FaintText]);
    const QRectF row(timeRect().left(), textTop, timeRect().width(), textHeight);
    for (const MarkWord& word :
         placeWords(labels, row, {windowText.adjusted(-windowTextGap, 0, windowTextGap, 0), windowRect()},
                    textGap - 1.0))
        painter.drawText(word.place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         texts[static_cast<qsizetype>(word.label)]);
}

void OverviewBar::paintThumb(QPainter& painter) const
{
    const QRectF thumb = thumbRect();
    if (thumb.isEmpty())
        return;
    QColor fill = colours()[Colour::ViewThumb];
    QColor frame = fill;
    // A narrow thumb must be found, a wide one must let profile and window through.
    fill.setAlpha(thumb.width() <= 16.0 ? 190 : thumb.width() <= wideThumb ? 60 : 16);
    frame.setAlpha(thumb.width() <= wideThumb ? 200 : 110);
    painter.fillRect(thumb, fill);
    const double line = 1.0;
    painter.fillRect(QRectF(thumb.left(), thumb.top(), thumb.width(), line), frame);
    painter.fillRect(QRectF(thumb.left(), thumb.bottom() - line, thumb.width(), line), frame);
    painter.fillRect(QRectF(thumb.left(), thumb.top() + line, line, thumb.height() - 2 * line), frame);
    painter.fillRect(QRectF(thumb.right() - line, thumb.top() + line, line, thumb.height() - 2 * line),
                     frame);
}

} // namespace stepscope
