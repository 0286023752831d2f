#include "core/analysis/traceindex.h"
#include "core/import/tracefolder.h"
#include "core/import/traceimporter.h"
#include "core/report/budgetreport.h"
#include "core/report/tracefigures.h"
#include "tests/support/closedform.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/nsyswriter.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace stepscope;
namespace support = testsupport;

namespace {

support::GeneratedTrace eightRanks()
{
    return support::generateLoop(support::eightRanksCase().loop);
}

Result<Trace> openAll(const std::vector<std::string>& paths)
{
    NoProgress progress;
    return importTraces(paths, progress);
}

std::shared_ptr<const TraceIndex> indexOf(Trace trace)
{
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)), KernelClassifier::standard(),
                              progress);
}

} // namespace

/// Several files as one trace: what belongs together is, what does not is refused.
class TestTraceSet : public QObject {
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_folder.emplace().isValid()); }
    void eightRanksAreEightLanes();
    void clocksAreBroughtTogether();
    void processesStayApart();
    void opensTheFolder();
    void fileWithoutGpuWorkIsLeftOut();
    void refuses_data();
    void refuses();
    void namesTheFileAtFault();
    void realRanksKeepTheirNumbers_data();
    void realRanksKeepTheirNumbers();

private:
    std::string at(const char* name) const { return m_folder->filePath(QLatin1String(name)).toStdString(); }

    std::optional<QTemporaryDir> m_folder;
};

void TestTraceSet::eightRanksAreEightLanes()
{
    const support::ClosedFormCase closedForm = support::eightRanksCase();
    auto trace = openAll(support::writeClosedForm(closedForm, at("loop.json.gz")));
    QVERIFY(trace);
    QCOMPARE(trace->devices().size(), std::size_t{8});
    QCOMPARE(trace->capture().files.size(), std::size_t{8});
    const TraceFigures figures = traceFigures(*trace, [](std::string_view) { return false; });
    QCOMPARE(figures.devices.size(), std::size_t{8}); // never united, though each rank calls its device 0
    for (std::size_t i = 0; i < 8; ++i)
        QCOMPARE(figures.devices.at(static_cast<std::int64_t>(i)).busyUnion.count(),
                 closedForm.answer.devices[i].busy);
    const auto index = indexOf(std::move(*trace));
    const support::Nanos first = closedForm.answer.devices.front().firstBegin;
    const TimePoint begin = index->device(DeviceId(0)).occupancy.busy().extent().begin;
    for (std::size_t i = 0; i < 8; ++i) {
        const support::DeviceAnswer& answer = closedForm.answer.devices[i];
        const DeviceIndex& device = index->device(DeviceId(i));
        QCOMPARE(index->trace().rankOf(DeviceId(i)), std::optional(static_cast<int>(i)));
        QCOMPARE(deviceLabel(index->trace(), DeviceId(i)),
                 "rank " + std::to_string(i) + ", GPU " + std::to_string(index->trace().devices()[i].key));
        QCOMPARE(device.occupancy.busy().total().count(), answer.busy);
        QCOMPARE((device.occupancy.busy().extent().begin - begin).count(), answer.firstBegin - first);
        QCOMPARE(device.steps.boundaries.size(), static_cast<std::size_t>(closedForm.answer.boundaries));
    }
}

/// Each file counts from another moment; its base says from which.
void TestTraceSet::clocksAreBroughtTogether()
{
    const support::GeneratedTrace loop = eightRanks();
    std::vector<std::string> alike;
    std::vector<std::string> apart;
    for (int rank = 0; rank < 8; ++rank) {
        support::KinetoOptions options;
        options.rank = rank;
        options.gzip = false;
        alike.push_back(at(("alike_rank" + std::to_string(rank) + ".json").c_str()));
        support::writeKineto(loop, alike.back(), options);
        options.timeZero += 1'234'567'000LL * (rank + 1);
        options.baseAfterEvents = rank % 2 == 1;
        apart.push_back(at(("apart_rank" + std::to_string(rank) + ".json").c_str()));
        support::writeKineto(loop, apart.back(), options);
    }
    const auto wanted = openAll(alike);
    const auto shifted = openAll(apart);
    QVERIFY(wanted && shifted);
    for (std::size_t i = 0; i < 8; ++i) {
        const ActivityTable& a = wanted->devices()[i].activities;
        const ActivityTable& b = shifted->devices()[i].activities;
        QVERIFY(a.size() > 0);
        QVERIFY(std::equal(a.begins().begin(), a.begins().end(), b.begins().begin(), b.begins().end()));
    }
    QVERIFY(shifted->capture().files[1].shift != Duration::zero());
    QVERIFY(shifted->calls().begin(shifted->calls().size() - 1) ==
            wanted->calls().begin(wanted->calls().size() - 1));
}

