#include "widgets/timeline/pixelsunder.h"

#include <QPicture>
#include <QTest>
#include <QWidget>

#include <algorithm>

using namespace stepscope;

namespace {

constexpr QRgb written = 0xff123456U;

/// Writes what lies under a rectangle of it, where it can.
class Pixels : public QWidget {
public:
    QRect area = QRect(10, 5, 20, 8);
    bool areFound = false;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Qt::white);
        std::optional<QImage> pixels = pixelsUnder(painter, area);
        areFound = pixels.has_value();
        if (!pixels)
            return;
        for (const QRect& part : askedOf(painter, area)) {
            for (int y = part.top(); y <= part.bottom(); ++y)
                std::fill_n(reinterpret_cast<QRgb*>(pixels->scanLine(y)) + part.left(), part.width(),
                            written);
        }
    }
};

/// Neither of the two at the other's corner.
Pixels* pixelsIn(QWidget& parent)
{
    parent.resize(100, 60);
    auto* const inner = new Pixels;
    inner->setParent(&parent);
    inner->setGeometry(30, 20, 60, 30);
    return inner;
}

/// Where what was written lies, if it is one rectangle and all else is white.
QRect writtenPart(const QImage& image)
{
    QRect part;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == written) {
                part |= QRect(x, y, 1, 1);
                ++count;
            } else if (image.pixel(x, y) != qRgb(255, 255, 255)) {
                return {};
            }
        }
    }
    return part.width() * part.height() == count ? part : QRect();
}

QImage opaqueImage(QSize size, qreal ratio = 1.0)
{
    QImage image(size, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    return image;
}

} // namespace

class TestPixelsUnder : public QObject {
    Q_OBJECT

private slots:
    void areThoseOfTheArea();
    void areThoseOfAWidget();
    void partIsAskedFor();
    void areNoneElsewhere();
};

void TestPixelsUnder::areThoseOfTheArea()
{
    QImage image = opaqueImage({60, 40});
    QPainter painter(&image);
    painter.translate(3.0, 4.0);
    std::optional<QImage> pixels = pixelsUnder(painter, QRect(1, 2, 5, 6));
    QVERIFY(pixels);
    QCOMPARE(pixels->size(), QSize(5, 6));
    pixels->fill(written);
    painter.end();
    QCOMPARE(writtenPart(image), QRect(4, 6, 5, 6));
}

void TestPixelsUnder::areThoseOfAWidget()
{
    QWidget parent;
    Pixels* const inner = pixelsIn(parent);
    for (const qreal ratio : {1.0, 2.0}) {
        QImage image = opaqueImage(QSize(100, 60) * ratio, ratio);
        inner->render(&image, QPoint(7, 9));
        QVERIFY(inner->areFound);
        const QRect place = inner->area.translated(7, 9);
        QCOMPARE(writtenPart(image), QRect(place.topLeft() * ratio, place.size() * ratio));
    }
    // As on a screen.
    parent.show();
    QVERIFY(QTest::qWaitForWindowExposed(&parent));
    inner->areFound = false;
    inner->repaint();
    QVERIFY(inner->areFound);
}

void TestPixelsUnder::partIsAskedFor()
{
    QWidget parent;
    Pixels* const inner = pixelsIn(parent);
    for (const qreal ratio : {1.0, 2.0}) {
        QImage image = opaqueImage(QSize(100, 60) * ratio, ratio);
        inner->render(&image, QPoint(7, 9), QRegion(12, 0, 3, 7));
        QVERIFY(inner->areFound);
        const QRect place = inner->area.intersected(QRect(12, 0, 3, 7)).translated(-12 + 7, 9);
        QCOMPARE(writtenPart(image), QRect(place.topLeft() * ratio, place.size() * ratio));
    }
}

void TestPixelsUnder::areNoneElsewhere()
{
    const auto areFound = [](QPaintDevice& device, const QTransform& transform, const QRect& area) {
        QPainter painter(&device);
        painter.setTransform(transform);
        return pixelsUnder(painter, area).has_value();
    };
    const QRect area(2, 2, 8, 8);
    QImage image = opaqueImage({20, 20});
    QVERIFY(areFound(image, {}, area));
    QVERIFY(areFound(image, QTransform::fromScale(1.5, 1.5), area));
    QVERIFY(!areFound(image, QTransform::fromTranslate(0.5, 0.0), area));
    QVERIFY(!areFound(image, QTransform::fromScale(1.25, 1.25), area));
    QVERIFY(!areFound(image, QTransform().rotate(90.0), QRect(2, -10, 8, 8)));
    QVERIFY(!areFound(image, {}, QRect(2, 2, 19, 8)));
    QVERIFY(!areFound(image, {}, QRect()));
    QImage translucent(20, 20, QImage::Format_ARGB32);
    translucent.fill(Qt::transparent);
    QVERIFY(!areFound(translucent, {}, area));
    QPicture recording;
    QVERIFY(!areFound(recording, {}, area));
}

QTEST_MAIN(TestPixelsUnder)
#include "tst_pixelsunder.moc"
