#include "core/import/jsoncleaner.h"
#include "core/import/kinetocollector.h"
#include "core/import/kinetometadata.h"
#include "core/import/kinetosax.h"
#include "core/import/textsource.h"
#include "core/import/traceimporter.h"
#include "core/report/errortext.h"
#include "tests/golden/testfiles.h"
#include "tests/golden/tracedump.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

std::string kinetoEvent(int number)
{
    return R"({"ph": "X", "cat": "kernel", "name": "kernel )" + std::to_string(number) +
           R"(", "pid": 0, "tid": 7, "ts": )" + std::to_string(1000 + 10 * number) +
           R"(.125, "dur": 5.5, "args": {"device": 0, "stream": 7, "correlation": )" +
           std::to_string(number) + "}}";
}

std::string kinetoText(int events)
{
    std::string text = "{\n \"schemaVersion\": 1,\n \"traceEvents\": [\n";
    for (int i = 0; i < events; ++i)
        text += (i == 0 ? "  " : ",\n  ") + kinetoEvent(i);
    return text + "\n ],\n \"baseTimeNanoseconds\": 1711964646000000000\n}\n";
}

class CancelLater final : public Progress {
public:
    explicit CancelLater(int calls) : m_calls(calls) {}
    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override { return --m_calls < 0; }

private:
    mutable int m_calls;
};

} // namespace

/// Whatever a file holds, opening it ends with a trace that says what is wrong with it, or with a sentence.
class NoText final : public TextSource {
public:
    std::string_view next() override { return {}; }
    std::uint64_t textBytes() const override { return 0; }
};

class TestBadInput : public QObject {
    Q_OBJECT

private slots:
    void everyCutOfAJson();
    void everyCutOfAGzip();
    void deepNesting_data();
    void deepNesting();
    void manyLanes();
    void damagedBytesOfAJson();
    void randomBytes();
    void damagedBytesOfADatabase();
    void cutDatabase();
    void pagesLinkedSeveralTimes();
    void pendingWriteAheadLog();
    void longName();
    void numbersInALocaleWithComma();
    void cancel();
    void pathWithOddCharacters();

private:
    Result<Trace> import(const std::string& bytes)
    {
        const std::string file = path("file");
        test::writeFile(file, bytes);
        NoProgress progress;
        return importTrace(file, progress);
    }
    std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    static std::size_t kernels(const Trace& trace) { return trace.activityCount(); }

    QTemporaryDir m_folder;
};

void TestBadInput::everyCutOfAJson()
{
    constexpr int events = 12;
    const std::string text = kinetoText(events);
    const std::size_t endOfDocument = text.rfind('}') + 1;
    std::size_t before = 0;
    for (std::size_t cut = 1; cut <= text.size(); ++cut) {
        const Result<Trace> trace = import(text.substr(0, cut));
        // What must be there: every event whose closing bracket came before the cut.
        std::size_t whole = 0;
        for (std::size_t at = text.find("}}"); at != std::string::npos && at + 2 <= cut;
             at = text.find("}}", at + 1))
            ++whole;
        if (!trace) {
            QCOMPARE(whole, std::size_t{0});
            QVERIFY(trace.error().code == ErrorCode::DamagedJson ||
                    trace.error().code == ErrorCode::UnknownFormat);
            continue;
        }
        QCOMPARE(kernels(*trace), whole);
        QVERIFY(kernels(*trace) >= before);
        before = kernels(*trace);
        QCOMPARE(trace->log().isDamaged(), cut < endOfDocument);
        QCOMPARE(trace->log().count(ImportCode::TruncatedJson), std::uint64_t{cut < endOfDocument ? 1U : 0U});
    }
    QCOMPARE(before, std::size_t{events});
}

