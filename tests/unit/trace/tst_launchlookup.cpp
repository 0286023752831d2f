#include "core/trace/launchlookup.h"

#include <QTest>

#include <limits>
#include <random>

using namespace stepscope;

/// Against a loop over all calls.
class TestLaunchLookup : public QObject {
    Q_OBJECT

private slots:
    void findsWhatALoopFinds_data()
    {
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("range");
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        QTest::newRow("numbered from 1 on") << qint64{1} << qint64{300};
        QTest::newRow("below and above 0") << qint64{-150} << qint64{300};
        QTest::newRow("one id") << qint64{7} << qint64{1};
        QTest::newRow("far apart") << qint64{1} << (qint64{1} << 40);
        QTest::newRow("the least ids") << least << qint64{300};
        QTest::newRow("the greatest ids") << most - 300 << qint64{300};
    }

    void findsWhatALoopFinds()
    {
        QFETCH(qint64, first);
        QFETCH(qint64, range);
        std::mt19937_64 random(6);
        const auto below = [&random](std::int64_t limit) {
            return std::uniform_int_distribution<std::int64_t>(0, limit - 1)(random);
        };
        for (const int count : {0, 1, 2, 200}) {
            ApiCallTable calls;
            for (int i = 0; i < count; ++i) {
                ApiCall call;
                call.thread = ThreadId(static_cast<std::uint32_t>(below(6)));
                call.correlation = below(10) == 0 ? 0 : first + below(range);
                call.kind = below(2) == 0 ? ApiCallKind::KernelLaunch : ApiCallKind::Other;
                calls.append(call);
            }
            // Two threads a scope; the last one has no calls.
            const LaunchLookup lookup(calls, 4, [](ThreadId thread) { return thread.value() / 2; });
            const auto expected = [&calls](std::uint32_t scope, std::int64_t correlation) {
                CallId found;
                for (std::size_t row = 0; row < calls.size(); ++row) {
                    if (calls.correlation(row) != correlation || calls.thread(row).value() / 2 != scope)
                        continue;
                    const bool isLaunch = calls.kind(row) == ApiCallKind::KernelLaunch;
                    if (!found.isValid() || (isLaunch && calls.kind(found.value()) == ApiCallKind::Other))
                        found = CallId(row);
                }
                return found;
            };
            for (std::uint32_t scope = 0; scope < 4; ++scope) {
                for (std::size_t row = 0; row < calls.size(); ++row) {
                    for (const std::int64_t beside : {0, 1}) {
                        std::int64_t id = 0;
                        if (calls.correlation(row) == 0 ||
                            __builtin_add_overflow(calls.correlation(row), beside, &id) || id == 0)
                            continue;
                        QCOMPARE(lookup.find(scope, id), expected(scope, id));
                    }
                }
                for (const std::int64_t id : {std::numeric_limits<std::int64_t>::min(),
                                              std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}})
                    QCOMPARE(lookup.find(scope, id), expected(scope, id));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestLaunchLookup)
#include "tst_launchlookup.moc"
