#include "widgets/plots/gaphistogramplot.h"

#include "widgets/plots/gapbandshade.h"
#include "widgets/plots/plotlegend.h"
#include "widgets/plots/plottheme.h"
#include "widgets/plots/qcustomplotinclude.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

// A band is one unit of the x axis; the two bars of a band stand side by side in it.
constexpr double barWidth = 0.4;
constexpr double gapBarCentre = 0.28;
constexpr double idleBarCentre = 0.72;
// Room above the tallest bar for the headline.
constexpr double headroom = 1.28;
/// Fewer bands than this look like a bar chart of nothing: widen to two decades.
constexpr int narrowestBands = 24;
constexpr double marginShare = 0.07;
constexpr double dragThreshold = 4.0; // pixels: a click that trembles is still a click

std::vector<double> heightsOf(const QCPBars* bars)
{
    std::vector<double> heights;
    for (const QCPBarsData& bar : *bars->data())
        heights.push_back(bar.value);
    return heights;
}

/// Distance of the marks on the share axis, in per cent: two or three marks up to `highest`.
int sharesStep(double highest)
{
    for (const int step : {1, 2, 5, 10, 20}) {
        if (highest < step * 4.0)
            return step;
    }
    return 25;
}

} // namespace

GapHistogramPlot::GapHistogramPlot(QWidget* parent)
    : QWidget(parent), m_legend(new PlotLegend(this)), m_plot(new QCustomPlot(this)),
      m_gapBars(new QCPBars(m_plot->xAxis, m_plot->yAxis)),
      m_idleBars(new QCPBars(m_plot->xAxis, m_plot->yAxis)), m_headline(new QCPItemText(m_plot)),
      m_focusFrame(new QCPItemRect(m_plot)), m_shade(std::make_unique<GapBandShade>(m_plot))
{
    setAccessibleName(tr("Idle-gap histogram"));
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_legend);
    layout->addWidget(m_plot, 1);

    for (QCPBars* const bars : {m_gapBars, m_idleBars}) {
        bars->setWidth(barWidth);
        bars->setPen(Qt::NoPen);
        bars->setAntialiased(false);
    }
    m_headline->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_headline->position->setCoords(0.5, 0.02);
    m_headline->setPositionAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_headline->setPadding(QMargins(6, 1, 6, 1));
    m_headline->setClipToAxisRect(false);

    for (QCPItemPosition* const corner : {m_focusFrame->topLeft, m_focusFrame->bottomRight})
        corner->setType(QCPItemPosition::ptAbsolute);
    m_focusFrame->topLeft->setCoords(0.0, 0.0);
    m_focusFrame->setLayer(QStringLiteral("overlay")); // above what dims the bars
    m_focusFrame->setClipToAxisRect(false);
    m_focusFrame->setAntialiased(false);
    m_focusFrame->setVisible(false);

    m_plot->xAxis->setTickLength(0, 4);
    m_plot->xAxis->setSubTicks(false);
    m_plot->yAxis->setSubTicks(false);
    m_plot->yAxis->setTickLength(0);
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_plot->yAxis->setTickLabelSide(QCPAxis::lsInside);
    m_plot->axisRect()->setAutoMargins(QCP::msBottom);
    m_plot->axisRect()->setMargins(QMargins(0, 8, 16, 8)); // ends where the lanes do
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    connect(m_plot, &QCustomPlot::afterLayout, this, [this] {
        m_shade->place();
        // Its last row of pixels is not painted.
        m_focusFrame->bottomRight->setCoords(m_plot->width() - 1, m_plot->height() - 2);
    });
    applyTheme();
    showBars();
}

GapHistogramPlot::~GapHistogramPlot() = default;

void GapHistogramPlot::setAssessment(const std::shared_ptr<const TraceIndex>& index,
                                     const std::shared_ptr<const Assessment>& assessment)
{
    QString headlineText;
    QString note;
    m_bars.clear();
    m_snapshot = 0;
    m_assessment = index ? assessment : nullptr;
    if (index && assessment) {
        const DeviceWindow& window = assessment->referenceWindow();
        m_bars = gapBars(window);
        m_snapshot = assessment->snapshot;
        headlineText = m_bars.empty() ? tr("no gap lies wholly inside the window") : gapHeadline(window);
        note = clippedIdleNote(window);
        m_legend->setSubject(
            tr("%1 · window").arg(displaytext::deviceName(index->trace(), assessment->reference)));
    }
    m_legend->setNote(note);
    m_headline->setText(headlineText);
    showChoice();
}