void TestBadInput::everyCutOfAGzip()
{
    constexpr int events = 400;
    const std::string packed = test::gzip(kinetoText(events));
    std::size_t before = 0;
    for (std::size_t cut = 1; cut < packed.size(); cut += cut < 40 || cut + 40 > packed.size() ? 1 : 13) {
        const Result<Trace> trace = import(packed.substr(0, cut));
        if (!trace)
            continue;
        QVERIFY(trace->log().isDamaged());
        QCOMPARE(trace->log().count(ImportCode::TruncatedGzip), std::uint64_t{1});
        QVERIFY(kernels(*trace) >= before);
        before = kernels(*trace);
    }
    QCOMPARE(before, std::size_t{events}); // only the check sums were missing
    const Result<Trace> whole = import(packed);
    QVERIFY(whole);
    QVERIFY(!whole->log().isDamaged());
    QCOMPARE(kernels(*whole), std::size_t{events});
}

void TestBadInput::deepNesting_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<QByteArray>("opening");
    for (const int depth : {100, 100'000, 5'000'000}) {
        QTest::addRow("arrays %d", depth) << depth << QByteArray("[");
        QTest::addRow("objects %d", depth / 5) << depth / 5 << QByteArray("{\"a\":");
    }
}

void TestBadInput::deepNesting()
{
    QFETCH(int, depth);
    QFETCH(QByteArray, opening);
    std::string nested;
    for (int i = 0; i < depth; ++i)
        nested += opening.toStdString();
    const std::string events = "{\"traceEvents\": [" + kinetoEvent(0) + ", ";
    // in an event's arguments, in the event list, in the metadata, and as the whole file
    const Result<Trace> inArguments = import(events + R"({"ph": "X", "args": {"x": )" + nested);
    QVERIFY(inArguments);
    QCOMPARE(kernels(*inArguments), std::size_t{1});
    QVERIFY(inArguments->log().isDamaged());
    const Result<Trace> inList = import(events + nested);
    QVERIFY(inList);
    QVERIFY(inList->log().isDamaged());
    QVERIFY(!import("{\"metadata\": " + nested));
    const Result<Trace> alone = import(nested);
    QVERIFY(!alone);
}

void TestBadInput::manyLanes()
{
    std::string text = "{\"traceEvents\": [";
    for (int i = 0; i < 6000; ++i) {
        const std::string number = std::to_string(i);
        text += R"({"ph": "X", "cat": "cuda_runtime", "name": "cudaLaunchKernel", "pid": )" + number +
                R"(, "tid": )" + number + R"(, "ts": 5.5, "dur": 1},)";
        text +=
            R"({"ph": "X", "cat": "kernel", "name": "k", "pid": 0, "tid": 7, "ts": 5.5, "dur": 1, "args": {"device": )" +
            number + "}},";
    }
    const Result<Trace> trace = import(text + "]}");
    QVERIFY(trace);
    QVERIFY(trace->threads().size() <= 4097);
    QVERIFY(trace->devices().size() <= 1025);
    QCOMPARE(trace->calls().size(), std::size_t{6000});
    QCOMPARE(trace->activityCount(), std::size_t{6000});
    QCOMPARE(trace->log().count(ImportCode::FoldedLanes), std::uint64_t{6000 - 1024 + 6000 - 4096});
}

void TestBadInput::damagedBytesOfAJson()
{
    std::mt19937 random(20261124);
    const QDir folder(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
    const QStringList names = folder.entryList({QStringLiteral("kineto_*.json")});
    QVERIFY(!names.isEmpty());
    for (const QString& name : names) {
        const std::string text = test::readFile(folder.filePath(name).toStdString());
        for (int round = 0; round < 60; ++round) {
            std::string spoiled = text;
            for (int change = 0; change < 1 + round % 4; ++change) {
                const std::size_t at = random() % spoiled.size();
                switch (random() % 3) {
                case 0:
                    spoiled[at] = static_cast<char>(random());
                    break;
                case 1:
                    spoiled.erase(at, 1 + random() % 9);
                    break;
                default:
                    spoiled.insert(at, 1, "{}[]\",:\\0e-"[random() % 11]);
                }
                if (spoiled.empty())
                    spoiled = "x";
            }
            const std::string dump = test::dumpResult(import(spoiled));
            QVERIFY(!dump.empty());
        }
    }
}

void TestBadInput::randomBytes()
{
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::string bytes;
        const std::array<std::string, 5> heads = {"", "{", "[{", "\x1f\x8b\x08",
                                                  std::string("SQLite format 3\0", 16)};
        bytes = heads[static_cast<std::size_t>(round) % heads.size()];
        const std::size_t size = 1 + random() % 5000;
        while (bytes.size() < size)
            bytes += static_cast<char>(random());
        const Result<Trace> trace = import(bytes);
        QVERIFY(!trace || trace->activityCount() == 0);
        if (!trace)
            QVERIFY(errorSentence(trace.error(), "x").size() > 10);
    }
}

