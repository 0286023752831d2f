#include "core/import/contextfilereader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <random>

using namespace stepscope;

namespace {

const char* const contextText =
    R"({"model": "GLM-5.1", "tp": 8, "percent_of_sol": 61.50, "async_scheduling": true,
 "prefix_caching": false, "dataset": null, "baseline": "", "thresholds": {"host": 0.5, "idle": 2}, "trials": 3})";

QByteArray faultOf(const std::string& text)
{
    const Result<ContextStatement> statement = parseContextFile(text);
    if (statement || statement.error().code != ErrorCode::NotAContextFile)
        return "no fault";
    return QByteArray::fromStdString(statement.error().detail);
}

} // namespace

class TestContextFile : public QObject {
    Q_OBJECT

private slots:
    void readsFields();
    void keepsNumbersAsWritten();
    void acceptsWhatStatesNothing();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsFiles();
    void anyBytesAreAnswered();
};

void TestContextFile::readsFields()
{
    ContextStatement expected;
    expected.fields = {{"model", "GLM-5.1"},        {"tp", "8"},
                       {"percent_of_sol", "61.50"}, {"async_scheduling", "yes"},
                       {"prefix_caching", "no"},    {"trials", "3"}};
    expected.thresholds = {{"host", 0.5}, {"idle", 2.0}};
    const Result<ContextStatement> statement = parseContextFile(contextText);
    QVERIFY(statement);
    QVERIFY(*statement == expected);
    const Result<ContextStatement> marked =
        parseContextFile("\xef\xbb\xbf" + std::string(contextText) + "\r\n");
    QVERIFY(marked);
    QVERIFY(*marked == expected);
}

void TestContextFile::keepsNumbersAsWritten()
{
    for (const char* number : {"0", "8", "-3", "0.90", "1e3", "2.50E-2", "18446744073709551615"}) {
        const Result<ContextStatement> statement = parseContextFile("{\"x\": " + std::string(number) + "}");
        QVERIFY(statement);
        QCOMPARE(statement->fields.at(0).value, std::string(number));
    }
}

void TestContextFile::acceptsWhatStatesNothing()
{
    for (const char* text : {"{}", R"({"model": null})", R"({"model": "", "thresholds": null})",
                             R"({"thresholds": {"host": null}})"}) {
        const Result<ContextStatement> statement = parseContextFile(text);
        QVERIFY2(statement, text);
        QVERIFY2(*statement == ContextStatement{}, text);
    }
}

void TestContextFile::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const char* expected) {
        QTest::newRow(name) << text << QByteArray(expected);
    };
    row("empty", " \n", "it is empty");
    row("list", "[1]", "it is a list, not one object");
    row("number", "3", "it is no JSON object");
    row("null", "null", "it is no JSON object");
    row("object as a value", R"({"tp": {"x": 1}})",
        "the value of \"tp\" is an object, not a text, a number, true or false");
    row("list as a value", R"({"model": ["a"]})",
        "the value of \"model\" is a list, not a text, a number, true or false");
    row("list as thresholds", R"({"thresholds": [1]})",
        "the value of \"thresholds\" is a list, not a text, a number, true or false");
    row("number as thresholds", R"({"thresholds": 1})", "the value of \"thresholds\" is no object");
    row("text as thresholds", R"({"thresholds": ""})", "the value of \"thresholds\" is no object");
    row("object as a threshold", R"({"thresholds": {"host": {}}})",
        "the value of \"host\" is an object, not a number");
    row("text as a threshold", R"({"thresholds": {"host": "0.5"}})",
        "the value of \"host\" is a text or true or false, not a number");
    row("key twice", R"({"tp": null, "tp": 8})", "the key \"tp\" is there twice");
    row("threshold twice", R"({"thresholds": {"a": 1, "a": 1}})", "the key \"a\" is there twice");
    row("too large a number", R"({"x": 1e999})", "the value of \"x\" is no finite number");
    row("too large a threshold", R"({"thresholds": {"x": -1e999}})",
        "the value of \"x\" is no finite number");
    row("NaN", R"({"x": NaN})", "its JSON is damaged at byte 7");
    row("cut", R"({"x": 1)", "its JSON is damaged at byte 8");
    row("more behind", "{} {}", "its JSON is damaged at byte 4");
    row("no UTF-8", "{\"x\": \"\xff\"}", "its JSON is damaged at byte 8");
    row("deep", QByteArray("{\"a\":").repeated(200'000),
        "the value of \"a\" is an object, not a text, a number, true or false");
    row("long key", "{\"" + QByteArray("k").repeated(70) + "\": []}",
        "the value of \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\" is a list, not a "
        "text, a number, true or false");
}

void TestContextFile::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(faultOf(text.toStdString()), expected);
}

void TestContextFile::readsFiles()
{
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(QLatin1String(name)).toStdString(); };
    const auto write = [&](const char* name, const QByteArray& bytes) {
        QFile file(QString::fromStdString(path(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write("context.json", contextText));
    const Result<ContextStatement> statement = readContextFile(path("context.json"));
    QVERIFY(statement);
    QVERIFY(*statement == *parseContextFile(contextText));
    QVERIFY(write("large.json", QByteArray((1 << 20) + 1, ' ')));
    QCOMPARE(readContextFile(path("large.json")).error().detail, std::string("it is larger than 1 MiB"));
    QVERIFY(write("empty.json", ""));
    QVERIFY(readContextFile(path("empty.json")).error().code == ErrorCode::EmptyFile);
    QVERIFY(readContextFile(path("none.json")).error().code == ErrorCode::FileNotFound);
    QVERIFY(readContextFile(folder.path().toStdString()).error().code == ErrorCode::IsDirectory);
}

void TestContextFile::anyBytesAreAnswered()
{
    std::mt19937 random(11);
    const auto pick = [&random](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    for (int round = 0; round < 3'000; ++round) {
        std::string text = contextText;
        for (std::size_t change = pick(3) + 1; change > 0; --change) {
            const std::size_t at = pick(text.size());
            if (pick(4) == 0)
                text = text.substr(0, at + 1);
            else if (pick(3) == 0)
                text += text.substr(at);
            else
                text[at] = static_cast<char>(pick(256));
        }
        const Result<ContextStatement> statement = parseContextFile(text);
        QVERIFY(statement || !statement.error().detail.empty());
        if (!statement)
            continue;
        for (const ContextValue& each : statement->fields)
            QVERIFY(!each.value.empty());
        for (const auto& [name, threshold] : statement->thresholds)
            QVERIFY(std::isfinite(threshold));
    }
}

QTEST_APPLESS_MAIN(TestContextFile)
#include "tst_contextfile.moc"
