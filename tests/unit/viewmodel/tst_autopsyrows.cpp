#include "widgets/viewmodel/autopsyrows.h"

#include "tests/gui/timeline/smalltrace.h"
#include "tests/unit/analysis/randomtrace.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gapfacts.h"
#include "widgets/viewmodel/spantext.h"

#include <QTest>

#include <set>

using namespace stepscope;

class TestAutopsyRows : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void rowsAreTheGap()
    {
        std::mt19937 random(11);
        std::size_t gaps = 0;
        for (int round = 0; round < 200; ++round) {
            NoProgress progress;
            const auto index =
                *TraceIndex::build(std::make_shared<const Trace>(RandomTrace::make(random).build()),
                                   KernelClassifier::standard(), progress);
            const GapIndex& all = index->devices().front().occupancy.gaps();
            for (std::size_t gap = 0; gap < all.size(); ++gap, ++gaps) {
                const GapAutopsy autopsy = autopsyOf(*index, DeviceId(0), all[gap]);
                const std::vector<AutopsyRow> rows = autopsyRows(*index, DeviceId(0), autopsy);
                Duration sum = Duration::zero();
                std::set<TimeClass> owners;
                TimePoint first = autopsy.gap.begin;
                for (const AutopsyRow& row : rows) {
                    QVERIFY(owners.insert(row.owner).second); // one row for each
                    QVERIFY(row.range().begin >= first);      // in order of first appearance
                    first = row.range().begin;
                    QCOMPARE(row.total, autopsy.timeOf(row.owner));
                    QVERIFY2(!row.reason.isEmpty(), timeClassText(row.owner).constData());
                    for (const GapPart& part : row.parts)
                        QVERIFY(!partToolTip(*index, autopsy, row, part).isEmpty());
                    sum += row.total;
                }
                QCOMPARE(sum, autopsy.gap.duration());
            }
        }
        QVERIFY(gaps > 500);
    }

    void tellsWhatIsAround()
    {
        TraceDocument document;
        document.setIndex(testing::smallIndex(1, 40));
        GapNavigator navigator(&document);
        QVERIFY(navigator.selectAt(timePointAt(10'500'000)));
        const std::vector<SpanDetail> facts = gapFacts(navigator);
        const auto fact = [&facts](const QString& label) {
            for (const SpanDetail& line : facts) {
                if (line.label == label)
                    return line;
            }
            return SpanDetail{};
        };
        QCOMPARE(fact(QStringLiteral("after")).value, QStringLiteral("Memcpy DtoH (Device -> Pinned)"));
        QCOMPARE(fact(QStringLiteral("before")).value, QStringLiteral("gemm_kernel"));
        QVERIFY(fact(QStringLiteral("before")).link.kind == SpanRef::Kind::Operation);
        QCOMPARE(fact(QStringLiteral("launched")).value,
                 QStringLiteral("6.0 µs before it began, by cudaLaunchKernel"));
        QVERIFY(fact(QStringLiteral("launched")).link.kind == SpanRef::Kind::Call);
        QCOMPARE(fact(QStringLiteral("queue")).value, QStringLiteral("it was launched during the gap"));
    }

    void figuresShareAUnit()
    {
        const Duration gap(4'830'000);
        QCOMPARE(displaytext::durationOf(Duration(312'345), gap), QStringLiteral("0.312 ms"));
        QCOMPARE(displaytext::durationOf(gap, gap), QStringLiteral("4.830 ms"));
        QCOMPARE(displaytext::durationOf(Duration(12), gap), QStringLiteral("<0.001 ms"));
        QCOMPARE(displaytext::durationOf(Duration(2'480), Duration(232'000)), QStringLiteral("2.5 µs"));
        QCOMPARE(displaytext::durationOf(Duration(7), Duration(640)), QStringLiteral("7 ns"));
        QCOMPARE(displaytext::durationOf(Duration(312'345'678), Duration(2'000'000'000)),
                 QStringLiteral("0.31 s"));
    }

    void hostNamesAreShortened()
    {
        QCOMPARE(spantext::shortEvent("/a/b/scheduler.py(3015): run/batch"),
                 QStringLiteral("scheduler.py(3015): run/batch"));
        QCOMPARE(spantext::shortEvent("aten::copy_"), QStringLiteral("aten::copy_"));
        QCOMPARE(spantext::shortEvent("utils.py(5): x"), QStringLiteral("utils.py(5): x"));
        QCOMPARE(spantext::shortEvent("cudaMemcpyAsync_v3020"), QStringLiteral("cudaMemcpyAsync"));
        QCOMPARE(spantext::shortEvent("my_function_v2"), QStringLiteral("my_function_v2"));
    }

private:
    static QByteArray timeClassText(TimeClass owner) { return displaytext::className(owner).toUtf8(); }
};

QTEST_GUILESS_MAIN(TestAutopsyRows)
#include "tst_autopsyrows.moc"
