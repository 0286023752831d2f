#include "widgets/timeline/spanpainter.h"

#include "widgets/timeline/columnlayers.h"
#include "widgets/timeline/lanetext.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace stepscope {

namespace {

constexpr int narrowestOutline = 4; // logical pixels, too
constexpr int outlineRadius = 3;
constexpr int narrowestText = 36; // logical pixels: below, a name is a letter or two
constexpr int notchHeight = 2;
constexpr int notchPeriod = 4;
constexpr int stripePeriod = 6;
constexpr int sliverHeight = 3; // of any time at all in a low lane; the device's bar is exact to the pixel
constexpr float paleShare = 0.3F;

QRgb mixed(const QColor& ground, const QColor& colour, float share)
{
    const auto mix = [share](int from, int to) {
        return static_cast<int>(
            std::lround(static_cast<float>(from) + static_cast<float>(to - from) * share));
    };
    return qRgb(mix(ground.red(), colour.red()), mix(ground.green(), colour.green()),
                mix(ground.blue(), colour.blue()));
}

double luminance(const QColor& colour)
{
    const auto linear = [](float channel) {
        return channel <= 0.03928F ? channel / 12.92F : std::pow((channel + 0.055F) / 1.055F, 2.4F);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// Black or white, whichever reads better.
QColor readableOn(const QColor& ground)
{
    return luminance(ground) > 0.179 ? QColor(0x10, 0x13, 0x18) : QColor(Qt::white);
}

Colour colourOf(const Lane& lane, SpanKind kind)
{
    switch (kind) {
    case SpanKind::Compute:
        return Colour::Compute;
    case SpanKind::Attention:
        return Colour::Attention;
    case SpanKind::Comm:
        return Colour::Comm;
    case SpanKind::Copy:
        return Colour::Copies;
    case SpanKind::Graph:
        return Colour::Graph;
    case SpanKind::Synchronize:
        return Colour::DeviceIdle;
    case SpanKind::Other:
        break;
    }
    return lane.kind == LaneKind::Annotations ? Colour::GapCount : Colour::OtherIdle;
}

/// Fills parts of an image by device pixels, clipped to it.
class PixelFiller {
public:
    explicit PixelFiller(QImage& image)
        : m_bits(image.bits()), m_stride(image.bytesPerLine()), m_width(image.width()),
          m_height(image.height())
    {}

    template <class ColourAt> void fill(int left, int top, int right, int bottom, ColourAt colourAt)
    {
        for (int y = std::max(top, 0); y < std::min(bottom, m_height); ++y) {
            auto* const line = reinterpret_cast<QRgb*>(m_bits + y * m_stride);
            for (int x = std::max(left, 0); x < std::min(right, m_width); ++x)
                colourAt(line[x], x, y);
        }
    }
    void fill(int left, int top, int right, int bottom, QRgb colour)
    {
        fill(left, top, right, bottom, [colour](QRgb& pixel, int, int) { pixel = colour; });
    }
    /// A row of pixels from `left` on, clipped: the first of `box`, its middle as often as it takes to reach
    /// `right`, the last of it.
    void stretch(int left, int right, int y, std::span<const QRgb> box)
    {
        if (y < 0 || y >= m_height)
            return;
        const auto size = static_cast<int>(box.size());
        const int middle = size / 2;
        const int spare = right - left - size;
        auto* const line = reinterpret_cast<QRgb*>(m_bits + y * m_stride);
        const auto put = [&](int from, int to, auto colourAt) {
            for (int x = std::max(from, 0); x < std::min(to, m_width); ++x)
                line[x] = colourAt(x);
        };
        const auto at = [&](int k) { return box[static_cast<std::size_t>(k)]; };
        put(left, left + middle, [&](int x) { return at(x - left); });
        put(left + middle, left + middle + spare, [colour = at(middle)](int) { return colour; });
        put(left + middle + spare, right, [&](int x) { return at(x - left - spare); });
    }

private:
    uchar* m_bits;
    qsizetype m_stride;
    int m_width;
    int m_height;
};

/// Graph replays have rounded outlines, hundreds in a frame. Each width is drawn once, and those that differ
/// in the length of their straight edges alone are one.
class OutlineBoxes {
public:
    OutlineBoxes(int height, const SpanLook& look) : m_height(height), m_look(look) {}

    void paint(PixelFiller& filler, int left, int top, int right)
    {
        const int pixel = m_look.pixel;
        const QImage& box = boxOf(std::min(right - left, 4 * outlineRadius * pixel + 1));
        for (int y = 0; y < m_height; ++y) {
            const auto* const line = reinterpret_cast<const QRgb*>(box.constScanLine(y));
            filler.stretch(left, right, top + y, {line, static_cast<std::size_t>(box.width())});
        }
    }

private:
    const QImage& boxOf(int width)
    {
        QImage& box = m_boxes[width];
        if (box.isNull()) {
            const TracePalette& colours = *m_look.colours;
            const int pixel = m_look.pixel;
            const double half = pixel / 2.0;
            const double radius = std::min<double>(outlineRadius * pixel, width / 4.0);
            box = QImage(width, m_height, QImage::Format_RGB32);
            box.fill(colours[Colour::LaneGround]);
            QPainter painter(&box);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colours[Colour::Graph], pixel));
            painter.setBrush(colours[Colour::GraphFill]);
            painter.drawRoundedRect(QRectF(half, half, width - pixel, m_height - pixel), radius, radius);
        }
        return box;
    }

    int m_height;
    const SpanLook& m_look;
    std::map<int, QImage> m_boxes; // by width
};

/// One sub-row while it is painted.
class RowPainter {
public:
    RowPainter(QImage& image, const Lane& lane, int top, int height, const SpanLook& look,
               OutlineBoxes& outlines)
        : m_image(image), m_filler(image), m_lane(lane), m_top(top), m_height(height), m_look(look),
          m_outlines(outlines)
    {
        for (std::size_t kind = 0; kind < spanKindCount; ++kind)
            m_kinds[kind] = (*look.colours)[colourOf(lane, static_cast<SpanKind>(kind))].rgb();
    }

