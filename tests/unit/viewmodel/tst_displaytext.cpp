#include "widgets/viewmodel/displaytext.h"

#include <QLocale>
#include <QTest>

using namespace stepscope;

class TestDisplayText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void writesDurationsWithTheUnitThatFits_data();
    void writesDurationsWithTheUnitThatFits();
    void neverWritesZeroForSomething_data();
    void neverWritesZeroForSomething();
    void followsTheLocale();
    void writesPositionsAsFineAsTheScale();
    void fillsArgumentsOnce();
    void showsToolTipsAsTheyStand();
};

void TestDisplayText::writesDurationsWithTheUnitThatFits_data()
{
    QTest::addColumn<qlonglong>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0LL << QStringLiteral("0 ns");
    QTest::newRow("ns") << 412LL << QStringLiteral("412 ns");
    QTest::newRow("µs") << 4'810LL << QStringLiteral("4.8 µs");
    QTest::newRow("many µs") << 412'400LL << QStringLiteral("412 µs");
    QTest::newRow("ms") << 11'390'000LL << QStringLiteral("11.39 ms");
    QTest::newRow("many ms") << 412'340'000LL << QStringLiteral("412.3 ms");
    QTest::newRow("s") << 6'330'000'000LL << QStringLiteral("6.33 s");
}

void TestDisplayText::writesDurationsWithTheUnitThatFits()
{
    QFETCH(const qlonglong, nanoseconds);
    QTEST(displaytext::duration(Duration(nanoseconds)), "text");
}

void TestDisplayText::neverWritesZeroForSomething_data()
{
    QTest::addColumn<double>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0.00");
    QTest::newRow("too small to show") << 4'000.0 << QStringLiteral("<0.01");
    QTest::newRow("rounds up") << 5'100.0 << QStringLiteral("0.01");
    QTest::newRow("usual") << 13'110'000.0 << QStringLiteral("13.11");
}

void TestDisplayText::neverWritesZeroForSomething()
{
    QFETCH(const double, nanoseconds);
    QTEST(displaytext::milliseconds(nanoseconds, 2), "text");
    QCOMPARE(displaytext::percent(0.0), QStringLiteral("0.0"));
    QCOMPARE(displaytext::percent(0.0003), QStringLiteral("<0.1"));
    QCOMPARE(displaytext::percent(0.131), QStringLiteral("13.1"));
    QCOMPARE(displaytext::percent(1.0), QStringLiteral("100"));
    QCOMPARE(displaytext::percentWithSign(0.97), QStringLiteral("97 %"));
}

void TestDisplayText::followsTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German));
    const QString text = displaytext::milliseconds(13'110'000.0, 2);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(text, QStringLiteral("13,11"));
}

void TestDisplayText::writesPositionsAsFineAsTheScale()
{
    const TimePoint time = timePointAt(1'234'567'890);
    QCOMPARE(displaytext::position(time, std::chrono::seconds(5)), QStringLiteral("1.23 s"));
    QCOMPARE(displaytext::position(time, std::chrono::microseconds(1)), QStringLiteral("1.23456789 s"));
    QCOMPARE(displaytext::window({timePointAt(1'500'000'000), timePointAt(6'330'000'000)}),
             QStringLiteral("1.50 – 6.33 s"));
}

void TestDisplayText::fillsArgumentsOnce()
{
    // A file may be called "%2": what an argument holds is not read as a place for another one.
    const Sentence sentence{"%1 and %2", {"%2", "two"}};
    QCOMPARE(displaytext::sentence(sentence), QStringLiteral("%2 and two"));
    QCOMPARE(displaytext::counted(1, QStringLiteral("one step"), QStringLiteral("%1 steps")),
             QStringLiteral("one step"));
    QCOMPARE(displaytext::counted(3, QStringLiteral("one step"), QStringLiteral("%1 steps")),
             QStringLiteral("3 steps"));
}

void TestDisplayText::showsToolTipsAsTheyStand()
{
    const QString tip = displaytext::toolTip(QStringLiteral("k<a>(int)\n<img src=\"x\">"));
    QCOMPARE(tip, QStringLiteral("<qt>k&lt;a&gt;(int)<br>&lt;img src=&quot;x&quot;&gt;</qt>"));
}

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
