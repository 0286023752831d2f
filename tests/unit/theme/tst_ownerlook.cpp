#include "widgets/theme/ownerlook.h"

#include <QImage>
#include <QTest>

#include <array>
#include <cstdlib>
#include <set>

using namespace stepscope;

class TestOwnerLook : public QObject {
    Q_OBJECT

private slots:
    void noTwoLookAlike()
    {
        std::set<std::pair<int, int>> looks;
        for (const TimeClass owner : allTimeClasses) {
            const OwnerLook look = ownerLook(owner);
            looks.insert({static_cast<int>(look.colour), static_cast<int>(look.pattern)});
        }
        QCOMPARE(looks.size(), timeClassCount);
    }

    /// Red is for failure and host-bound only, also in the owners that the host has.
    void noOwnerIsRed()
    {
        for (const TracePalette::Scheme scheme : {TracePalette::Scheme::Light, TracePalette::Scheme::Dark}) {
            const TracePalette& palette = TracePalette::of(scheme);
            for (const TimeClass owner : allTimeClasses) {
                if (isBusy(owner))
                    continue;
                const QColor colour = palette[ownerLook(owner).colour];
                const int hue = colour.hsvHue();
                const bool isReddish = colour.hsvSaturation() > 90 && (hue < 15 || hue > 345);
                QVERIFY2(!isReddish, qPrintable(colour.name()));
            }
        }
    }

    void patternsRepeatAndScale()
    {
        for (const TimeClass owner : allTimeClasses) {
            const OwnerPattern pattern = ownerLook(owner).pattern;
            int inked = 0;
            for (int y = 0; y < 6; ++y) {
                for (int x = 0; x < 6; ++x) {
                    inked += isInked(pattern, x, y, 1) ? 1 : 0;
                    QCOMPARE(isInked(pattern, x + 6, y + 12, 1), isInked(pattern, x, y, 1));
                    QCOMPARE(isInked(pattern, 2 * x + 1, 2 * y, 2), isInked(pattern, x, y, 1));
                }
            }
            QCOMPARE(inked == 0, pattern == OwnerPattern::Plain);
            QVERIFY(inked <= 18); // the hue stays what one sees
        }
    }

    void tileShowsHueAndInk()
    {
        const TracePalette& palette = TracePalette::of(TracePalette::Scheme::Dark);
        const QPixmap tile = ownerTile(TimeClass::Prepare, palette, 2);
        QCOMPARE(tile.size(), QSize(12, 12));
        QCOMPARE(tile.devicePixelRatio(), 2.0);
        const QImage image = tile.toImage();
        const QColor hue = palette[Colour::OwnerPrepare];
        QCOMPARE(image.pixelColor(2, 0).rgb(), hue.rgb());
        QCOMPARE(image.pixelColor(0, 0).rgb(), inkOf(hue, palette).rgb());
    }
};

QTEST_MAIN(TestOwnerLook)
#include "tst_ownerlook.moc"
