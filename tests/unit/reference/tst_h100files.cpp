#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"
#include "core/report/tracefigures.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace stepscope;

namespace {

QString h100Folder()
{
    return QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/h100");
}

bool isComm(std::string_view)
{
    return false;
}

} // namespace

/// The captures made for this project: row counts as measured by their maker, damage seen and said.
class TestH100Files : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void rows_data();
    void rows();
    void truncatedFilesKeepTheirWholeEvents_data();
    void truncatedFilesKeepTheirWholeEvents();
    void truncatedDatabaseGivesItsWholePages();
    void nodeLevelReplaysHaveGraphs();

private:
    static Result<Trace> open(const QString& name)
    {
        NoProgress progress;
        return importTrace((h100Folder() + QLatin1Char('/') + name).toStdString(), progress);
    }
    QJsonObject m_files;
};

void TestH100Files::initTestCase()
{
    QFile file(h100Folder() + QStringLiteral("/ground_truth.json"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("the shared traces are not beside this checkout: " STEPSCOPE_SHARED_DATA "/traces/h100");
    m_files = QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("files")].toObject();
    QVERIFY(m_files.size() > 40);
}

void TestH100Files::rows_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name :
         QDir(h100Folder()).entryList({QStringLiteral("*.gz"), QStringLiteral("*.sqlite")})) {
        if (!name.contains(QStringLiteral("truncated")))
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestH100Files::rows()
{
    QFETCH(QString, name);
    const Result<Trace> trace = open(name);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QVERIFY(!trace->log().isDamaged());
    QCOMPARE(trace->log().rowsLost(), std::uint64_t{0});
    const TraceFigures figures = traceFigures(*trace, isComm);
    if (name == QStringLiteral("a6b_lull_no_gpu.json.gz")) {
        QVERIFY(figures.devices.empty());
        QCOMPARE(whyNothingToShow(*trace)->code, ErrorCode::NoGpuWork);
        return;
    }
    QVERIFY(!whyNothingToShow(*trace));
    QCOMPARE(figures.devices.size(), std::size_t{1});
    const DeviceFigures& device = figures.devices.begin()->second;
    QVERIFY(trace->devices().front().hardware == "NVIDIA H100 80GB HBM3");
    if (name.contains(QStringLiteral("level")))
        QCOMPARE(trace->capture().isGraphMode, name.contains(QStringLiteral("graphlevel")));
    QCOMPARE(trace->capture().withStack, name.startsWith(QStringLiteral("a8")));

    const QJsonObject measured = m_files[name].toObject()[QLatin1String("measured_from_file")].toObject();
    const QJsonObject counted = measured[QLatin1String("rows")].toObject();
    if (counted.isEmpty())
        return; // not counted by its maker
    const auto count = [&counted](const char* key) {
        return static_cast<std::uint64_t>(counted[QLatin1String(key)].toInteger());
    };
    QCOMPARE(device.kernels, count("kernel"));
    QCOMPARE(device.graphTraces, count("graph"));
    QCOMPARE(device.memcpy, count("memcpy"));
    QCOMPARE(device.memset, count("memset"));
    if (counted.contains(QLatin1String("graph_kernel")))
        QCOMPARE(device.graphKernels, count("graph_kernel"));
    std::uint64_t deviceToHost = 0;
    const ActivityTable& table = trace->devices().front().activities;
    for (std::size_t row = 0; row < table.size(); ++row)
        deviceToHost += table.copy(row) == CopyKind::DeviceToHost ? 1 : 0;
    QCOMPARE(deviceToHost, count("dtoh"));
}

void TestH100Files::truncatedFilesKeepTheirWholeEvents_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGzipCut");
    QTest::newRow("a7, gzip") << QStringLiteral("a7_truncated_gzip.json.gz") << true;
    QTest::newRow("a7b, JSON") << QStringLiteral("a7b_truncated_json.json.gz") << false;
}

