#include "core/import/traceimporter.h"
#include "tests/golden/testfiles.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"
#include "tests/support/sampletrace.h"
#include "tests/support/tablepages.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

using namespace stepscope;
namespace support = testsupport;

namespace {

constexpr std::size_t pageBytes = 4096;
constexpr std::size_t headerBytes = 100;

/// A kernel to each name, one event a line.
std::vector<std::string> eventTexts(int count)
{
    std::vector<std::string> events;
    for (int i = 0; i < count; ++i)
        events.push_back(R"({"ph": "X", "cat": "kernel", "name": "kernel )" + std::to_string(i) +
                         R"(", "pid": 0, "tid": 7, "ts": )" + std::to_string(1000 + 10 * i) +
                         R"(.125, "dur": 5.5, "args": {"device": 0, "stream": 7, "correlation": )" +
                         std::to_string(i) + "}}");
    return events;
}

struct EventText {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> places; // of the events
};

EventText eventList(const std::vector<std::string>& events)
{
    EventText list;
    list.text = "{\n \"schemaVersion\": 1,\n \"traceEvents\": [\n";
    for (const std::string& event : events) {
        list.text += list.places.empty() ? "  " : ",\n  ";
        list.places.emplace_back(list.text.size(), list.text.size() + event.size());
        list.text += event;
    }
    list.text += "\n ],\n \"baseTimeNanoseconds\": 1711964646000000000\n}\n";
    return list;
}

std::set<std::string> kernelNames(const Trace& trace)
{
    std::set<std::string> names;
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row)
            names.emplace(trace.name(device.activities.name(row)));
    }
    return names;
}

std::string randomBytes(std::mt19937_64& random, std::size_t size)
{
    constexpr std::string_view marks = "{}[]\",:\\ \n0x";
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i)
        bytes += random() % 2 == 0 ? marks[random() % marks.size()] : static_cast<char>(random() % 256);
    return bytes;
}

} // namespace

/// What is whole in a damaged file is read: before the damage and behind it, and nothing that is not there.
class TestDamagedFile : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void eventsAroundDamage_data();
    void eventsAroundDamage();
    void placesOfDamage();
    void textAfterALostBracket();
    void membersBehindDamage();
    void manyDamagedPlaces();
    void rowsOfACutDatabase();
    void rowsAroundDamagedPages_data();
    void rowsAroundDamagedPages();
    void rowsThatComeTwice();

private:
    Result<Trace> open(const std::string& name, const std::string& bytes) const
    {
        const std::string path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        test::writeFile(path, bytes);
        NoProgress progress;
        return importTrace(path, progress);
    }
    void checkRows(const Trace& trace, const std::function<bool(std::uint32_t)>& isWhole) const;

    QTemporaryDir m_folder;
    std::string m_database;
    std::uint64_t m_gpuRows = 0;
    std::vector<support::TablePages> m_tables; // those with GPU work
};

void TestDamagedFile::initTestCase()
{
    const std::string path = m_folder.filePath(QStringLiteral("whole.sqlite")).toStdString();
    support::NsysOptions options;
    options.lazyTables = false; // the schema comes first, as in an export
    support::writeNsys(support::generateLoop(support::sampleLoop()), path, options);
    m_database = test::readFile(path);
    for (const char* table : {"CUPTI_ACTIVITY_KIND_KERNEL", "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
                              "CUPTI_ACTIVITY_KIND_MEMCPY", "CUPTI_ACTIVITY_KIND_MEMSET"})
        m_tables.emplace_back(path, table);
    NoProgress progress;
    const Result<Trace> whole = importTrace(path, progress);
    QVERIFY(whole);
    m_gpuRows = whole->activityCount();
    std::uint64_t rows = 0;
    for (const support::TablePages& table : m_tables)
        rows += table.rows();
    QCOMPARE(m_gpuRows, rows);
    QVERIFY(m_tables.front().leafPages().size() > 20);
}

void TestDamagedFile::eventsAroundDamage_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("overwritten") << 0;
    QTest::newRow("left out") << 1;
    QTest::newRow("put in") << 2;
    QTest::newRow("one quote more") << 3;
}