void GapHistogramPlot::setChosenBands(const std::optional<BandRange>& bands)
{
    m_picker.choose(bands);
    showChoice();
}

QString GapHistogramPlot::chosenText() const
{
    return m_assessment && chosenBands() ? chosenGapsText(m_assessment->referenceWindow(), *chosenBands())
                                         : QString();
}

void GapHistogramPlot::showChoice()
{
    const QString text = chosenText();
    m_headline->setVisible(text.isEmpty());
    m_shade->show(text.isEmpty() ? std::nullopt : chosenBands(), text);
    setAccessibleDescription(text.isEmpty() ? m_headline->text()
                                            : tr("Chosen: %1. %2").arg(text, m_headline->text()));
    showBars();
}

void GapHistogramPlot::choose(const GapBandPicker& picker)
{
    const bool isOther = picker.chosen() != chosenBands();
    m_picker = picker;
    if (!isOther)
        return;
    showChoice();
    emit bandsChosen(chosenBands());
}

void GapHistogramPlot::chooseLonger()
{
    GapBandPicker picker = m_picker;
    picker.move(m_bars, 1, false);
    choose(picker);
}

void GapHistogramPlot::chooseShorter()
{
    GapBandPicker picker = m_picker;
    picker.move(m_bars, -1, false);
    choose(picker);
}

double GapHistogramPlot::placeAt(double x) const
{
    return m_plot->xAxis->pixelToCoord(x);
}

QRect GapHistogramPlot::bandRect(std::size_t band) const
{
    const QRect area = m_plot->axisRect()->rect();
    const auto edge = [&](std::size_t at) {
        return qRound(m_plot->xAxis->coordToPixel(static_cast<double>(at)));
    };
    return QRect(edge(band), area.top(), edge(band + 1) - edge(band), area.height())
        .translated(m_plot->mapTo(this, QPoint()));
}

