#include "core/base/utf8.h"

#include <QStringDecoder>
#include <QTest>

#include <random>

using namespace stepscope;

class TestUtf8 : public QObject {
    Q_OBJECT

private slots:
    void replaces_data();
    void replaces();
    void agreesWithQtOnRandomBytes();
    void cutsBetweenCharacters();
};

void TestUtf8::replaces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    const QByteArray mark = "\xef\xbf\xbd";
    QTest::newRow("plain") << QByteArray("gemm") << QByteArray("gemm");
    QTest::newRow("valid") << QByteArray("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")
                           << QByteArray("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    QTest::newRow("stray") << QByteArray("a\xff"
                                         "b")
                           << "a" + mark + "b";
    QTest::newRow("cut") << QByteArray("\xe2\x82") << mark;
    QTest::newRow("cut by a letter") << QByteArray("\xe2\x82x") << mark + "x";
    QTest::newRow("overlong") << QByteArray("\xc0\x80") << mark + mark;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << mark + mark + mark;
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << mark + mark + mark + mark;
}

void TestUtf8::replaces()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    const CleanText clean = validUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QCOMPARE(QByteArray::fromStdString(clean.text), text);
    QCOMPARE(clean.wasInvalid, bytes != text);
}

void TestUtf8::agreesWithQtOnRandomBytes()
{
    std::mt19937 random(3);
    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes;
        const auto size = static_cast<int>(1 + random() % 12);
        for (int i = 0; i < size; ++i)
            bytes += static_cast<char>(random() % 3 == 0 ? random() % 128 : 128 + random() % 128);
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString decoded = decoder(bytes);
        const CleanText clean = validUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        QCOMPARE(clean.wasInvalid, decoder.hasError() || decoded.toUtf8() != bytes);
        QVERIFY(!validUtf8(clean.text).wasInvalid);
        QCOMPARE(isValidUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), !clean.wasInvalid);
        QCOMPARE(validUtf8(clean.text).text, clean.text);
    }
}

void TestUtf8::cutsBetweenCharacters()
{
    const std::string text = "a\xc3\xa9\xe2\x82\xac";
    QCOMPARE(cutUtf8(text, 100), std::string_view(text));
    QCOMPARE(cutUtf8(text, 6), std::string_view(text));
    QCOMPARE(cutUtf8(text, 5), std::string_view("a\xc3\xa9"));
    QCOMPARE(cutUtf8(text, 3), std::string_view("a\xc3\xa9"));
    QCOMPARE(cutUtf8(text, 2), std::string_view("a"));
    QCOMPARE(cutUtf8(text, 0), std::string_view());
}

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
