#include "core/report/errortext.h"
#include "core/report/importtext.h"
#include "core/report/printabletext.h"

#include <QSet>
#include <QTest>

using namespace stepscope;

namespace {

constexpr int lastErrorCode = static_cast<int>(ErrorCode::CannotWrite);
constexpr int lastImportCode = static_cast<int>(ImportCode::FoldedLanes);

} // namespace

class TestErrorText : public QObject {
    Q_OBJECT

private slots:
    void everyErrorHasASentence();
    void exportCommandCanBePasted();
    void escapesReachNoTerminal();
    void everyImportCodeHasASentence();
    void printableText_data();
    void printableText();
};

void TestErrorText::everyErrorHasASentence()
{
    QSet<QString> sentences;
    for (int code = 0; code <= lastErrorCode; ++code) {
        for (const char* detail : {"", "the-detail"}) {
            const Error error{static_cast<ErrorCode>(code), detail};
            const QString sentence = QString::fromStdString(errorSentence(error, "dir/the-file.json"));
            QVERIFY2(!sentence.contains(QLatin1Char('%')), qPrintable(sentence));
            const bool isAboutAFile =
                error.code != ErrorCode::BadPattern && error.code != ErrorCode::CannotWrite;
            QVERIFY2(!isAboutAFile || sentence.contains(QStringLiteral("dir/the-file")),
                     qPrintable(sentence));
            QVERIFY(sentence.size() >= 14);
            QVERIFY2(!sentence.contains(QStringLiteral("cannot be opened")),
                     qPrintable(sentence)); // the fallback
            sentences.insert(sentence);
        }
    }
    QVERIFY(sentences.size() > lastErrorCode);
}

void TestErrorText::exportCommandCanBePasted()
{
    const Error error{ErrorCode::NsysReport, {}};
    QVERIFY(QString::fromStdString(errorSentence(error, "/tmp/run.nsys-rep"))
                .endsWith(QStringLiteral("nsys export --type sqlite -o /tmp/run.sqlite /tmp/run.nsys-rep")));
    QVERIFY(QString::fromStdString(errorSentence(error, "it's; rm.qdrep"))
                .endsWith(QStringLiteral(
                    "nsys export --type sqlite -o 'it'\\''s; rm.sqlite' 'it'\\''s; rm.qdrep'")));
}

void TestErrorText::escapesReachNoTerminal()
{
    const std::string sentence = errorSentence({ErrorCode::UnknownFormat, "\x1b[2J"}, "a\nb\x1b[31m");
    QVERIFY(sentence.find('\x1b') == std::string::npos);
    QVERIFY(sentence.find('\n') == std::string::npos);
    // Arguments are data: a %2 in a name stays one.
    QVERIFY(errorSentence({ErrorCode::UnknownFormat, "x"}, "%2").starts_with("%2 is no trace"));
}

void TestErrorText::everyImportCodeHasASentence()
{
    QSet<QString> words;
    for (int code = 0; code <= lastImportCode; ++code) {
        for (const bool hasExample : {false, true}) {
            ImportEntry entry{static_cast<ImportCode>(code), 17, {}};
            if (hasExample)
                entry.examples.emplace_back("the-example");
            const QString sentence = QString::fromStdString(importSentence(entry).english());
            QVERIFY2(!sentence.contains(QLatin1Char('%')), qPrintable(sentence));
            QVERIFY(sentence.size() > 10);
            QVERIFY2(!hasExample || sentence.contains(QStringLiteral("the-example")), qPrintable(sentence));
        }
        const std::string_view word = importCodeWord(static_cast<ImportCode>(code));
        QVERIFY(word != "unknown");
        words.insert(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
    }
    QCOMPARE(words.size(), lastImportCode + 1);
}

void TestErrorText::printableText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& expected) {
        QTest::newRow(name) << text << expected;
    };
    row("plain", "void gemm<float, 4>(int)", "void gemm<float, 4>(int)");
    row("letters", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    row("escape", "\x1b[31m", "\\x1b[31m");
    row("C1", "\xc2\x9b", "\\u009b");
    row("direction",
        "\xe2\x80\xae"
        "abc\xe2\x81\xa9",
        "\\u202e"
        "abc\\u2069");
    row("line separator", "\xe2\x80\xa8", "\\u2028");
    row("line feed, tab, DEL", "a\nb\tc\x7f", "a\\x0ab\\x09c\\x7f");
    row("invalid", "\xff\xe2\x82", "\\xff\\xe2\\x82");
}

void TestErrorText::printableText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(printable({text.constData(), static_cast<std::size_t>(text.size())})),
             expected);
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