void GapHistogramPlot::setPixelRatio(double ratio)
{
    m_plot->setBufferDevicePixelRatio(ratio);
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void GapHistogramPlot::showBars()
{
    QVector<double> gapPlaces;
    QVector<double> gapShares;
    QVector<double> idlePlaces;
    QVector<double> idleShares;
    double highest = 0.0;
    for (const GapBar& bar : m_bars) {
        const auto band = static_cast<double>(bar.band);
        gapPlaces += band + gapBarCentre;
        gapShares += bar.shareOfGaps * 100.0;
        idlePlaces += band + idleBarCentre;
        idleShares += bar.shareOfIdle * 100.0;
        highest = std::max({highest, gapShares.last(), idleShares.last()});
    }
    m_gapBars->setData(gapPlaces, gapShares, true);
    m_idleBars->setData(idlePlaces, idleShares, true);

    int first =
        m_bars.empty() ? 3 * static_cast<int>(GapBands::perDecade) : static_cast<int>(m_bars.front().band);
    int last = m_bars.empty() ? first : static_cast<int>(m_bars.back().band) + 1;
    if (chosenBands()) { // may lie beside what the present window holds
        first = std::min(first, static_cast<int>(chosenBands()->first));
        last = std::max(last, static_cast<int>(chosenBands()->last));
    }
    if (last - first < narrowestBands) {
        first = std::max(0, (first + last - narrowestBands) / 2);
        last = first + narrowestBands;
    }
    // Air on the left for the marks of the share axis.
    m_plot->xAxis->setRange(first - marginShare * (last - first), last + 0.5);
    m_plot->yAxis->setRange(0.0, highest > 0.0 ? highest * headroom : 1.0);

    const QSharedPointer<QCPAxisTickerText> shares(new QCPAxisTickerText);
    for (int share = sharesStep(highest); share <= highest; share += sharesStep(highest))
        shares->addTick(share, tr("%1 %").arg(share));
    m_plot->yAxis->setTicker(shares);

    const QSharedPointer<QCPAxisTickerText> decades(new QCPAxisTickerText);
    constexpr auto perDecade = static_cast<int>(GapBands::perDecade);
    for (int band = (first + perDecade - 1) / perDecade * perDecade; band <= last; band += perDecade) {
        const auto length = static_cast<std::int64_t>(std::llround(std::pow(10.0, band / perDecade)));
        decades->addTick(band, displaytext::roundDuration(Duration(length)));
    }
    m_plot->xAxis->setTicker(decades);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GapHistogramPlot::setLabelWidth(int pixels)
{
    m_legend->setFixedWidth(pixels);
}

std::vector<double> GapHistogramPlot::drawnIdleShares() const
{
    return heightsOf(m_idleBars);
}

std::vector<double> GapHistogramPlot::drawnGapShares() const
{
    return heightsOf(m_gapBars);
}

QString GapHistogramPlot::headline() const
{
    return m_headline->text();
}

QPixmap GapHistogramPlot::toPixmap(QSize size, double scale) const
{
    return m_plot->toPixmap(size.width(), size.height(), scale);
}

QSize GapHistogramPlot::minimumSizeHint() const
{
    return {360, 120};
}

bool GapHistogramPlot::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot && handleMouse(*event))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool GapHistogramPlot::handleMouse(const QEvent& event)
{
    const bool isPress =
        event.type() == QEvent::MouseButtonPress || event.type() == QEvent::MouseButtonDblClick;
    if (!isPress && event.type() != QEvent::MouseMove && event.type() != QEvent::MouseButtonRelease)
        return false;
    const auto& mouse = static_cast<const QMouseEvent&>(event);
    const double x = mouse.position().x();
    GapBandPicker picker = m_picker;
    if (isPress) {
        if (mouse.button() != Qt::LeftButton)
            return false;
        setFocus(Qt::MouseFocusReason);
        QToolTip::hideText();
        m_before = m_picker;
        m_pressX = x;
        m_isDragging = false;
        picker.press(m_bars, placeAt(x));
        choose(picker);
    } else if (event.type() == QEvent::MouseButtonRelease) {
        if (mouse.button() != Qt::LeftButton)
            return false;
        m_pressX.reset();
    } else if (m_pressX) {
        m_isDragging = m_isDragging || std::abs(x - *m_pressX) >= dragThreshold;
        if (m_isDragging) {
            picker.dragTo(m_bars, placeAt(x));
            choose(picker);
        }
    } else {
        showBandToolTip(mouse.position().toPoint());
    }
    return true;
}

bool GapHistogramPlot::event(QEvent* event)
{
    // While a drag can be undone, Esc means that, whatever the window would do with it.
    if (event->type() == QEvent::ShortcutOverride && m_pressX &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void GapHistogramPlot::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    GapBandPicker picker = m_picker;
    if (event->key() == Qt::Key_Escape && m_pressX) {
        m_pressX.reset();
        choose(m_before);
    } else if (event->key() == Qt::Key_Escape && chosenBands()) {
        picker.choose(std::nullopt);
        choose(picker);
    } else if (isSideways && (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier) {
        picker.move(m_bars, event->key() == Qt::Key_Right ? 1 : -1, modifiers == Qt::ShiftModifier);
        choose(picker);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void GapHistogramPlot::focusInEvent(QFocusEvent* event)
{
    const Qt::FocusReason reason = event->reason();
    m_focusFrame->setVisible(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                             reason == Qt::ShortcutFocusReason);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GapHistogramPlot::focusOutEvent(QFocusEvent*)
{
    m_focusFrame->setVisible(false);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GapHistogramPlot::showBandToolTip(QPoint position)
{
    const double place = placeAt(position.x());
    if (m_bars.empty() || place < static_cast<double>(m_bars.front().band) ||
        place >= static_cast<double>(m_bars.back().band + 1)) {
        QToolTip::hideText();
        return;
    }
    const GapBar& bar = m_bars[static_cast<std::size_t>(place) - m_bars.front().band];
    QToolTip::showText(m_plot->mapToGlobal(position), displaytext::toolTip(gapBarText(bar)), m_plot);
}

void GapHistogramPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void GapHistogramPlot::applyTheme()
{
    applyPlotTheme(m_plot, palette());
    const TracePalette& colours = TracePalette::matching(palette());
    m_gapBars->setBrush(colours[Colour::GapCount]);
    m_idleBars->setBrush(colours[Colour::HostIdle]);
    m_plot->xAxis->setBasePen(QPen(colours[Colour::FaintText], 0));
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_plot->yAxis->setTickLabelColor(colours[Colour::FaintText]);
    m_headline->setFont(m_plot->font());
    m_headline->setColor(colours[Colour::Text]);
    m_headline->setBrush(colours[Colour::Canvas]);
    m_focusFrame->setPen(QPen(colours[Colour::Focus], 0));
    m_shade->setColours(colours);
}

} // namespace stepscope