void TestBadInput::damagedBytesOfADatabase()
{
    std::mt19937 random(11);
    const QDir folder(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
    for (const char* name : {"nsys_graph_level.sql", "nsys_nvtx.sql", "nsys_two_processes.sql"}) {
        const std::string file = path("good.sqlite");
        test::writeDatabase(file, test::readFile(folder.filePath(QString::fromLatin1(name)).toStdString()));
        const std::string bytes = test::readFile(file);
        for (int round = 0; round < 150; ++round) {
            std::string spoiled = bytes;
            const unsigned changes = 1U << random() % 9;
            for (unsigned change = 0; change < changes; ++change)
                spoiled[16 + random() % (spoiled.size() - 16)] = static_cast<char>(random());
            const std::string dump = test::dumpResult(import(spoiled));
            QVERIFY(!dump.empty());
        }
    }
}

void TestBadInput::cutDatabase()
{
    std::string sql = test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_graph_level.sql");
    sql += "BEGIN;";
    for (int i = 0; i < 3000; ++i) {
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (" + std::to_string(20000 + 10 * i) + "," +
               std::to_string(20005 + 10 * i) + ",0,1,7,0,281476654432256,1,2,NULL,0);";
    }
    sql += "COMMIT;";
    const std::string file = path("good.sqlite");
    test::writeDatabase(file, sql);
    const std::string bytes = test::readFile(file);
    const Result<Trace> whole = import(bytes);
    QVERIFY(whole);
    for (std::size_t cut = 100; cut < bytes.size(); cut += bytes.size() / 40) {
        const Result<Trace> trace = import(bytes.substr(0, cut));
        if (trace)
            QVERIFY(trace->log().isDamaged() && trace->activityCount() <= whole->activityCount());
        else
            QCOMPARE(trace.error().code, ErrorCode::DamagedDatabase);
    }
    // Inside the last page: SQLite alone would read zeros there.
    for (const std::size_t cut : {1, 700, 4095}) {
        const Result<Trace> trace = import(bytes.substr(0, bytes.size() - cut));
        QVERIFY(trace && trace->log().count(ImportCode::TruncatedDatabase) == 1);
        QVERIFY(trace->activityCount() < whole->activityCount());
    }
    QVERIFY(import(bytes + std::string(10, '\0'))); // more than the database is no harm
}

void TestBadInput::pagesLinkedSeveralTimes()
{
    std::string sql = "PRAGMA page_size = 512;";
    sql += test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_graph_level.sql") + "BEGIN;";
    for (int i = 0; i < 20000; ++i)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (1,2,0,1,7,0,281476654432256,1,2,NULL,0);";
    const std::string file = path("linked.sqlite");
    test::writeDatabase(file, sql + "COMMIT;");
    std::string bytes = test::readFile(file);
    // Every child of an inner page becomes the next inner page: more rows than any memory holds.
    constexpr std::size_t pageBytes = 512;
    constexpr char innerPage = 5;
    std::vector<std::size_t> inner;
    for (std::size_t page = pageBytes; page < bytes.size(); page += pageBytes) {
        if (bytes[page] == innerPage)
            inner.push_back(page);
    }
    QVERIFY(inner.size() > 10);
    const auto number = [&bytes](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])) * 256 +
               static_cast<unsigned char>(bytes[at + 1]);
    };
    for (std::size_t i = 0; i < 10; ++i) {
        const std::size_t child = inner[i + 1] / pageBytes + 1;
        const auto link = [&](std::size_t at) {
            bytes[at + 2] = static_cast<char>(child / 256);
            bytes[at + 3] = static_cast<char>(child % 256);
        };
        link(inner[i] + 8);
        for (std::size_t cell = 0; cell < number(inner[i] + 3); ++cell)
            link(inner[i] + number(inner[i] + 12 + 2 * cell));
    }
    const Result<Trace> trace = import(bytes);
    QVERIFY(trace && trace->activityCount() <= bytes.size());
    bool isTold = false;
    for (const ImportEntry& entry : trace->log().entries()) {
        for (const std::string& example : entry.examples)
            isTold = isTold || example.find("KERNEL after ") != std::string::npos;
    }
    QVERIFY(isTold);
}