    void paintFolded(const SpanRow& row, const SpanBox& box)
    {
        m_columns.assign(static_cast<std::size_t>(box.right - box.left), SpanTimes{});
        addSpanColumns(row, box.piece.first, box.piece.first + box.piece.count, *m_look.columns,
                       static_cast<std::size_t>(box.left), m_columns);
        const int foot = m_height >= 6 * m_look.pixel ? (notchHeight + 1) * m_look.pixel : 0;
        const int bottom = m_top + m_height - foot;
        // The kind that is on top is painted first, the others over it.
        const std::span<const SpanKind> kinds = row.kinds();
        m_layers.resize(kinds.size());
        Duration longest = Duration(-1);
        QRgb pale = 0;
        for (std::size_t layer = 0; layer < kinds.size(); ++layer) {
            const auto kind = static_cast<std::size_t>(kinds[kinds.size() - 1 - layer]);
            m_layers[layer].colour = m_kinds[kind];
            m_layers[layer].tops.resize(m_columns.size());
            Duration sum = Duration::zero();
            for (const SpanTimes& times : m_columns)
                sum += times[kind];
            if (sum >= longest) {
                longest = sum;
                pale = mixed((*m_look.colours)[Colour::LaneGround], QColor(m_kinds[kind]), paleShare);
            }
        }
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const std::size_t x = static_cast<std::size_t>(box.left) + column;
            stackColumn(kinds, column, bottom, (*m_look.columns)[x].duration());
        }
        paintLayers(m_image, box.left, m_top, bottom, pale, m_layers);
        paintNotches(box);
    }

