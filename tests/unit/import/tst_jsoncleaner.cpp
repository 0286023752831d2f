#include "core/import/jsoncleaner.h"
#include "core/import/textsource.h"

#include <QTest>

using namespace stepscope;

namespace {

/// Hands out a text in pieces of a fixed size.
class PiecewiseText final : public TextSource {
public:
    PiecewiseText(std::string_view text, std::size_t piece) : m_text(text), m_piece(piece) {}

    std::string_view next() override
    {
        const std::string_view piece = m_text.substr(m_at, m_piece);
        m_at += piece.size();
        return piece;
    }
    std::uint64_t textBytes() const override { return m_at; }

private:
    std::string_view m_text;
    std::size_t m_piece;
    std::size_t m_at = 0;
};

struct Cleaned {
    std::string text;
    JsonCleaner::Counts counts;
    std::vector<std::uint64_t> offsets; // of each cleaned byte
};

Cleaned clean(std::string_view text, std::size_t piece)
{
    PiecewiseText source(text, piece);
    JsonCleaner cleaner(source);
    Cleaned cleaned;
    for (; !cleaner.isAtEnd(); cleaner.advance()) {
        cleaned.text += cleaner.current();
        cleaned.offsets.push_back(cleaner.sourceOffset());
    }
    cleaned.counts = cleaner.counts();
    return cleaned;
}

std::uint64_t sum(const JsonCleaner::Counts& counts)
{
    return counts.invalidUtf8 + counts.controlCharacters + counts.badEscapes + counts.notFinite +
           counts.spareCommas + counts.longStrings;
}

} // namespace

class TestJsonCleaner : public QObject {
    Q_OBJECT

private slots:
    void text_data();
    void text();
    void offsetsPointIntoTheSource();
    void stringsAreCut();
};

void TestJsonCleaner::text_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<int>("changes");
    const auto row = [](const char* name, const QByteArray& source, const QByteArray& expected, int changes) {
        QTest::newRow(name) << source << expected << changes;
    };
    row("nothing", "", "", 0);
    row("plain", R"({"a": [1, -2.5e3, true, null, "x\n\"\\é"]})", R"({"a": [1,-2.5e3,true,null,"x\n\"\\é"]})",
        0);
    row("byte-order mark", "\xef\xbb\xbf[1]", "[1]", 0);
    row("mark inside a string stays", "[\"\xef\xbb\xbf\"]", "[\"\xef\xbb\xbf\"]", 0);
    row("NaN", "[NaN, nan, -Infinity, +inf, Infinity]", "[null,null,null,null,null]", 5);
    row("beyond a double", "[1e400, -1e999, 1e308]", "[null,null,1e308]", 2);
    row("very long number", QByteArray("[") + QByteArray(1000, '9') + "]", "[null]", 1);
    row("other words are left to the parser", "[nano, undefined]", "[nano,undefined]", 0);
    row("NaN in a string", "[\"NaN\"]", "[\"NaN\"]", 0);
    row("trailing commas", "{\"a\": [1, 2, ], }", "{\"a\": [1,2]}", 2);
    row("two commas", "[1,, 2]", "[1,2]", 1);
    row("comma in a string", "[\",]\"]", "[\",]\"]", 0);
    row("raw control characters", "[\"a\nb\x01\"]", "[\"a\\u000ab\\u0001\"]", 2);
    row("Windows path", R"(["C:\work\x"])", R"(["C:\\work\\x"])", 2);
    row("unfinished escape", R"(["\u12"])", R"(["\\u12"])", 1);
    row("escape then quote", R"(["\\"])", R"(["\\"])", 0);
    row("surrogate pair", R"(["\ud83d\ude00"])", R"(["\ud83d\ude00"])", 0);
    row("high alone", R"(["\ud83dx"])", R"(["\ufffdx"])", 1);
    row("high at the end", R"(["\ud83d"])", R"(["\ufffd"])", 1);
    row("two high", R"(["\ud83d\ud83d\ude00"])", R"(["\ufffd\ud83d\ude00"])", 1);
    row("low alone", R"(["\ude00"])", R"(["\ufffd"])", 1);
    row("valid UTF-8", "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]",
        "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]", 0);
    row("stray byte", "[\"\xff\"]", "[\"\xef\xbf\xbd\"]", 1);
    row("cut sequence", "[\"\xe2\x82\"]", "[\"\xef\xbf\xbd\"]", 1);
    row("overlong", "[\"\xc0\x80\"]", "[\"\xef\xbf\xbd\xef\xbf\xbd\"]", 2);
    row("encoded surrogate", "[\"\xed\xa0\x80\"]", "[\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"]", 3);
    row("number at the end", "17", "17", 0);
}

void TestJsonCleaner::text()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    QFETCH(int, changes);
    const std::string_view text(source.constData(), static_cast<std::size_t>(source.size()));
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{4096}}) {
        if (piece < 3 && text.starts_with("\xef\xbb\xbf"))
            continue; // the file reader gives 256 KiB at a time
        const Cleaned cleaned = clean(text, piece);
        QCOMPARE(QByteArray::fromStdString(cleaned.text), expected);
        QCOMPARE(sum(cleaned.counts), static_cast<std::uint64_t>(changes));
    }
}

void TestJsonCleaner::offsetsPointIntoTheSource()
{
    const std::string source = "\xef\xbb\xbf{\"a\": NaN, \"b\": \"x\ny\xffz\", \"c\": [1,  ],   \"d\": 9  }";
    for (const std::size_t piece : {std::size_t{3}, std::size_t{5}, std::size_t{4096}}) {
        const Cleaned cleaned = clean(source, piece);
        for (const char marker : {'x', 'y', 'z', 'c', '1', 'd', '9', '{', '}'}) {
            const auto offset = static_cast<std::size_t>(cleaned.offsets[cleaned.text.find(marker)]);
            QCOMPARE(source[offset], marker);
        }
    }
}

void TestJsonCleaner::stringsAreCut()
{
    const std::string longText(1'000'000, 'x');
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{1'000'000}}) {
        const Cleaned cleaned =
            clean("[\"" + longText + "\", \"" + longText + "\\n\xff\", \"short\"]", piece);
        QCOMPARE(cleaned.counts.longStrings, std::uint64_t{2});
        const std::string kept(64 * 1024, 'x');
        QCOMPARE(QString::fromStdString(cleaned.text),
                 QString::fromStdString("[\"" + kept + "\",\"" + kept + "\",\"short\"]"));
    }
}

QTEST_GUILESS_MAIN(TestJsonCleaner)
#include "tst_jsoncleaner.moc"
