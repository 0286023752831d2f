#include "core/trace/launchlookup.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

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
            std::size_t place = 0; // goes on from what was found before, whatever that was
            for (std::uint32_t scope = 0; scope < 4; ++scope) {
                for (std::size_t row = 0; row < calls.size(); ++row) {
                    for (const std::int64_t beside : {0, 1}) {
                        std::int64_t id = 0;
                        if (calls.correlation(row) == 0 ||
                            __builtin_add_overflow(calls.correlation(row), beside, &id) || id == 0)
                            continue;
                        QCOMPARE(lookup.find(scope, id, place), expected(scope, id));
                    }
                }
                for (const std::int64_t id : {std::numeric_limits<std::int64_t>::min(),
                                              std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}})
                    QCOMPARE(lookup.find(scope, id, place), expected(scope, id));
            }
        }
    }

    /// As the rows of a trace ask: in the order of the ids, some of them several times or not at all.
    void goesOnFromTheLast()
    {
        std::mt19937_64 random(8);
        for (const std::int64_t farthest : {1, 3, 40, 500}) {
            ApiCallTable calls;
            std::vector<std::int64_t> ids;
            std::int64_t id = 0;
            for (int i = 0; i < 3000; ++i) {
                id += std::uniform_int_distribution<std::int64_t>(0, farthest)(random);
                ids.push_back(id);
                ApiCall call;
                call.thread = ThreadId(0U);
                call.correlation = id * 1000; // too far apart for a list of places
                call.kind = ApiCallKind::KernelLaunch;
                calls.append(call);
            }
            const LaunchLookup lookup(calls, 1, [](ThreadId) { return 0U; });
            std::size_t place = 0;
            for (std::int64_t asked = 1; asked <= id; ++asked) {
                const auto first = std::lower_bound(ids.begin(), ids.end(), asked);
                const CallId expected =
                    *first == asked ? CallId(static_cast<std::size_t>(first - ids.begin())) : CallId();
                QCOMPARE(lookup.find(0, asked * 1000, place), expected);
                QCOMPARE(lookup.find(0, asked * 1000, place), expected);
                QVERIFY(!lookup.find(0, asked * 1000 + 1, place).isValid());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestLaunchLookup)
#include "tst_launchlookup.moc"