void TestBadInput::pendingWriteAheadLog()
{
    const std::string file = path("wal.sqlite");
    test::writeDatabase(file, test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_graph_level.sql"));
    test::writeFile(file + "-wal", "pending");
    const QStringList before = QDir(m_folder.path()).entryList(QDir::Files);
    NoProgress progress;
    const Result<Trace> trace = importTrace(file, progress);
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::PendingWal), std::uint64_t{1});
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), before); // nothing appeared beside it
}

void TestBadInput::longName()
{
    std::string text = kinetoText(1);
    text.replace(text.find("kernel 0"), 8, std::string(3'000'000, 'n'));
    const Result<Trace> trace = import(text);
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::LongName), std::uint64_t{1});
    QCOMPARE(trace->name(trace->devices().front().activities.name(0)).size(), std::size_t{64 * 1024});

    std::string sql = test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_two_processes.sql");
    sql.replace(sql.find("gemm"), 4, std::string(64 * 1024 - 1, 'n') + "\xc3\xa9" + "more");
    const std::string file = path("long.sqlite");
    test::writeDatabase(file, sql);
    NoProgress progress;
    const Result<Trace> database = importTrace(file, progress);
    QVERIFY(database);
    QCOMPARE(database->log().count(ImportCode::LongName), std::uint64_t{1});
    QCOMPARE(database->name(database->devices().front().activities.name(0)).size(),
             std::size_t{64 * 1024 - 1});
}

/// nlohmann puts the locale's decimal point into the text of a number; a window runs in the user's locale.
void TestBadInput::numbersInALocaleWithComma()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    KinetoCollector collector(builder);
    KinetoMetadata metadata;
    NoText nothing;
    JsonCleaner cleaner(nothing);
    KinetoSax sax(cleaner, collector, metadata);
    std::string key;
    const auto member = [&](const char* name) {
        key = name;
        sax.key(key);
    };
    const auto text = [&](const char* name, std::string value) {
        member(name);
        sax.string(value);
    };
    sax.start_array(0);
    sax.start_object(0);
    text("ph", "X");
    text("cat", "kernel");
    text("name", "k");
    member("ts");
    sax.number_float(0.0, "1712195495519689,047");
    member("dur");
    sax.number_float(0.0, "2,5");
    member("pid");
    sax.number_integer(0);
    sax.end_object();
    sax.end_array();
    collector.finish(metadata);
    const Trace trace = builder.build();
    QCOMPARE(trace.activityCount(), std::size_t{1});
    QCOMPARE(trace.capture().origin, std::int64_t{1712195495519689047});
    QCOMPARE(trace.extent().duration().count(), std::int64_t{2500});
}

void TestBadInput::cancel()
{
    const std::string json = path("big.json");
    test::writeFile(json, kinetoText(20'000));
    CancelLater early(2);
    const Result<Trace> cancelled = importTrace(json, early);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);

    const std::string database = path("cancel.sqlite");
    test::writeDatabase(database, test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_graph_level.sql"));
    CancelLater atOnce(0);
    const Result<Trace> second = importTrace(database, atOnce);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Cancelled);
}

void TestBadInput::pathWithOddCharacters()
{
    const std::string file = path("a b%20?mode=rwc#é'\";.sqlite");
    test::writeDatabase(file, test::readFile(STEPSCOPE_SOURCE_DIR "/tests/golden/nsys_graph_level.sql"));
    NoProgress progress;
    const Result<Trace> trace = importTrace(file, progress);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->capture().path, file);
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