/// Equal process, thread and correlation ids in each file, as containers give them, tie nothing together.
void TestTraceSet::processesStayApart()
{
    support::LoopDescription loop = support::eightRanksCase().loop;
    for (support::RankLoop& rank : loop.ranks) {
        rank.process.pid = 77;
        rank.process.rank = 0; // the names say which
        rank.firstCorrelation = 5;
    }
    std::vector<std::string> paths;
    for (std::size_t rank = 0; rank < loop.ranks.size(); ++rank) {
        support::LoopDescription one = loop;
        one.ranks = {loop.ranks[rank]};
        support::KinetoOptions options;
        options.gzip = false;
        paths.push_back(at(("rank" + std::to_string(rank) + ".json").c_str()));
        support::writeKineto(support::generateLoop(one), paths.back(), options);
    }
    const auto trace = openAll(paths);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->devices().size(), std::size_t{8});
    for (const Device& device : trace->devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            const CallId launch = device.activities.launch(row);
            QVERIFY(launch.isValid());
            QCOMPARE(trace->thread(trace->calls().thread(launch.value())).process, device.process);
        }
    }
}

void TestTraceSet::opensTheFolder()
{
    const std::vector<std::string> paths =
        support::writeClosedForm(support::eightRanksCase(), at("loop.json.gz"));
    const std::string folder = m_folder->path().toStdString();
    QCOMPARE(rankSetIn(folder), paths);
    const auto trace = openAll({folder});
    QVERIFY(trace);
    QCOMPARE(trace->capture().path, folder);
    const auto chosen = openAll({paths.rbegin(), paths.rend()});
    QVERIFY(chosen);
    QCOMPARE(chosen->capture().sha256.text(), trace->capture().sha256.text()); // whatever the order
    QCOMPARE(chosen->rankOf(DeviceId(0)), std::optional(0));
    QFile::copy(QString::fromStdString(paths[0]), m_folder->filePath(QStringLiteral("other.json.gz")));
    QVERIFY(isRankSet({"a_rank1.json", "a_rank0.json"}));
    QVERIFY(!isRankSet({"a_rank1.json"}) && !isRankSet({"a_rank1.json", "b_rank0.json"}));
    QVERIFY(rankSetIn(folder).empty()); // not one set: the folder is no trace
    QCOMPARE(openAll({folder}).error().code, ErrorCode::IsDirectory);
}

void TestTraceSet::fileWithoutGpuWorkIsLeftOut()
{
    const support::GeneratedTrace loop = eightRanks();
    std::vector<std::string> paths = support::writeKinetoRanks(loop, at("loop.json"));
    support::GeneratedTrace host = loop;
    host.gpuOps.clear();
    support::KinetoOptions options;
    options.rank = 0;
    options.gzip = false;
    paths.insert(paths.begin(), at("host_1.async_llm.1.pt.trace.json"));
    support::writeKineto(host, paths.front(), options);
    const auto trace = openAll(paths);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->devices().size(), std::size_t{8});
    QCOMPARE(trace->log().count(ImportCode::SkippedFile), std::uint64_t{1});
    QCOMPARE(trace->rankOf(DeviceId(7)), std::optional(7));
}

void TestTraceSet::refuses_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* what, const char* reason) {
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(reason);
    };
    row("copy", "rank1.json is a copy of rank0.json");
    row("rank twice", "rank1.json and rank0.json are both of rank 0");
    row("another run", "rank1.json was recorded at another time than rank0.json");
    row("another world", "rank1.json is of a run of 2 ranks, rank0.json of one of 8");
    row("no clock",
        "the clocks of rank1.json and rank0.json cannot be brought together, because rank1.json does "
        "not say when it was recorded");
    row("two formats",
        "rank0.json is a trace of the PyTorch profiler, rank1.sqlite is an export of Nsight Systems");
}

