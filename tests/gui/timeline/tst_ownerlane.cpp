#include "core/lod/pixelcoverage.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/theme/ownerlook.h"
#include "widgets/timeline/columnstack.h"
#include "widgets/timeline/lanetext.h"
#include "widgets/timeline/ownerpainter.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace stepscope;

namespace {

constexpr int laneTop = 3;
constexpr int laneHeight = 16;

/// How many pixels of a column look like the owner; pixels of a pattern count in hue or ink.
int pixelsOf(const QImage& image, int x, TimeClass owner, const TracePalette& colours)
{
    const QColor hue = colours[ownerLook(owner).colour];
    const QColor ink = inkOf(hue, colours);
    int count = 0;
    for (int y = laneTop; y < laneTop + laneHeight; ++y) {
        const QRgb pixel = image.pixel(x, y);
        count += pixel == hue.rgb() || pixel == ink.rgb() ? 1 : 0;
    }
    return count;
}

} // namespace

class TestOwnerLane : public QObject {
    Q_OBJECT

private slots:
    void dividesPixels()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 2000; ++round) {
            std::array<float, 6> shares{};
            float total = 0.0F;
            int present = 0;
            for (float& share : shares) {
                share = random() % 3 == 0 ? 0.0F : static_cast<float>(random() % 1000) / 1000.0F;
                total += share;
                present += share > 0.0F ? 1 : 0;
            }
            if (present == 0)
                continue;
            const int whole = static_cast<int>(random() % 30);
            std::array<int, 6> pixels{};
            dividePixels(shares, total, whole, pixels);
            QCOMPARE(std::accumulate(pixels.begin(), pixels.end(), 0), whole);
            for (std::size_t k = 0; k < shares.size(); ++k) {
                QVERIFY(pixels[k] >= 0);
                QVERIFY(shares[k] > 0.0F || pixels[k] == 0);
                if (whole >= 2 * present)
                    QVERIFY(shares[k] <= 0.0F || pixels[k] >= 1);
            }
        }
    }

    /// One device, idle for 700 of every 1000 µs: the host launched what ends the gap 6 µs before.
    void showsEachOwnersShare()
    {
        const auto index = testing::smallIndex(1, 30);
        const DeviceOccupancy& occupancy = index->device(DeviceId(0)).occupancy;
        const TracePalette& colours = TracePalette::of(TracePalette::Scheme::Dark);
        const TimeRange view{timePointAt(5'300'000), timePointAt(6'300'000)};
        QImage image(100, 24, QImage::Format_RGB32);
        image.fill(Qt::black);
        paintOwners(image, occupancy, {view, 100}, {laneTop, laneHeight, 1}, colours);
        const std::vector<ClassTimes> columns = idleColumns(occupancy, {view, 100});
        for (int x = 0; x < 100; ++x) {
            const ClassTimes& times = columns[static_cast<std::size_t>(x)];
            int owned = 0;
            for (const TimeClass owner : allTimeClasses) {
                if (isBusy(owner))
                    continue;
                const int pixels = pixelsOf(image, x, owner, colours);
                QVERIFY(times[owner] == Duration::zero() || pixels >= 1);
                if (times.idle() == times[owner])
                    QCOMPARE(pixels, times.idle() == Duration(10'000) ? laneHeight : pixels);
                owned = std::max(owned, pixels);
            }
            if (times.idle() == Duration::zero())
                QCOMPARE(image.pixel(x, laneTop + laneHeight - 1), colours[Colour::LaneGround].rgb());
            else
                QVERIFY(owned > 0);
        }
        // Nothing outside the lane is touched.
        QCOMPARE(image.pixel(50, laneTop - 1), QColor(Qt::black).rgb());
        QCOMPARE(image.pixel(50, laneTop + laneHeight), QColor(Qt::black).rgb());
    }

    void belowOneNanosecond()
    {
        const auto index = testing::smallIndex(1, 30);
        const DeviceOccupancy& occupancy = index->device(DeviceId(0)).occupancy;
        const TimeRange view{timePointAt(5'600'000), timePointAt(5'600'002)};
        for (const ClassTimes& times : idleColumns(occupancy, {view, 50}))
            QCOMPARE(times.idle(), Duration(1));
    }

    void tellsOwnersInWords()
    {
        ClassTimes times;
        times[TimeClass::Scheduler] = Duration(1'000);
        times[TimeClass::Launch] = Duration(3'000);
        const QStringList lines = ownersText(times, Duration(4'000)).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].contains(QStringLiteral("75")) && lines[1].contains(QStringLiteral("25")));
        QVERIFY(lines[0].startsWith(QStringLiteral("launch")));
        QVERIFY(ownersText({}, Duration(4'000)).isEmpty());
    }
};

QTEST_MAIN(TestOwnerLane)
#include "tst_ownerlane.moc"
