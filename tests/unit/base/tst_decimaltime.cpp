#include "core/base/decimaltime.h"

#include <QTest>

#include <random>

using namespace stepscope;

class TestDecimalTime : public QObject {
    Q_OBJECT

private slots:
    void value_data();
    void value();
    void notANumber_data();
    void notANumber();
    void everyNanosecondComesBack();
    void roundingIsHalfToEven();
};

void TestDecimalTime::value_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("nanoseconds");
    const auto row = [](const char* text, qint64 nanoseconds) {
        QTest::newRow(text) << QByteArray(text) << nanoseconds;
    };
    row("0", 0);
    row("-0.0", 0);
    row("1", 1000);
    row("10.0", 10'000);
    row("0.001", 1);
    row("-5", -5000);
    row("236.2", 236'200);
    row("236.25", 236'250);
    row("1669329643132548.123", 1'669'329'643'132'548'123); // a double is 27 ns off here
    row("1712195495519689.047", 1'712'195'495'519'689'047);
    row("1712195495519689", 1'712'195'495'519'689'000);
    row("1.5e3", 1'500'000);
    row("1.5E+3", 1'500'000);
    row("15e-1", 1500);
    row("1.669329643132548123e15", 1'669'329'643'132'548'123);
    row("0.0005", 0);
    row("0.0015", 2);
    row("0.0025", 2);
    row("0.00250000001", 3);
    row("-0.0015", -2);
    row("1e-40", 0);
    row("0e40", 0);
    row("00012.5", 12'500);
    row("9223372036854775.807", 9'223'372'036'854'775'807);
    row("-9223372036854775.807", -9'223'372'036'854'775'807);
}

void TestDecimalTime::value()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, nanoseconds);
    const auto found = nanosecondsFromMicroseconds(text.toStdString());
    QVERIFY(found);
    QCOMPARE(static_cast<qint64>(*found), nanoseconds);
}

void TestDecimalTime::notANumber_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "-",
                             ".",
                             "-.",
                             "e5",
                             "1e",
                             "1e+",
                             "1.2.3",
                             "12a",
                             " 1",
                             "1 ",
                             "0x10",
                             "NaN",
                             "Infinity",
                             "1,5",
                             "--1",
                             "1e999999999",
                             "9223372036854775.808",
                             "1e16",
                             "36893488147419103232"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("long") << QByteArray(1000, '1');
}

void TestDecimalTime::notANumber()
{
    QFETCH(QByteArray, text);
    QVERIFY(!nanosecondsFromMicroseconds(text.toStdString()));
}

void TestDecimalTime::everyNanosecondComesBack()
{
    std::mt19937_64 random(5);
    for (int round = 0; round < 100'000; ++round) {
        const auto ns = static_cast<std::int64_t>(random() >> (1 + random() % 62));
        std::string fraction = std::to_string(1000 + ns % 1000).substr(1);
        while (round % 2 == 0 && !fraction.empty() && fraction.back() == '0')
            fraction.pop_back();
        const std::string text = std::to_string(ns / 1000) + (fraction.empty() ? "" : "." + fraction);
        QCOMPARE(nanosecondsFromMicroseconds(text), std::optional(ns));
        QCOMPARE(nanosecondsFromMicroseconds("-" + text), std::optional(-ns));
    }
}

void TestDecimalTime::roundingIsHalfToEven()
{
    for (std::int64_t ns = 0; ns < 2000; ++ns) {
        const std::string digits = std::to_string(1'000'000 + ns).substr(1); // six digits of ns
        const std::string text = digits.substr(0, 3) + "." + digits.substr(3);
        QCOMPARE(nanosecondsFromMicroseconds(text + "5"), std::optional(ns + ns % 2));
        QCOMPARE(nanosecondsFromMicroseconds(text + "500"), std::optional(ns + ns % 2));
        QCOMPARE(nanosecondsFromMicroseconds(text + "499"), std::optional(ns));
        QCOMPARE(nanosecondsFromMicroseconds(text + "501"), std::optional(ns + 1));
    }
}

QTEST_GUILESS_MAIN(TestDecimalTime)
#include "tst_decimaltime.moc"
