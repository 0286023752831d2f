#include "widgets/plots/gapbandshade.h"

#include "widgets/plots/qcustomplotinclude.h"
#include "widgets/theme/tracepalette.h"

#include <QFontMetricsF>

#include <algorithm>

namespace stepscope {

namespace {

constexpr double textTop = 0.02; // of the height, where the headline is
constexpr int textPadding = 6;
constexpr double spaceBelowText = 5.0;
constexpr int frameAlpha = 170;
constexpr int fillAlpha = 20;
constexpr double farAway = 1e4; // bands: beyond any axis

void span(QCPItemRect* item, double from, double to, double top = 0.0)
{
    item->topLeft->setCoords(from, top);
    item->bottomRight->setCoords(to, 1.0);
}

} // namespace

GapBandShade::GapBandShade(QCustomPlot* plot)
    : m_plot(plot), m_beside{new QCPItemRect(plot), new QCPItemRect(plot)}, m_frame(new QCPItemRect(plot)),
      m_text(new QCPItemText(plot))
{
    for (QCPItemRect* const item : {m_beside[0], m_beside[1], m_frame}) {
        for (QCPItemPosition* const corner : {item->topLeft, item->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptPlotCoords);
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        item->setPen(Qt::NoPen);
        item->setAntialiased(false);
    }
    m_text->position->setTypeX(QCPItemPosition::ptAbsolute);
    m_text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_text->setPositionAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setPadding(QMargins(textPadding, 1, textPadding, 1));
    m_text->setClipToAxisRect(false);
    show(std::nullopt, {});
}

void GapBandShade::show(const std::optional<BandRange>& bands, const QString& text)
{
    m_bands = bands;
    m_text->setText(text);
    for (QCPAbstractItem* const item :
         std::initializer_list<QCPAbstractItem*>{m_beside[0], m_beside[1], m_frame, m_text})
        item->setVisible(bands.has_value());
    place();
}

void GapBandShade::place()
{
    if (!m_bands)
        return;
    const auto first = static_cast<double>(m_bands->first);
    const auto last = static_cast<double>(m_bands->last);
    span(m_beside[0], -farAway, first);
    span(m_beside[1], last, farAway);
    const QRect area = m_plot->axisRect()->rect();
    const QFontMetricsF metrics(m_text->font());
    // The frame begins below the text.
    span(m_frame, first, last, textTop + (metrics.height() + spaceBelowText) / std::max(1, area.height()));
    const double half = metrics.horizontalAdvance(m_text->text()) / 2.0 + textPadding;
    const double middle = m_plot->xAxis->coordToPixel((first + last) / 2.0);
    const double rightmost = std::max(area.left() + half, area.right() - half);
    m_text->position->setCoords(std::clamp(middle, area.left() + half, rightmost), textTop);
}

void GapBandShade::setColours(const TracePalette& colours)
{
    for (QCPItemRect* const item : m_beside)
        item->setBrush(colours[Colour::WindowShade]);
    QColor frame = colours[Colour::ChosenGap];
    frame.setAlpha(frameAlpha);
    m_frame->setPen(QPen(frame, 0));
    frame.setAlpha(fillAlpha);
    m_frame->setBrush(frame);
    m_text->setFont(m_plot->font());
    m_text->setColor(colours[Colour::Text]);
    m_text->setBrush(colours[Colour::Canvas]);
    place();
}

} // namespace stepscope