    void paintSingle(const SpanRow& row, const SpanBox& box)
    {
        const SpanKind kind = row.kind(box.piece.first);
        const QRgb colour = m_kinds[static_cast<std::size_t>(kind)];
        if (box.isWidened) {
            m_filler.fill(box.left, m_top, box.right, m_top + m_height, colour);
            paintNotches(box);
            return;
        }
        if (m_lane.kind == LaneKind::Graphs && box.right - box.left >= narrowestOutline * m_look.pixel) {
            m_outlines.paint(m_filler, box.left, m_top, box.right);
            return;
        }
        // A free pixel tells neighbours apart that touch.
        const int right = box.right - box.left >= 3 * m_look.pixel ? box.right - m_look.pixel : box.right;
        m_filler.fill(box.left, m_top, right, m_top + m_height, colour);
        if (kind == SpanKind::Synchronize) {
            const QRgb stripe = (*m_look.colours)[Colour::LaneGround].rgb();
            const int period = stripePeriod * m_look.pixel;
            m_filler.fill(box.left, m_top, right, m_top + m_height, [&](QRgb& pixel, int x, int y) {
                if ((x + y) % period < period / 3)
                    pixel = stripe;
            });
        }
    }

private:
    /// Where in one column each kind begins.
    void stackColumn(std::span<const SpanKind> kinds, std::size_t column, int bottom, Duration length)
    {
        const SpanTimes& times = m_columns[column];
        const double room = bottom - m_top;
        Duration below = Duration::zero();
        int height = 0;
        for (std::size_t k = 0; k < kinds.size(); ++k) {
            const Duration time = times[static_cast<std::size_t>(kinds[k])];
            if (time > Duration::zero() && length > Duration::zero()) {
                below += time;
                const double share = static_cast<double>(below.count()) / static_cast<double>(length.count());
                height = std::max(static_cast<int>(std::lround(share * room)), height == 0 ? 1 : height);
            }
            m_layers[kinds.size() - 1 - k].tops[column] = bottom - height;
        }
    }

    void paintNotches(const SpanBox& box)
    {
        if (m_height < 6 * m_look.pixel)
            return;
        const int period = notchPeriod * m_look.pixel;
        const int bottom = m_top + m_height;
        const QRgb ground = (*m_look.colours)[Colour::LaneGround].rgb();
        const QRgb mark = (*m_look.colours)[Colour::FaintText].rgb();
        m_filler.fill(box.left, bottom - (notchHeight + 1) * m_look.pixel, box.right, bottom, ground);
        for (int left = box.left; left < box.right; left += period)
            m_filler.fill(left, bottom - notchHeight * m_look.pixel, std::min(left + period / 2, box.right),
                          bottom, mark);
    }

    QImage& m_image;
    PixelFiller m_filler;
    const Lane& m_lane;
    int m_top;
    int m_height;
    const SpanLook& m_look;
    OutlineBoxes& m_outlines;
    std::array<QRgb, spanKindCount> m_kinds{};
    std::vector<SpanTimes> m_columns;  // of the piece that is painted
    std::vector<ColumnLayer> m_layers; // the same
};

/// Names are cut before they are measured: a kernel's may have a thousand letters.
void drawName(QPainter& painter, const QRect& room, QString text, const QColor& plate)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const qsizetype most = room.width() / std::max(1, metrics.averageCharWidth() / 2) + 1;
    if (text.size() > most)
        text.truncate(most);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room.width());
    if (plate.isValid()) // stripes would run through the letters
        painter.fillRect(room.adjusted(-2, 0, 2 + metrics.horizontalAdvance(shown) - room.width(), 0), plate);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace

