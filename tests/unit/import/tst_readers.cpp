#include "core/import/eventscanner.h"
#include "core/import/traceimporter.h"
#include "tests/golden/testfiles.h"
#include "tests/golden/tracecomparison.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

constexpr qint64 quickBytes = 200'000; // of a packed file

Result<Trace> imported(const std::string& path, bool scansEvents, std::size_t blockBytes)
{
    NoProgress progress;
    ImportOptions options;
    options.scansEvents = scansEvents;
    options.blockBytes = blockBytes;
    return importTrace(path, progress, options);
}

/// Empty when both readers give the same.
QString difference(const std::string& path, std::size_t blockBytes)
{
    const Result<Trace> slow = imported(path, false, blockBytes);
    const Result<Trace> fast = imported(path, true, blockBytes);
    if (!slow || !fast) {
        const bool isSame = !slow && !fast && slow.error().code == fast.error().code &&
                            slow.error().detail == fast.error().detail;
        return isSame ? QString() : QStringLiteral("one reader refuses the file, or for another reason");
    }
    return QString::fromStdString(test::firstDifference(*fast, *slow));
}

std::string usualEvent(int number)
{
    const std::string time = std::to_string(1000 + 10 * number);
    return R"({"ph": "X", "cat": "kernel", "name": "k)" + std::to_string(number % 3) +
           R"(", "pid": 0, "tid": 7, "ts": )" + time +
           R"(.125, "dur": 3.5, "args": {"device": 0, "stream": 7, "correlation": )" +
           std::to_string(number + 1) + R"(, "grid": [1, 2, 3], "note": {"deep": [{}, [], null, true]}}})";
}

std::string traceOf(const std::vector<std::string>& events, const std::string& before = {},
                    const std::string& after = {})
{
    std::string text = "{\"schemaVersion\": 1, " + before + "\"traceEvents\": [\n";
    for (std::size_t i = 0; i < events.size(); ++i)
        text += (i > 0 ? ",\n  " : "  ") + events[i];
    return text + "\n]" + after + "}\n";
}

/// What scanEvents() takes of one event behind another.
bool isTaken(const std::string& event)
{
    std::string text = "}, " + event;
    const std::size_t size = text.size();
    text.append(scanPadding, '\0');
    ScannedEvents events;
    return scanEvents(std::string_view(text).substr(0, size), 1, events) == size;
}

} // namespace

/// The scanner of events against the JSON library: the same trace from every text.
class TestReaders : public QObject {
    Q_OBJECT

private slots:
    void scanner_data();
    void scanner();
    void oddEvents_data();
    void oddEvents();
    void damagedTexts();
    void files_data();
    void files();

private:
    QTemporaryDir m_folder;
};

