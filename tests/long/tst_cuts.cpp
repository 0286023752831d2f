#include "core/import/traceimporter.h"
#include "core/report/errortext.h"
#include "tests/fuzz/scratchfile.h"
#include "tests/fuzz/traceinvariants.h"
#include "tests/golden/testfiles.h"
#include "tests/golden/tracecomparison.h"
#include "tests/long/eventends.h"
#include "tests/support/tablepages.h"

#include <QDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <random>
#include <tuple>

#include <zlib.h>

using namespace stepscope;

namespace {

constexpr std::uint64_t seed = 6;
constexpr std::size_t largeFile = 4'000'000;
constexpr int cutsOfFile = 200;
constexpr int cutsOfLargeFile = 20;

/// What the test knows of a file that is cut.
struct Cut {
    std::size_t fileBytes = 0;
    std::size_t textBytes = 0; ///< what these bytes hold of the text, inflated where it is packed
};

std::vector<Cut> randomCuts(std::size_t fileBytes)
{
    std::mt19937_64 random(seed);
    const int most = fileBytes < largeFile ? cutsOfFile : cutsOfLargeFile;
    bool isLimited = false;
    const int limit = qEnvironmentVariableIntValue("STEPSCOPE_CUTS", &isLimited);
    std::vector<Cut> cuts(static_cast<std::size_t>(isLimited ? std::clamp(limit, 1, most) : most));
    for (Cut& cut : cuts) {
        cut.fileBytes = random() % fileBytes;
        cut.textBytes = cut.fileBytes;
    }
    std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.fileBytes < b.fileBytes; });
    return cuts;
}

/// The text of one gzip member, as far as it goes; says of each cut, in ascending order, how much of it is
/// left.
std::string inflated(const std::string& packed, std::vector<Cut>& cuts)
{
    std::string text;
    std::vector<unsigned char> piece(1 << 20);
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    int status = Z_OK;
    const auto inflateUpTo = [&](std::size_t fileBytes) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())) + stream.total_in;
        stream.avail_in = static_cast<uInt>(fileBytes - stream.total_in);
        do {
            stream.next_out = piece.data();
            stream.avail_out = static_cast<uInt>(piece.size());
            status = inflate(&stream, Z_NO_FLUSH);
            text.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
        } while (status == Z_OK && stream.avail_out == 0);
    };
    for (Cut& cut : cuts) {
        if (status == Z_OK || status == Z_BUF_ERROR)
            inflateUpTo(cut.fileBytes);
        cut.textBytes = text.size();
    }
    if (status == Z_OK || status == Z_BUF_ERROR)
        inflateUpTo(packed.size());
    inflateEnd(&stream);
    return text;
}

using GpuRow = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          std::uint32_t, std::uint32_t, ActivityKind>;

