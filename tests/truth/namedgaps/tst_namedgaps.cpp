#include "core/analysis/traceindex.h"
#include "core/import/traceimporter.h"
#include "core/report/verdicttext.h"

#include <QFile>
#include <QTest>

using namespace stepscope;

namespace {

/// One gap of a real trace on its file's own clock, and what definitions.md §3 makes of it, read from the
/// rows by hand before the program was asked.
struct NamedGap {
    const char* file;
    const char* what;
    std::int64_t begin;
    std::int64_t end;
    std::vector<std::pair<TimeClass, std::int64_t>> owners;
};

const std::vector<NamedGap>& namedGaps()
{
    static const std::vector<NamedGap> gaps = {
        {"h100/a2_graph_hostbound.json.gz",
         "step 10, before the graph: its launch takes 5.5 ms",
         4632475848691630,
         4632475854264659,
         {{TimeClass::OtherHost, 32365}, {TimeClass::Untraced, 87040}, {TimeClass::GraphLaunch, 5453624}}},
        {"h100/a2_graph_hostbound.json.gz",
         "step 10, between steps: Python that no operator covers",
         4632475857038294,
         4632475861577934,
         {{TimeClass::Synchronize, 59021},
          {TimeClass::OtherHost, 320241},
          {TimeClass::Untraced, 4103151},
          {TimeClass::Launch, 57227}}},
        {"h100/c2_graph_hostbound_nodelevel.sqlite",
         "step 10, between steps: the copy into pageable memory returns late",
         70848311,
         75456527,
         {{TimeClass::Synchronize, 1354513}, {TimeClass::Untraced, 3231812}, {TimeClass::Launch, 21891}}},
        {"h100/c2_graph_hostbound_nodelevel.sqlite",
         "step 10, before the graph",
         68048244,
         68786494,
         {{TimeClass::Untraced, 18050}, {TimeClass::GraphLaunch, 720200}}},
        {"h100/a4_specdecode_k3.json.gz",
         "draft to verify: the verify graph's launch",
         4632494338942465,
         4632494339558376,
         {{TimeClass::Untraced, 20442}, {TimeClass::OtherHost, 421}, {TimeClass::GraphLaunch, 595048}}},
        {"h100/a4_specdecode_k3.json.gz",
         "step 10, between steps",
         4632494343019890,
         4632494345736692,
         {{TimeClass::Synchronize, 9559},
          {TimeClass::OtherHost, 51108},
          {TimeClass::Untraced, 2647239},
          {TimeClass::Launch, 8896}}},
        {"real/kineto_sglang_b300_qwen3_decode.json.gz",
         "before the replay of the decode graph",
         7721328754897653,
         7721328755908733,
         {{TimeClass::Prepare, 8995}, {TimeClass::OtherHost, 21919}, {TimeClass::GraphLaunch, 980166}}},
        {"real/kineto_sglang_b300_qwen3_decode.json.gz",
         "the scheduler's part of a batch",
         7721328753777261,
         7721328754009103,
         {{TimeClass::Scheduler, 216649}, {TimeClass::Launch, 15193}}},
        {"real/kineto_vllm_mi300_piecewise_graphs.json.gz",
         "launched 158 ms before: the GPU's own gap",
         6520488598109777,
         6520488598123458,
         {{TimeClass::Device, 13681}}},
    };
    return gaps;
}

} // namespace

class TestNamedGaps : public QObject {
    Q_OBJECT

private slots:
    void owners_data()
    {
        QTest::addColumn<int>("gap");
        for (std::size_t i = 0; i < namedGaps().size(); ++i)
            QTest::addRow("%s: %s", namedGaps()[i].file, namedGaps()[i].what) << static_cast<int>(i);
    }

    void owners()
    {
        QFETCH(int, gap);
        const NamedGap& expected = namedGaps()[static_cast<std::size_t>(gap)];
        const std::string path = std::string(STEPSCOPE_SHARED_DATA "/traces/") + expected.file;
        if (!QFile::exists(QString::fromStdString(path)))
            QSKIP("the shared traces are not beside this checkout");
        NoProgress progress;
        Result<Trace> trace = importTrace(path, progress);
        QVERIFY(trace);
        const auto index = TraceIndex::build(std::make_shared<const Trace>(std::move(*trace)),
                                             KernelClassifier::standard(), progress);
        const std::int64_t origin = (*index)->trace().capture().origin;
        const TimeRange range{timePointAt(expected.begin - origin), timePointAt(expected.end - origin)};
        const DeviceOccupancy& occupancy = (*index)->devices().front().occupancy;
        const auto [first, last] = occupancy.gaps().insideOf(range);
        QCOMPARE(last - first, std::size_t{1});
        QVERIFY(occupancy.gaps()[first] == range);
        const ClassTimes times = occupancy.timesIn(range);
        ClassTimes wanted;
        for (const auto& [owner, length] : expected.owners)
            wanted[owner] = Duration(length);
        for (const TimeClass timeClass : allTimeClasses)
            QVERIFY2(times[timeClass] == wanted[timeClass],
                     qPrintable(QStringLiteral("%1: %2 ns, expected %3")
                                    .arg(QLatin1String(timeClassWord(timeClass).data()))
                                    .arg(times[timeClass].count())
                                    .arg(wanted[timeClass].count())));
    }
};

QTEST_APPLESS_MAIN(TestNamedGaps)
#include "tst_namedgaps.moc"