void TestDamagedFile::eventsAroundDamage()
{
    QFETCH(int, kind);
    const std::vector<std::string> events = eventTexts(40);
    const EventText list = eventList(events);
    const std::size_t first = list.places.front().first;
    const std::size_t last = list.places.back().second;
    std::mt19937_64 random(1);
    int damaged = 0;
    for (int round = 0; round < 500; ++round) {
        std::size_t begin = first + random() % (last - first);
        std::size_t end = std::min(last, begin + 1 + random() % (round % 2 == 0 ? 20 : 400));
        std::string text = list.text;
        if (kind == 0) {
            text.replace(begin, end - begin, randomBytes(random, end - begin));
        } else if (kind == 1) {
            text.erase(begin, end - begin);
        } else {
            end = begin;
            text.insert(begin, kind == 3 ? "\"" : randomBytes(random, 1 + random() % 60));
        }
        const Result<Trace> trace = open("damaged.json", text);
        QVERIFY(trace);
        const std::set<std::string> names = kernelNames(*trace);
        for (std::size_t i = 0; i < events.size(); ++i) {
            const bool isUntouched = list.places[i].second <= begin || list.places[i].first >= end;
            const bool isInserted =
                begin == end && list.places[i].first < begin && begin < list.places[i].second;
            if (isUntouched && !isInserted)
                QVERIFY2(names.contains("kernel " + std::to_string(i)),
                         qPrintable(QStringLiteral("round %1, bytes %2 to %3, event %4")
                                        .arg(round)
                                        .arg(begin)
                                        .arg(end)
                                        .arg(i)));
        }
        damaged += trace->log().isDamaged() ? 1 : 0;
        for (const DamagedPlace& place : trace->capture().damage)
            QVERIFY(place.offset && *place.offset + place.lostBytes.value_or(0) <= text.size());
    }
    QVERIFY(damaged > 350); // the others hit a name, a number or what stands between events
}

void TestDamagedFile::placesOfDamage()
{
    const EventText list = eventList(eventTexts(5));
    std::string text = list.text;
    text[list.places[2].first + 20] = '"';
    const Result<Trace> trace = open("one.json", text);
    QVERIFY(trace);
    QCOMPARE(kernelNames(*trace), (std::set<std::string>{"kernel 0", "kernel 1", "kernel 3", "kernel 4"}));
    QCOMPARE(trace->capture().damage.size(), std::size_t{1});
    const DamagedPlace& place = trace->capture().damage.front();
    QCOMPARE(place.offset, std::optional<std::uint64_t>(list.places[2].first));
    QCOMPARE(place.lostBytes, std::optional<std::uint64_t>(list.places[3].first - list.places[2].first));
    QVERIFY(!place.reachesEnd);
    QCOMPARE(trace->log().count(ImportCode::DamagedJson), std::uint64_t{1});
    QCOMPARE(trace->log().count(ImportCode::TruncatedJson), std::uint64_t{0});
}

/// The list seems to end, and an event follows.
void TestDamagedFile::textAfterALostBracket()
{
    const EventText list = eventList(eventTexts(6));
    std::string text = list.text;
    text.replace(list.places[1].second, 1, "]");
    text.replace(list.places[3].second, 1, "]");
    const Result<Trace> trace = open("bracket.json", text);
    QVERIFY(trace);
    QCOMPARE(kernelNames(*trace).size(), std::size_t{6});
    QCOMPARE(trace->log().count(ImportCode::DamagedJson), std::uint64_t{2});
}

void TestDamagedFile::membersBehindDamage()
{
    EventText list = eventList(eventTexts(5));
    list.text[list.places[2].first + 20] = '"';
    const Result<Trace> trace = open("members.json", list.text);
    QVERIFY(trace);
    QCOMPARE(trace->capture().baseTime, std::optional<std::int64_t>(1711964646000000000));
}

/// Each costs what it skips and no more: a file of nothing else ends, and all of it is counted.
void TestDamagedFile::manyDamagedPlaces()
{
    std::string text = "{\"traceEvents\": [\n" + eventTexts(1).front();
    constexpr int places = 100'000;
    for (int i = 0; i < places; ++i)
        text += ",{\"ph\" 1}";
    text += ",\n" + eventTexts(2).back() + "]}";
    const Result<Trace> trace = open("many.json", text);
    QVERIFY(trace);
    QCOMPARE(kernelNames(*trace).size(), std::size_t{2});
    QCOMPARE(trace->log().count(ImportCode::DamagedJson), std::uint64_t{places});
    QCOMPARE(trace->capture().damage.size(), std::size_t{100});
    std::uint64_t lost = 0;
    for (const DamagedPlace& place : trace->capture().damage)
        lost += place.lostBytes.value_or(0);
    QVERIFY(lost > 9 * places - 100 && lost <= 9 * places + 100);
}

