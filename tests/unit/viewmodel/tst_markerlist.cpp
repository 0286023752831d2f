#include "widgets/viewmodel/markerlist.h"

#include <QSignalSpy>
#include <QTest>

#include <random>
#include <set>

using namespace stepscope;

class TestMarkerList : public QObject {
    Q_OBJECT

private slots:
    void staysSorted();
    void oneAtATime();
    void nearestWithinReach();
    void neighbours();
    void notesAreTrimmed();
};

void TestMarkerList::staysSorted()
{
    std::mt19937_64 random(5);
    MarkerList list;
    std::set<std::int64_t> expected;
    for (int round = 0; round < 500; ++round) {
        const std::int64_t at = std::uniform_int_distribution<std::int64_t>(0, 200)(random);
        if (round % 3 == 0) {
            list.remove(timePointAt(at));
            expected.erase(at);
        } else {
            list.setNote(timePointAt(at), QString::number(at));
            expected.insert(at);
        }
        QCOMPARE(list.markers().size(), expected.size());
        auto marker = list.markers().begin();
        for (const std::int64_t time : expected) {
            QCOMPARE(nanosecondsOf(marker->time), time);
            QCOMPARE((marker++)->note, QString::number(time));
        }
    }
}

void TestMarkerList::oneAtATime()
{
    MarkerList list;
    const QSignalSpy changed(&list, &MarkerList::changed);
    list.set({{timePointAt(9), QStringLiteral("b")},
              {timePointAt(4), {}},
              {timePointAt(9), QStringLiteral("later")}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(list.markers().size(), std::size_t{2});
    QCOMPARE(list.markers().back().note, QStringLiteral("b"));
    list.setNote(timePointAt(9), QStringLiteral("b")); // as it is
    list.remove(timePointAt(5));                       // there is none
    QCOMPARE(changed.size(), 1);
    list.setNote(timePointAt(9), {});
    QCOMPARE(changed.size(), 2);
    QCOMPARE(list.markers().size(), std::size_t{2}); // a marker without a note is one
    std::vector<Marker> many;
    for (std::size_t i = 0; i < MarkerList::mostMarkers + 5; ++i)
        many.push_back({timePointAt(static_cast<std::int64_t>(i)), {}});
    list.set(many);
    list.setNote(timePointAt(-1), {});
    QCOMPARE(list.markers().size(), MarkerList::mostMarkers);
}

void TestMarkerList::nearestWithinReach()
{
    MarkerList list;
    list.set({{timePointAt(100), {}}, {timePointAt(110), {}}});
    QVERIFY(!list.near(timePointAt(89), Duration(10)));
    QCOMPARE(nanosecondsOf(list.near(timePointAt(90), Duration(10))->time), 100);
    QCOMPARE(nanosecondsOf(list.near(timePointAt(104), Duration(10))->time), 100);
    QCOMPARE(nanosecondsOf(list.near(timePointAt(106), Duration(10))->time), 110);
    QVERIFY(!list.near(timePointAt(121), Duration(10)));
    QVERIFY(list.near(timePointAt(110), Duration::zero()));
}

void TestMarkerList::neighbours()
{
    MarkerList list;
    QVERIFY(!list.after(timePointAt(0)));
    list.set({{timePointAt(100), {}}, {timePointAt(110), {}}});
    QCOMPARE(nanosecondsOf(*list.after(timePointAt(99))), 100);
    QCOMPARE(nanosecondsOf(*list.after(timePointAt(100))), 110);
    QVERIFY(!list.after(timePointAt(110)));
    QCOMPARE(nanosecondsOf(*list.before(timePointAt(110))), 100);
    QVERIFY(!list.before(timePointAt(100)));
}

void TestMarkerList::notesAreTrimmed()
{
    MarkerList list;
    list.setNote(timePointAt(1), QStringLiteral("  two\nlines \t here "));
    QCOMPARE(list.markers().front().note, QStringLiteral("two lines here"));
    list.setNote(timePointAt(1), QString(MarkerList::longestNote + 7, QLatin1Char('x')));
    QCOMPARE(list.markers().front().note.size(), MarkerList::longestNote);
}

QTEST_GUILESS_MAIN(TestMarkerList)
#include "tst_markerlist.moc"
