#include "core/base/rangemaximum.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace stepscope;

class TestRangeMaximum : public QObject {
    Q_OBJECT

private slots:
    void equalsBruteForce()
    {
        std::mt19937 random(3);
        for (std::size_t size = 0; size <= 70; ++size) {
            std::vector<double> values(size);
            for (double& value : values)
                value = std::uniform_int_distribution<int>(-20, 20)(random);
            const RangeMaximum maximum(values);
            for (std::size_t first = 0; first <= size; ++first) {
                for (std::size_t last = first; last <= size; ++last) {
                    double largest = -std::numeric_limits<double>::infinity();
                    for (std::size_t i = first; i < last; ++i)
                        largest = std::max(largest, values[i]);
                    QCOMPARE(maximum.of(first, last), largest);
                }
                for (int least = -21; least <= 21; ++least) {
                    std::size_t found = first;
                    while (found < size && values[found] < least)
                        ++found;
                    QCOMPARE(maximum.firstAtLeast(least, first), found);
                    found = first;
                    while (found > 0 && values[found - 1] < least)
                        --found;
                    QCOMPARE(maximum.lastAtLeast(least, first), found > 0 ? found - 1 : size);
                }
            }
        }
    }
    void ofNothing() { QVERIFY(RangeMaximum().of(0, 0) < 0.0); }
};

QTEST_APPLESS_MAIN(TestRangeMaximum)
#include "tst_rangemaximum.moc"