void TestDamagedFile::checkRows(const Trace& trace, const std::function<bool(std::uint32_t)>& isWhole) const
{
    std::uint64_t expected = 0;
    for (const support::TablePages& table : m_tables)
        expected += table.reachableRows(isWhole);
    QCOMPARE(trace.activityCount(), static_cast<std::size_t>(expected));
    QVERIFY(trace.log().isDamaged());
}

void TestDamagedFile::rowsOfACutDatabase()
{
    const support::TablePages schema(m_folder.filePath(QStringLiteral("whole.sqlite")).toStdString(),
                                     "sqlite_schema");
    std::mt19937_64 random(2);
    int opened = 0;
    for (int round = 0; round < 60; ++round) {
        const std::size_t length = headerBytes + random() % (m_database.size() - headerBytes);
        const Result<Trace> trace = open("cut.sqlite", m_database.substr(0, length));
        const auto isWhole = [length](std::uint32_t page) { return page * pageBytes <= length; };
        if (!trace) {
            QCOMPARE(trace.error().code, ErrorCode::DamagedDatabase);
            if (schema.reachableRows(isWhole) < schema.rows())
                continue; // what the tables are called is lost
            std::uint64_t rows = 0;
            for (const support::TablePages& table : m_tables)
                rows += table.reachableRows(isWhole);
            QCOMPARE(rows, std::uint64_t{0});
            continue;
        }
        ++opened;
        checkRows(*trace, isWhole);
        const DamagedPlace& place = trace->capture().damage.front();
        QCOMPARE(place.lostBytes, std::optional<std::uint64_t>(m_database.size() - length));
        QVERIFY(place.reachesEnd);
    }
    QVERIFY(opened > 20);
}

void TestDamagedFile::rowsAroundDamagedPages_data()
{
    QTest::addColumn<int>("pages");
    QTest::newRow("one page") << 1;
    QTest::newRow("two pages side by side") << 2;
    QTest::newRow("five pages side by side") << 5;
}

void TestDamagedFile::rowsAroundDamagedPages()
{
    QFETCH(int, pages);
    const std::vector<std::uint32_t> leaves = m_tables.front().leafPages();
    std::mt19937_64 random(3);
    for (int round = 0; round < 30; ++round) {
        std::string bytes = m_database;
        std::set<std::uint32_t> spoilt;
        const std::size_t at = random() % (leaves.size() - static_cast<std::size_t>(pages));
        for (std::size_t i = at; i < at + static_cast<std::size_t>(pages); ++i) {
            spoilt.insert(leaves[i]);
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>((leaves[i] - 1) * pageBytes), 8, '\x7f');
        }
        const Result<Trace> trace = open("spoilt.sqlite", bytes);
        QVERIFY(trace);
        checkRows(*trace, [&spoilt](std::uint32_t page) { return !spoilt.contains(page); });
        QCOMPARE(trace->activityCount() + trace->log().count(ImportCode::DamagedPart),
                 static_cast<std::size_t>(m_gpuRows));
        const auto place = std::find_if(trace->capture().damage.begin(), trace->capture().damage.end(),
                                        [](const DamagedPlace& one) { return one.lostRows.has_value(); });
        QVERIFY(place != trace->capture().damage.end());
        QCOMPARE(place->table, std::string("CUPTI_ACTIVITY_KIND_KERNEL"));
        QVERIFY(!place->reachesEnd);
    }
}

/// A copy of an earlier leaf in the place of a later one holds rows that were read already.
void TestDamagedFile::rowsThatComeTwice()
{
    const std::vector<std::uint32_t> leaves = m_tables.front().leafPages();
    std::string bytes = m_database;
    bytes.replace((leaves[9] - 1) * pageBytes, pageBytes, m_database, (leaves[4] - 1) * pageBytes, pageBytes);
    const Result<Trace> trace = open("twice.sqlite", bytes);
    QVERIFY(trace);
    checkRows(*trace, [&leaves](std::uint32_t page) { return page != leaves[9]; });
}

QTEST_GUILESS_MAIN(TestDamagedFile)
#include "tst_damagedfile.moc"
