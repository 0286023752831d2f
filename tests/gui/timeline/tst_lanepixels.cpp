#include "widgets/timeline/boundarylines.h"
#include "widgets/timeline/columnlayers.h"
#include "widgets/timeline/spanpainter.h"

#include <QPainter>
#include <QTest>
#include <QWidget>

#include <random>

using namespace stepscope;

namespace {

constexpr QRgb ground = 0xff202428U;

QImage opaqueImage(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(ground);
    return image;
}

/// The most by which a channel of a pixel differs.
int difference(const QImage& one, const QImage& other)
{
    int most = one.size() == other.size() ? 0 : 256;
    for (int y = 0; y < one.height() && most < 256; ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const QRgb a = one.pixel(x, y);
            const QRgb b = other.pixel(x, y);
            most = std::max({most, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                             std::abs(qBlue(a) - qBlue(b))});
        }
    }
    return most;
}

StepIndex stepsAt(std::initializer_list<std::int64_t> times)
{
    StepIndex steps;
    for (const std::int64_t time : times)
        steps.boundaries.push_back(timePointAt(time));
    return steps;
}

constexpr QRect linesArea(7, 4, 100, 50);
const QColor lineColour(200, 100, 50, 150);
const TimeAxis linesAxis{{timePointAt(0), timePointAt(1'000)}, linesArea.left(), linesArea.width()};
const StepIndex lineSteps = stepsAt({0, 155, 490, 500, 640, 1'000});

void paintLines(QPainter& painter)
{
    paintBoundaries(painter, linesArea, linesAxis, lineSteps, lineColour);
}

class Lines : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintLines(painter);
    }
};

} // namespace

class TestLanePixels : public QObject {
    Q_OBJECT

private slots:
    void layersAreWhatTheirColumnsSay();
    void replaysHaveTheOutlineThatAPainterDraws();
    void boundariesAreDots();
    void boundariesOfAPartAreBlendedOnce();
};

void TestLanePixels::layersAreWhatTheirColumnsSay()
{
    std::mt19937 random(3);
    const auto upTo = [&random](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most + 1));
    };
    for (int round = 0; round < 300; ++round) {
        QImage image = opaqueImage({40, 30});
        QImage expected = image.copy();
        const int left = upTo(60) - 20;
        const int top = upTo(30) - 5;
        const int bottom = top + upTo(25);
        std::vector<ColumnLayer> layers(static_cast<std::size_t>(upTo(3)));
        const int columns = upTo(50);
        for (ColumnLayer& layer : layers) {
            layer.colour = 0xff000000U | static_cast<QRgb>(random());
            for (int column = 0; column < columns; ++column)
                layer.tops.push_back(top + upTo(bottom - top));
        }
        paintLayers(image, left, top, bottom, 0xffffffffU, layers);
        for (int y = std::max(top, 0); y < std::min(bottom, 30) && !layers.empty(); ++y) {
            for (int x = std::max(left, 0); x < std::min(left + columns, 40); ++x) {
                QRgb colour = 0xffffffffU;
                for (const ColumnLayer& layer : layers) {
                    if (y >= layer.tops[static_cast<std::size_t>(x - left)])
                        colour = layer.colour;
                }
                expected.setPixel(x, y, colour);
            }
        }
        QCOMPARE(image, expected);
    }
}