std::vector<WideSpan> paintSpans(QImage& image, const Lane& lane, const std::vector<int>& tops, int height,
                                 const SpanLook& look)
{
    const QRgb ground = (*look.colours)[Colour::LaneGround].rgb();
    OutlineBoxes outlines(height, look);
    std::vector<WideSpan> left;
    for (std::size_t k = 0; k < tops.size() && k < lane.spans->rows.size(); ++k) {
        if (tops[k] >= image.height() || tops[k] + height <= 0)
            continue;
        const SpanRow& row = lane.spans->rows[k];
        RowPainter painter(image, lane, tops[k], height, look, outlines);
        PixelFiller filler(image);
        int painted = 0;
        const auto paintGroundUpTo = [&](int right) {
            filler.fill(painted, tops[k], right, tops[k] + height, ground);
            painted = std::max(painted, right);
        };
        for (const SpanBox& box : spanBoxes(row, look.view(), image.width())) {
            if (box.piece.isFolded()) { // has a ground of its own
                paintGroundUpTo(box.left);
                painter.paintFolded(row, box);
                painted = std::max(painted, box.right);
                continue;
            }
            paintGroundUpTo(box.right);
            painter.paintSingle(row, box);
            if (!box.isWidened && box.right - box.left >= narrowestText * look.pixel)
                left.push_back({k, box});
        }
        paintGroundUpTo(image.width());
    }
    return left;
}

void paintNames(QPainter& painter, const TraceIndex& index, const Lane& lane,
                const std::vector<WideSpan>& spans, const std::vector<int>& tops, int height,
                const SpanLook& look)
{
    const TracePalette& colours = *look.colours;
    if (height < painter.fontMetrics().ascent() + painter.fontMetrics().descent() - 2)
        return;
    const bool isOutlined = lane.kind == LaneKind::Graphs;
    for (const auto& [subRow, box] : spans) {
        const SpanRow& row = lane.spans->rows[subRow];
        const int top = tops[subRow];
        const int width = box.right - box.left;
        const SpanKind kind = row.kind(box.piece.first);
        const QColor ground = colours[colourOf(lane, kind)];
        painter.setPen(isOutlined ? colours[Colour::Text] : readableOn(ground));
        const int padding = 4 * look.pixel;
        drawName(painter, QRect(box.left + padding, top, width - padding - padding / 2, height),
                 textInSpan(index, lane, row.id(box.piece.first)),
                 kind == SpanKind::Synchronize ? ground : QColor());
    }
}

void paintCover(QImage& image, const Lane& lane, int top, int height, const SpanLook& look)
{
    const TracePalette& colours = *look.colours;
    const Colour mark = lane.kind == LaneKind::Comm     ? Colour::Comm
                        : lane.kind == LaneKind::Copies ? Colour::Copies
                                                        : Colour::Compute;
    const QRgb colour = colours[mark].rgb();
    const std::size_t columns = look.columns->size();
    const auto sharesOf = [&](const IntervalUnion* set) {
        return set != nullptr ? columnShares(*set, *look.covers) : std::vector<float>(columns, 0.0F);
    };
    const std::vector<float> solid = sharesOf(lane.solid);
    const std::vector<float> dotted = sharesOf(lane.dotted);
    const auto pixelsOf = [&](float share) {
        if (share <= 0.0F)
            return 0;
        const int most = share < 1.0F ? height - look.pixel : height;
        return std::clamp(static_cast<int>(std::lround(share * static_cast<float>(height))),
                          sliverHeight * look.pixel, most);
    };
    const int bottom = top + height;
    ColumnLayer low{colour, std::vector<int>(columns)};
    for (std::size_t column = 0; column < columns; ++column)
        low.tops[column] = bottom - pixelsOf(solid[column]);
    paintLayers(image, 0, top, bottom, colours[Colour::LaneGround].rgb(), {&low, 1});
    PixelFiller filler(image);
    for (std::size_t column = 0; column < columns; ++column) {
        if (dotted[column] <= 0.0F)
            continue;
        const int x = static_cast<int>(column);
        const int from = low.tops[column];
        const int high = std::max(pixelsOf(std::min(solid[column] + dotted[column], 1.0F)),
                                  std::min(bottom - from + look.pixel, height));
        filler.fill(x, bottom - high, x + 1, from, [&](QRgb& pixel, int px, int py) {
            if ((px / look.pixel + py / look.pixel) % 2 == 0)
                pixel = colour;
        });
    }
}

} // namespace stepscope