void TestReaders::scanner_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char* name, const char* event, bool isTaken) {
        QTest::newRow(name) << QString::fromUtf8(event) << isTaken;
    };
    row("empty", "{}", true);
    row("usual", R"({"ph":"X","cat":"kernel","name":"k","ts":1.5,"dur":2,"args":{"device":0}})", true);
    row("blanks", "{ \"ph\" :\t\"X\" ,\r\n\"ts\" : 1 }", true);
    row("escape that is skipped", R"({"ph":"X","args":{"shape":"a\"b\\"}})", true);
    row("other letters", R"({"ph":"X","name":"größe 漢字"})", true);
    row("quoted number", R"({"ph":"X","tid":"stream 7"})", true);
    row("escape in a name", R"({"ph":"X","name":"a\"b"})", false);
    row("escape in a key", R"({"p\u0068":"X"})", false);
    row("unicode escape", R"({"ph":"X","args":{"shape":"\u0041"}})", false);
    row("control character", "{\"ph\":\"X\",\"name\":\"a\tb\"}", false);
    row("invalid UTF-8", R"({"ph":"X","bp":"\x})", false);
    row("comma too many", R"({"ph":"X",})", false);
    row("comma too many in a list", R"({"ph":"X","args":{"grid":[1,]}})", false);
    row("comma missing", R"({"ph":"X" "ts":1})", false);
    row("not a number", R"({"ph":"X","ts":NaN})", false);
    row("leading zero", R"({"ph":"X","ts":01})", false);
    row("no digit behind the point", R"({"ph":"X","ts":1.})", false);
    row("no digit before the point", R"({"ph":"X","ts":.5})", false);
    row("plus", R"({"ph":"X","ts":+1})", false);
    row("exponent", R"({"ph":"X","ts":1e3})", false);
    row("a word", R"({"ph":"X","bp":truth})", false);
    row("twice", R"({"ph":"X","ph":"X"})", false);
    row("twice in args", R"({"ph":"X","args":{"device":0,"device":1}})", false);
    row("unused one twice", R"({"ph":"X","id":0,"id":1})", true);
    row("object for a name", R"({"ph":"X","name":{}})", false);
    row("list for args", R"({"ph":"X","args":[]})", false);
    row("not closed", R"({"ph":"X")", false);
    row("text not closed", R"({"ph":"X)", false);
    row("bracket of the other kind", R"({"ph":"X"])", false);
    const QString deep = QStringLiteral(R"({"ph":"X","args":{"a":%1%2}})");
    QTest::newRow("nested") << deep.arg(QString(8, '['), QString(8, ']')) << true;
    QTest::newRow("nested deep") << deep.arg(QString(40, '['), QString(40, ']')) << false;
    QTest::newRow("long name") << QStringLiteral(R"({"ph":"X","name":"%1"})").arg(QString(70'000, 'n'))
                               << false;
    QTest::newRow("long number") << QStringLiteral(R"({"ph":"X","ts":%1})").arg(QString(301, '1')) << false;
}

void TestReaders::scanner()
{
    QFETCH(QString, event);
    QFETCH(bool, isTaken);
    QCOMPARE(::isTaken(event.toStdString()), isTaken);
}

void TestReaders::oddEvents_data()
{
    QTest::addColumn<QString>("odd");
    for (
        const char* odd :
        {R"({"ph":"X","cat":"kernel","name":"a\"b\u00e9","pid":0,"tid":7,"ts":1,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":-0,"dur":1e1})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":"0","tid":"stream 7","ts":"1.25","dur":"3"})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":1.0,"tid":7.5,"ts":99999999999999999999,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":9223372036854775.807,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":1.0005,"dur":1.0015})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":1,"dur":NaN})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":1,"dur":null})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"tid":7,"ts":true,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":3,"pid":0,"tid":7,"ts":1,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":3.25,"pid":0,"tid":7,"ts":1,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":{"a":1},"pid":0,"tid":7,"ts":1,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":"k","name":"l","pid":0,"tid":7,"ts":1,"dur":1})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"ts":1,"dur":1,"args":{"device":1},"args":7})",
         R"({"ph":"X","cat":"kernel","name":"k","pid":0,"ts":1,"dur":1,"args":{"device":"1","kind":5,}})",
         R"({"ph":"X","cat":"gpu_memcpy","name":"c","ts":1,"dur":1,"args":{"device":1,"kind":"HtoD","bytes":1.0}})",
         R"({"ph":"M","name":"process_name","pid":0,"args":{"name":"pyt\"hon"}})",
         R"({"ph":"M","name":"process_name","pid":0,"args":{"name":5}})",
         R"({"ph":"i","name":"Record Window End"})",
         R"({"ph":"","cat":"kernel"})",
         R"({"ph":"XX","cat":"kernel","name":"k"})",
         R"({})",
         R"({"args":{}})",
         R"(7)",
         R"("text")",
         R"([{"ph":"X"}])",
         R"(null)",
         R"(,)",
         R"({"ph":"X","cat":"kernel","name")",
         R"({"ph":"X" "cat":"kernel"})",
         R"({"ph":"X","args":{"a":tru}})",
         "{\"ph\":\"X\",\"name\":\"\x01\xff\"}",
         R"(], "traceEvents": [)",
         R"(], "schemaVersion": 2, "x": [)",
         R"(], "traceEvents": {}, "traceEvents": [)",
         "]} {\"traceEvents\": [",
         "}}",
         "]]"})
        QTest::newRow(odd) << QString::fromLatin1(odd);
}