void TestTraceSet::refuses()
{
    QFETCH(QString, what);
    QFETCH(QString, reason);
    const support::GeneratedTrace loop = eightRanks();
    support::KinetoOptions options;
    options.gzip = false;
    options.rank = 0;
    std::vector<std::string> paths = {at("rank0.json"), at("rank1.json")};
    support::writeKineto(loop, paths[0], options);
    if (what == QLatin1String("copy")) {
        QVERIFY(QFile::copy(QString::fromStdString(paths[0]), QString::fromStdString(paths[1])));
    } else if (what == QLatin1String("two formats")) {
        paths[1] = at("rank1.sqlite");
        support::writeNsys(loop, paths[1]);
    } else if (what == QLatin1String("another world")) {
        support::LoopDescription one = support::eightRanksCase().loop;
        one.ranks = {one.ranks[1]};
        options.rank.reset();
        options.distributedInfo = true;
        support::writeKineto(support::generateLoop(one), paths[1], options);
    } else {
        options.rank = what == QLatin1String("rank twice") ? 0 : 1;
        options.flows = true; // other bytes
        support::GeneratedTrace other = loop;
        if (what == QLatin1String("another run"))
            other.header.utcEpoch += 3600LL * 1'000'000'000;
        support::writeKineto(other, paths[1], options);
        if (what == QLatin1String("no clock")) {
            QFile file(QString::fromStdString(paths[1]));
            QVERIFY(file.open(QIODevice::ReadWrite));
            const QByteArray text = file.readAll().replace("baseTimeNanoseconds", "otherTimeNanosecond");
            file.resize(0);
            file.write(text);
        }
    }
    const auto trace = openAll(paths);
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::NotOneTrace);
    QCOMPARE(QString::fromStdString(trace.error().detail), reason);
}

/// Not the set, but the one file that cannot be read.
void TestTraceSet::namesTheFileAtFault()
{
    std::vector<std::string> paths = support::writeKinetoRanks(eightRanks(), at("loop.json"));
    QFile file(QString::fromStdString(paths[4]));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"nothing\": 1}");
    file.close();
    const auto trace = openAll(paths);
    QVERIFY(!trace);
    QCOMPARE(trace.error().path, paths[4]);
}

void TestTraceSet::realRanksKeepTheirNumbers_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::newRow("a9 eager") << QStringList{"h100/a9_comm_eager_rank0.json.gz",
                                             "h100/a9_comm_eager_rank1.json.gz"};
    QTest::newRow("a9 graph") << QStringList{"h100/a9_comm_graph_rank0.json.gz",
                                             "h100/a9_comm_graph_rank1.json.gz"};
    QTest::newRow("dlrm") << QStringList{"real/kineto_dlrm_rank0_sampled.json.gz",
                                         "real/kineto_dlrm_rank1_sampled.json.gz"};
}

/// Each lane as in its own file, to the ns.
void TestTraceSet::realRanksKeepTheirNumbers()
{
    QFETCH(QStringList, files);
    const QDir traces(QStringLiteral(STEPSCOPE_SHARED_DATA "/traces"));
    if (!traces.exists())
        QSKIP("the real traces (../shared/traces) are not on this machine");
    std::vector<std::string> paths;
    for (const QString& file : files)
        paths.push_back(traces.filePath(file).toStdString());
    auto set = openAll(paths);
    QVERIFY2(set, set ? "" : set.error().detail.c_str());
    const auto together = indexOf(std::move(*set));
    QCOMPARE(together->devices().size(), paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto alone = openAll({paths[i]});
        QVERIFY(alone);
        const auto single = indexOf(std::move(*alone));
        const DeviceIndex& a = single->device(DeviceId(0));
        const DeviceIndex& b = together->device(DeviceId(i));
        QCOMPARE(b.occupancy.busy().total().count(), a.occupancy.busy().total().count());
        QCOMPARE(b.occupancy.comm().total().count(), a.occupancy.comm().total().count());
        QCOMPARE(b.clockFaults, a.clockFaults);
        QCOMPARE(b.steps.source, a.steps.source);
        QCOMPARE(b.steps.steps.size(), a.steps.steps.size());
        for (std::size_t step = 0; step < a.steps.steps.size(); ++step) {
            QCOMPARE(b.steps.steps[step].kind, a.steps.steps[step].kind);
            QVERIFY(b.steps.steps[step].times == a.steps.steps[step].times);
        }
    }
}

QTEST_APPLESS_MAIN(TestTraceSet)
#include "tst_traceset.moc"