/// The GPU work of a trace on the file's clock, sorted. Without names, which a damaged table may have lost,
/// and without the process of a kineto event, which only the calls tell.
std::vector<GpuRow> gpuRows(const Trace& trace)
{
    std::vector<GpuRow> rows;
    const std::int64_t origin = trace.capture().origin;
    const bool hasProcess = trace.capture().format == TraceFormat::NsysSqlite;
    for (const Device& device : trace.devices()) {
        const ActivityTable& table = device.activities;
        for (std::size_t row = 0; row < table.size(); ++row)
            rows.emplace_back(origin + nanosecondsOf(table.begin(row)),
                              origin + nanosecondsOf(table.end(row)),
                              hasProcess ? trace.processes()[table.process(row).value()].pid : 0,
                              table.stream(row), table.correlation(row), table.bytes(row), table.graph(row),
                              table.graphNode(row), table.kind(row));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Where the rows of a whole database lie that give GPU work.
struct DatabasePages {
    explicit DatabasePages(const std::string& path) : schema(path, "sqlite_schema")
    {
        for (const char* table : {"CUPTI_ACTIVITY_KIND_KERNEL", "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
                                  "CUPTI_ACTIVITY_KIND_MEMCPY", "CUPTI_ACTIVITY_KIND_MEMSET"})
            tables.emplace_back(path, table);
        const std::string header = test::readFile(path).substr(16, 2);
        const auto written =
            static_cast<unsigned char>(header[0]) * 256U + static_cast<unsigned char>(header[1]);
        pageBytes = written == 1 ? 65536 : written;
    }

    template <class IsWhole> bool hasSchema(const IsWhole& isWhole) const
    {
        return schema.reachableRows(isWhole) == schema.rows();
    }
    template <class IsWhole> std::uint64_t gpuRows(const IsWhole& isWhole) const
    {
        std::uint64_t rows = 0;
        for (const testsupport::TablePages& table : tables)
            rows += table.reachableRows(isWhole);
        return rows;
    }

    testsupport::TablePages schema;
    std::vector<testsupport::TablePages> tables;
    std::uint64_t pageBytes = 0;
};

Result<Trace> imported(const std::string& path, bool scansEvents = true)
{
    NoProgress progress;
    ImportOptions options;
    options.scansEvents = scansEvents;
    return importTrace(path, progress, options);
}

} // namespace

/// Real traces cut at random bytes. Cutting never crashes; a kineto text gives exactly the events that end
/// before the cut, as counted here without the importer, and the same with and without the scanner of events;
/// a database gives the GPU work on the whole pages that are left, or an error where there is none.
/// STEPSCOPE_CUT_TRACES names a folder with further traces; STEPSCOPE_CUTS is for fewer cuts of each.
class TestCuts : public QObject {
    Q_OBJECT

private slots:
    void cut_data();
    void cut();
    void cleanupTestCase();

private:
    void cutKineto(const std::string& bytes, const std::optional<Trace>& whole, bool isGzip);
    void cutDatabase(const QString& path, const std::string& bytes, const std::optional<Trace>& whole);
    void checkRefused(const Result<Trace>& trace);
    void checkReaders(const Result<Trace>& trace);

    test::ScratchFile m_file;
    int m_cuts = 0;
    int m_refused = 0;
    std::uint64_t m_events = 0;
    std::uint64_t m_gpuRows = 0;
};

void TestCuts::cut_data()
{
    QTest::addColumn<QString>("path");
    bool isEmpty = true;
    for (const QString& folder : {QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/real"),
                                  QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/h100"),
                                  qEnvironmentVariable("STEPSCOPE_CUT_TRACES", QStringLiteral("/nowhere"))}) {
        const QDir dir(folder);
        for (const QString& name : dir.entryList(
                 {QStringLiteral("*.json"), QStringLiteral("*.json.gz"), QStringLiteral("*.sqlite")},
                 QDir::Files)) {
            if (name == QLatin1String("ground_truth.json"))
                continue;
            QTest::newRow(qPrintable(name)) << dir.filePath(name);
            isEmpty = false;
        }
    }
    if (isEmpty)
        QSKIP("no traces in " STEPSCOPE_SHARED_DATA "/traces");
}

void TestCuts::cut()
{
    QFETCH(QString, path);
    const std::string bytes = test::readFile(path.toStdString());
    Result<Trace> trace = imported(path.toStdString());
    std::optional<Trace> whole;
    if (trace)
        whole = std::move(*trace);
    m_file.write(bytes);
    if (path.endsWith(QLatin1String(".sqlite")))
        cutDatabase(path, bytes, whole);
    else
        cutKineto(bytes, whole, path.endsWith(QLatin1String(".gz")));
}

void TestCuts::checkRefused(const Result<Trace>& trace)
{
    QVERIFY(!errorSentence(trace.error(), "TRACE").empty());
    ++m_refused;
}

/// The JSON library alone reads the cut text as the scanner does.
void TestCuts::checkReaders(const Result<Trace>& trace)
{
    const Result<Trace> slow = imported(m_file.path(), false);
    QCOMPARE(static_cast<bool>(trace), static_cast<bool>(slow));
    if (!slow) {
        QCOMPARE(trace.error().detail, slow.error().detail);
        return;
    }
    const std::string difference = test::firstDifference(*trace, *slow);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestCuts::cutKineto(const std::string& bytes, const std::optional<Trace>& whole, bool isGzip)
{
    std::vector<Cut> cuts = randomCuts(bytes.size());
    std::string unpacked;
    if (isGzip)
        unpacked = inflated(bytes, cuts);
    const std::string& text = isGzip ? unpacked : bytes;
    const std::vector<std::size_t> ends = test::eventEnds(text);
    // Behind a place that is no JSON nothing is read.
    const std::uint64_t readable = whole ? test::rowsCounted(*whole) : 0;
    QVERIFY(!whole || readable == ends.size() || whole->log().count(ImportCode::DamagedJson) > 0);
    const std::vector<GpuRow> wholeRows = whole ? gpuRows(*whole) : std::vector<GpuRow>();

    for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
        ++m_cuts;
        m_file.cutTo(cut->fileBytes);
        const auto ended = static_cast<std::uint64_t>(
            std::upper_bound(ends.begin(), ends.end(), cut->textBytes) - ends.begin());
        const std::uint64_t expected = std::min(ended, readable);
        const Result<Trace> trace = imported(m_file.path());
        checkReaders(trace);
        const std::uint64_t found = trace ? test::rowsCounted(*trace) : 0;
        QVERIFY2(found == expected, qPrintable(QStringLiteral("cut at byte %1: %2 events, not %3")
                                                   .arg(cut->fileBytes)
                                                   .arg(found)
                                                   .arg(expected)));
        if (!trace) {
            checkRefused(trace);
            continue;
        }
        test::checkTrace(*trace);
        const bool losesText = text.find_first_not_of(" \t\r\n", cut->textBytes) != std::string::npos;
        QVERIFY2(trace->log().isDamaged() || !(isGzip || losesText), "a cut is told");
        const std::vector<GpuRow> rows = gpuRows(*trace);
        QVERIFY2(std::includes(wholeRows.begin(), wholeRows.end(), rows.begin(), rows.end()),
                 "the GPU work of a cut trace is part of the whole one's");
        m_events += found;
        m_gpuRows += rows.size();
    }
}

void TestCuts::cutDatabase(const QString& path, const std::string& bytes, const std::optional<Trace>& whole)
{
    const std::vector<GpuRow> wholeRows = whole ? gpuRows(*whole) : std::vector<GpuRow>();
    std::unique_ptr<DatabasePages> pages; // what is cut already has none to count
    if (whole && !whole->log().isDamaged())
        pages = std::make_unique<DatabasePages>(path.toStdString());
    const bool isExact = pages && pages->gpuRows([](std::uint32_t) { return true; }) == wholeRows.size();
    const std::vector<Cut> cuts = randomCuts(bytes.size());
    for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
        ++m_cuts;
        m_file.cutTo(cut->fileBytes);
        const auto isWhole = [&](std::uint32_t page) { return page * pages->pageBytes <= cut->fileBytes; };
        const std::uint64_t expected = pages && pages->hasSchema(isWhole) ? pages->gpuRows(isWhole) : 0;
        const Result<Trace> trace = imported(m_file.path());
        if (!trace) {
            QVERIFY2(!isExact || expected == 0, "rows on whole pages are read");
            checkRefused(trace);
            continue;
        }
        test::checkTrace(*trace);
        QVERIFY2(trace->log().isDamaged(), "a cut is told");
        const std::vector<GpuRow> rows = gpuRows(*trace);
        if (isExact)
            QVERIFY2(rows.size() == expected, qPrintable(QStringLiteral("cut at byte %1: %2 rows, not %3")
                                                             .arg(cut->fileBytes)
                                                             .arg(rows.size())
                                                             .arg(expected)));
        // Of a trace that is refused as a whole nothing is known to compare with.
        QVERIFY2(!whole || std::includes(wholeRows.begin(), wholeRows.end(), rows.begin(), rows.end()),
                 "the GPU work of a cut trace is part of the whole one's");
        m_gpuRows += rows.size();
    }
}

void TestCuts::cleanupTestCase()
{
    qInfo("%d cuts, %d of them refused; the others gave %llu events and %llu rows of GPU work", m_cuts,
          m_refused, static_cast<unsigned long long>(m_events), static_cast<unsigned long long>(m_gpuRows));
}

QTEST_GUILESS_MAIN(TestCuts)
#include "tst_cuts.moc"