/// One odd thing in a list of usual events, at its front, its end, between them, and many times.
void TestReaders::oddEvents()
{
    QFETCH(QString, odd);
    const std::string path = m_folder.filePath("odd.json").toStdString();
    for (const std::vector<int>& places :
         {std::vector{0}, {20}, {40}, {7, 8, 9, 30}, {3, 5, 7, 9, 11, 13, 39}}) {
        std::vector<std::string> events;
        for (int i = 0; i <= 40; ++i)
            events.push_back(std::find(places.begin(), places.end(), i) != places.end() ? odd.toStdString()
                                                                                        : usualEvent(i));
        for (const std::string& text :
             {traceOf(events), traceOf(events, "\"traceEvents\": [],", ", \"a\": [1], \"schemaVersion\": 3"),
              "[" + traceOf(events).substr(traceOf(events).find('[') + 1)}) {
            test::writeFile(path, text);
            for (const std::size_t blockBytes : {64, 300, 1000, 100'000})
                QCOMPARE(difference(path, blockBytes), QString());
        }
    }
}

/// Bytes changed, lost and doubled at random in a sound text.
void TestReaders::damagedTexts()
{
    std::vector<std::string> events;
    for (int i = 0; i < 30; ++i)
        events.push_back(usualEvent(i));
    const std::string sound = traceOf(events, "\"displayTimeUnit\": \"ms\", ", ", \"traceName\": \"t\"");
    const std::string path = m_folder.filePath("damaged.json").toStdString();
    std::mt19937_64 random(7);
    constexpr std::string_view bytes = "{}[],:\" \n\\0129.-eX\xc3\xff\x01";
    for (int round = 0; round < 800; ++round) {
        std::string text = sound;
        for (std::uint64_t faults = 1 + random() % 3; faults > 0; --faults) {
            const std::size_t at = random() % text.size();
            switch (random() % 4) {
            case 0:
                text[at] = bytes[random() % bytes.size()];
                break;
            case 1:
                text.erase(at, 1 + random() % 20);
                break;
            case 2:
                text.insert(at, 1, bytes[random() % bytes.size()]);
                break;
            default:
                text.insert(at, text.substr(random() % text.size(), random() % 200));
            }
        }
        test::writeFile(path, text);
        const QString found = difference(path, 64 + random() % 2000);
        QVERIFY2(found.isEmpty(), qPrintable(found + '\n' + QString::fromLatin1(text.c_str())));
    }
}

void TestReaders::files_data()
{
    QTest::addColumn<QString>("path");
    for (const char* folder :
         {STEPSCOPE_SOURCE_DIR "/tests/golden", STEPSCOPE_SOURCE_DIR "/tests/fuzz/findings/kineto",
          STEPSCOPE_SHARED_DATA "/traces/real", STEPSCOPE_SHARED_DATA "/traces/h100"}) {
        const QDir dir(QString::fromUtf8(folder));
        for (const QFileInfo& file : dir.entryInfoList(QDir::Files)) {
            const bool isTrace = file.fileName().endsWith(".json") || file.fileName().endsWith(".gz") ||
                                 dir.dirName() == "kineto";
            const bool isWanted =
                file.size() < quickBytes || qEnvironmentVariableIsSet("STEPSCOPE_ALL_TRACES");
            if (isTrace && isWanted && file.fileName() != "ground_truth.json")
                QTest::newRow(qPrintable(file.fileName())) << file.filePath();
        }
    }
}

void TestReaders::files()
{
    QFETCH(QString, path);
    const std::string file = path.toStdString();
    QCOMPARE(difference(file, std::size_t{1} << 20), QString());
    if (QFileInfo(path).size() < 100'000)
        QCOMPARE(difference(file, 777), QString());
}

QTEST_APPLESS_MAIN(TestReaders)
#include "tst_readers.moc"