void TestH100Files::truncatedFilesKeepTheirWholeEvents()
{
    QFETCH(QString, name);
    QFETCH(bool, isGzipCut);
    const Result<Trace> whole = open(QStringLiteral("a2_graph_hostbound.json.gz"));
    const Result<Trace> cut = open(name);
    QVERIFY(whole && cut);
    QVERIFY(cut->log().isDamaged());
    QCOMPARE(cut->log().count(ImportCode::TruncatedJson), std::uint64_t{1});
    QCOMPARE(cut->log().count(ImportCode::TruncatedGzip), std::uint64_t{isGzipCut ? 1U : 0U});
    // Every event kept is one of the whole file's; 419 kernels a replay, and a cut costs one event.
    const ActivityTable& all = whole->devices().front().activities;
    const ActivityTable& kept = cut->devices().front().activities;
    QVERIFY(kept.size() > 10'000 && kept.size() < all.size());
    std::size_t other = 0;
    for (std::size_t row = 0; row < kept.size(); ++row) {
        while (other < all.size() &&
               (all.begin(other) != kept.begin(row) || all.end(other) != kept.end(row) ||
                whole->name(all.name(other)) != cut->name(kept.name(row))))
            ++other;
        QVERIFY(other < all.size());
    }
    const TraceFigures figures = traceFigures(*cut, isComm);
    const std::uint64_t launches = figures.graphLaunches;
    QVERIFY(launches > 0 && launches < traceFigures(*whole, isComm).graphLaunches);
    const std::uint64_t perReplay = figures.devices.at(0).graphKernels / launches;
    QVERIFY2(perReplay > 350 && perReplay < 450, qPrintable(QString::number(perReplay)));
}

void TestH100Files::truncatedDatabaseGivesItsWholePages()
{
    if (m_files.isEmpty())
        QSKIP("the shared traces are not beside this checkout: " STEPSCOPE_SHARED_DATA "/traces/h100");
    const Result<Trace> trace = open(QStringLiteral("c7_truncated.sqlite"));
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::TruncatedDatabase), std::uint64_t{1});
    const DamagedPlace& place = trace->capture().damage.front();
    QCOMPARE(place.offset, std::optional<std::uint64_t>(52 * 4096));
    QCOMPARE(place.lostBytes, std::optional<std::uint64_t>(87 * 4096 - 213811));
    QVERIFY(place.reachesEnd);

    const Result<Trace> whole = open(QStringLiteral("c2_graph_hostbound_graphlevel.sqlite"));
    QVERIFY(whole);
    const ActivityTable& kept = trace->devices().at(0).activities;
    const ActivityTable& all = whole->devices().at(0).activities;
    QVERIFY(kept.size() > 0 && kept.size() < all.size());
    std::size_t other = 0;
    for (std::size_t row = 0; row < kept.size(); ++row) {
        while (other < all.size() && (trace->capture().origin + nanosecondsOf(kept.begin(row)) !=
                                          whole->capture().origin + nanosecondsOf(all.begin(other)) ||
                                      trace->name(kept.name(row)) != whole->name(all.name(other))))
            ++other;
        QVERIFY(other < all.size());
    }
}

void TestH100Files::nodeLevelReplaysHaveGraphs()
{
    const Result<Trace> trace = open(QStringLiteral("b4_piecewise_hostbound_nodelevel.sqlite"));
    QVERIFY(trace);
    std::set<std::uint32_t> graphs;
    const ActivityTable& table = trace->devices().front().activities;
    for (std::size_t row = 0; row < table.size(); ++row) {
        QCOMPARE(table.graph(row) == 0, table.graphNode(row) == 0);
        if (table.graph(row) != 0)
            graphs.insert(table.graph(row));
    }
    QCOMPARE(graphs.size(), std::size_t{17});
}

QTEST_GUILESS_MAIN(TestH100Files)
#include "tst_h100files.moc"
