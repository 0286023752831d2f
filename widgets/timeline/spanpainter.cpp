#include "widgets/timeline/spanpainter.h"

#include "core/lod/pixelcoverage.h"
#include "widgets/timeline/lanetext.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr int narrowestOutline = 4; // logical pixels, too
constexpr int narrowestText = 36;   // logical pixels: below, a name is a letter or two
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
    /// One pixel wide: most of what folded lanes are made of.
    void fillColumn(int x, int top, int bottom, QRgb colour)
    {
        if (x < 0 || x >= m_width)
            return;
        const qsizetype pitch = m_stride / static_cast<qsizetype>(sizeof(QRgb));
        QRgb* const column = reinterpret_cast<QRgb*>(m_bits) + x;
        const qsizetype end = std::min(bottom, m_height) * pitch;
        for (qsizetype place = std::max(top, 0) * pitch; place < end; place += pitch)
            column[place] = colour;
    }

private:
    uchar* m_bits;
    qsizetype m_stride;
    int m_width;
    int m_height;
};

/// One sub-row while it is painted.
class RowPainter {
public:
    RowPainter(QImage& image, const Lane& lane, int top, int height, const SpanLook& look)
        : m_image(image), m_filler(image), m_lane(lane), m_top(top), m_height(height), m_look(look)
    {
        for (std::size_t kind = 0; kind < spanKindCount; ++kind)
            m_kinds[kind] = (*look.colours)[colourOf(lane, static_cast<SpanKind>(kind))].rgb();
    }

    void paintFolded(const SpanRow& row, const SpanBox& box)
    {
        m_columns.assign(static_cast<std::size_t>(box.right - box.left), SpanTimes{});
        addSpanColumns(row, box.piece.first, box.piece.first + box.piece.count, *m_look.columns,
                       static_cast<std::size_t>(box.left), m_columns);
        SpanTimes sum{};
        for (const SpanTimes& times : m_columns) {
            for (std::size_t kind = 0; kind < spanKindCount; ++kind)
                sum[kind] += times[kind];
        }
        const auto most = static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
        const int foot = m_height >= 6 * m_look.pixel ? (notchHeight + 1) * m_look.pixel : 0;
        const int bottom = m_top + m_height - foot;
        const QRgb pale = mixed((*m_look.colours)[Colour::LaneGround], QColor(m_kinds[most]), paleShare);
        for (int x = box.left; x < box.right; ++x) {
            const Duration length = (*m_look.columns)[static_cast<std::size_t>(x)].duration();
            const int top = paintColumn(x, bottom, m_columns[static_cast<std::size_t>(x - box.left)], length);
            m_filler.fillColumn(x, m_top, top, pale);
        }
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
    /// Returns where its height ends.
    int paintColumn(int x, int bottom, const SpanTimes& times, Duration length)
    {
        if (length <= Duration::zero())
            return bottom;
        const double room = bottom - m_top;
        Duration below = Duration::zero();
        int from = 0;
        for (std::size_t kind = 0; kind < spanKindCount; ++kind) {
            if (times[kind] <= Duration::zero())
                continue;
            below += times[kind];
            const double share = static_cast<double>(below.count()) / static_cast<double>(length.count());
            const int until = std::max(static_cast<int>(std::lround(share * room)), from == 0 ? 1 : from);
            m_filler.fillColumn(x, bottom - until, bottom - from, m_kinds[kind]);
            from = until;
        }
        return bottom - from;
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
    std::array<QRgb, spanKindCount> m_kinds{};
    std::vector<SpanTimes> m_columns; // of the piece that is painted
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
    const int wide = (lane.kind == LaneKind::Graphs ? narrowestOutline : narrowestText) * look.pixel;
    std::vector<WideSpan> left;
    for (std::size_t k = 0; k < tops.size() && k < lane.spans->rows.size(); ++k) {
        if (tops[k] >= image.height() || tops[k] + height <= 0)
            continue;
        const SpanRow& row = lane.spans->rows[k];
        RowPainter painter(image, lane, tops[k], height, look);
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
            if (!box.isWidened && box.right - box.left >= wide)
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
    const bool hasRoom = height >= painter.fontMetrics().ascent() + painter.fontMetrics().descent() - 2;
    for (const auto& [subRow, box] : spans) {
        const SpanRow& row = lane.spans->rows[subRow];
        const int top = tops[subRow];
        const int width = box.right - box.left;
        const bool isOutlined = lane.kind == LaneKind::Graphs;
        if (isOutlined) {
            const double half = look.pixel / 2.0;
            const QRectF outline(box.left + half, top + half, width - look.pixel, height - look.pixel);
            const double radius = std::min(3.0 * look.pixel, width / 4.0);
            const QRect room(box.left, top, width, height);
            painter.setClipRect(room); // the outline's last trace of colour would be a pixel beside it
            painter.fillRect(room, colours[Colour::LaneGround]);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colours[Colour::Graph], look.pixel));
            painter.setBrush(colours[Colour::GraphFill]);
            painter.drawRoundedRect(outline, radius, radius);
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.setClipping(false);
        }
        if (!hasRoom || width < narrowestText * look.pixel)
            continue;
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
        return set != nullptr ? columnShares(*set, *look.columns) : std::vector<float>(columns, 0.0F);
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
    PixelFiller filler(image);
    filler.fill(0, top, image.width(), top + height, colours[Colour::LaneGround].rgb());
    for (std::size_t column = 0; column < columns; ++column) {
        const int x = static_cast<int>(column);
        const int low = pixelsOf(solid[column]);
        const int high = std::max(pixelsOf(std::min(solid[column] + dotted[column], 1.0F)),
                                  dotted[column] > 0.0F ? std::min(low + look.pixel, height) : low);
        const int bottom = top + height;
        filler.fillColumn(x, bottom - low, bottom, colour);
        if (high == low)
            continue;
        filler.fill(x, bottom - high, x + 1, bottom - low, [&](QRgb& pixel, int px, int py) {
            if ((px / look.pixel + py / look.pixel) % 2 == 0)
                pixel = colour;
        });
    }
}

} // namespace stepscope