void TestLanePixels::replaysHaveTheOutlineThatAPainterDraws()
{
    const TracePalette& colours = TracePalette::of(TracePalette::Scheme::Dark);
    for (const int pixel : {1, 2, 3}) {
        // Of each width one, three pixels apart; a column is a nanosecond.
        std::vector<TimeRange> replays;
        std::vector<std::uint32_t> ids;
        std::int64_t at = 5;
        for (int width = 4 * pixel; width <= 40 * pixel; ++width) {
            replays.push_back({timePointAt(at), timePointAt(at + width)});
            ids.push_back(static_cast<std::uint32_t>(ids.size()));
            at += width + 3;
        }
        const auto source =
            std::make_shared<const SpanSource>(SpanSource{SpanBounds(replays), SpanKinds(SpanKind::Graph)});
        PackedSpans spans;
        spans.rows.emplace_back(ids, source);
        Lane lane;
        lane.kind = LaneKind::Graphs;
        lane.spans = &spans;
        const auto width = static_cast<int>(at + 5);
        const PixelColumns columns({timePointAt(0), timePointAt(width)}, static_cast<std::size_t>(width));
        ColumnCovers covers(columns);
        const SpanLook look{&columns, &covers, pixel, QFont(), &colours};
        const int top = 2;
        const int height = 16 * pixel;
        QImage image = opaqueImage({width, height + 4});
        QImage expected = image.copy();
        paintSpans(image, lane, {top}, height, look);

        QPainter painter(&expected);
        painter.fillRect(0, top, width, height, colours[Colour::LaneGround]);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colours[Colour::Graph], pixel));
        painter.setBrush(colours[Colour::GraphFill]);
        for (const TimeRange& replay : replays) {
            const auto left = static_cast<double>(replay.begin.time_since_epoch().count());
            const auto length = static_cast<double>(replay.duration().count());
            const double radius = std::min(3.0 * pixel, length / 4.0);
            painter.drawRoundedRect(
                QRectF(left + pixel / 2.0, top + pixel / 2.0, length - pixel, height - pixel), radius,
                radius);
        }
        painter.end();
        // Where they begin decides the last traces of a colour in a corner.
        QVERIFY2(difference(image, expected) <= 8, qPrintable(QString::number(difference(image, expected))));
    }
}

void TestLanePixels::boundariesAreDots()
{
    for (const int ratio : {1, 2}) {
        QImage image = opaqueImage(QSize(120, 60) * ratio);
        QImage expected = image.copy();
        QImage translucent = image.convertToFormat(QImage::Format_ARGB32); // whose pixels are not written
        for (QImage* each : {&image, &translucent}) {
            each->setDevicePixelRatio(ratio);
            QPainter painter(each);
            paintLines(painter);
        }
        QPainter painter(&expected);
        painter.scale(ratio, ratio);
        QColor colour = lineColour;
        const double spacing = linesArea.width() / 6.0;
        colour.setAlphaF(colour.alphaF() * static_cast<float>((spacing - 4.0) / 36.0));
        for (const TimePoint boundary : lineSteps.boundaries) {
            const double x = std::round(linesAxis.xOf(boundary) * ratio) / ratio;
            for (int y = linesArea.top(); y < linesArea.bottom(); y += 5) {
                if (x < linesArea.right() + 1)
                    painter.fillRect(QRectF(x, y, 1.0, 2.0), colour);
            }
        }
        painter.end();
        for (QImage* each : {&image, &translucent})
            each->setDevicePixelRatio(1.0);
        QVERIFY2(difference(image, expected) <= 1, qPrintable(QString::number(difference(image, expected))));
        QVERIFY(difference(translucent, expected) <= 1);
        QVERIFY(difference(image, opaqueImage(image.size())) > 20);
    }
}

/// A widget that is asked for a part of itself must not blend over what is on the screen.
void TestLanePixels::boundariesOfAPartAreBlendedOnce()
{
    Lines lines;
    lines.resize(120, 60);
    QImage whole = opaqueImage(lines.size());
    lines.render(&whole, QPoint(), QRegion(lines.rect()), QWidget::RenderFlags());
    QImage parts = opaqueImage(lines.size());
    for (const QRect& part : {QRect(0, 0, 57, 33), QRect(57, 0, 63, 33), QRect(0, 33, 120, 27)})
        lines.render(&parts, part.topLeft(), QRegion(part), QWidget::RenderFlags());
    QCOMPARE(parts, whole);
    QVERIFY(whole != opaqueImage(lines.size()));
}

QTEST_MAIN(TestLanePixels)
#include "tst_lanepixels.moc"
