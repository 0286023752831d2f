#include "tests/support/stepbuilder.h"

#include "core/gates/assessment.h"
#include "core/gates/cadencedrift.h"
#include "core/import/traceimporter.h"
#include "core/report/gatetext.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

/// The worked step (1.71 ms busy, 11.4 ms host) so many times.
support::LoopDescription workedLoop(int steps)
{
    support::Segment segment;
    segment.step = support::workedStep();
    segment.count = steps;
    support::LoopDescription loop;
    loop.ranks = {support::rankLoop(0, {segment})};
    return loop;
}

struct Scenario {
    const char* name;
    support::LoopDescription (*loop)();
    GateId gate;
    GateState state; ///< of that gate, for the window from first to last operation
};

support::LoopDescription cleanLoop()
{
    return workedLoop(60);
}

support::LoopDescription fewSteps()
{
    return workedLoop(7);
}

support::LoopDescription someSteps()
{
    return workedLoop(15);
}

support::LoopDescription lullBetween()
{
    support::LoopDescription loop = workedLoop(30);
    support::Segment second = loop.ranks.front().segments.front();
    second.lullBefore = 400'000'000;
    loop.ranks.front().segments.push_back(second);
    return loop;
}

support::LoopDescription graphsNotRecorded()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.graphWorkMissing = true;
    return loop;
}

support::LoopDescription recordsEndEarly()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.gpuRowsEndAt = loop.ranks.front().firstOp + 40 * 13'110'000;
    return loop;
}

support::LoopDescription launchesLost()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.launchesWithoutWorkPpm = 60'000;
    return loop;
}

support::LoopDescription badRows()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.negativeDuration = 20;
    return loop;
}

const Scenario scenarios[] = {
    {"clean, but without the driver's record", cleanLoop, GateId::CleanDriver, GateState::Unknown},
    {"clean quality", cleanLoop, GateId::CaptureQuality, GateState::Pass},
    {"clean graphs", cleanLoop, GateId::GraphsCounted, GateState::Pass},
    {"clean length", cleanLoop, GateId::ModestWindow, GateState::Pass},
    {"seven steps", fewSteps, GateId::CaptureQuality, GateState::Fail},
    {"fifteen steps", someSteps, GateId::CaptureQuality, GateState::Warn},
    {"fifteen steps make a short window", someSteps, GateId::ModestWindow, GateState::Warn},
    {"a lull of 0.4 s", lullBetween, GateId::CleanDriver, GateState::Fail},
    {"graphs not recorded", graphsNotRecorded, GateId::GraphsCounted, GateState::Fail},
    {"GPU records end early", recordsEndEarly, GateId::CaptureQuality, GateState::Fail},
    {"launches without records", launchesLost, GateId::GraphsCounted, GateState::Warn},
    {"rows dropped", badRows, GateId::CaptureQuality, GateState::Fail},
};

support::LoopDescription profilerBusy()
{
    support::LoopDescription loop = workedLoop(60);
    loop.ranks.front().segments.front().step.schedule.push_back(
        {"Command Buffer Full", 1'300'000, support::HostKind::Overhead}); // a tenth of each step
    return loop;
}

support::LoopDescription withoutHostRows()
{
    support::LoopDescription loop = workedLoop(60);
    loop.hostRows = {false, false, false};
    return loop;
}

support::LoopDescription annotated()
{
    support::LoopDescription loop = workedLoop(60);
    loop.ranks.front().segments.front().step.annotation.style = support::AnnotationStyle::VllmContext;
    return loop;
}

support::LoopDescription batchChanges()
{
    support::LoopDescription loop = annotated();
    support::Segment second = loop.ranks.front().segments.front();
    second.step.annotation.genRequests = 4;
    second.step.annotation.genTokens = 4;
    loop.ranks.front().segments.push_back(second);
    return loop;
}

/// One kernel of 30 ms in the middle of 60 steps of 1.7 ms: more than a quarter of the busy time.
support::LoopDescription oneLongKernel()
{
    support::LoopDescription loop = workedLoop(30);
    support::Segment odd = loop.ranks.front().segments.front();
    odd.count = 1;
    odd.step.launches.front().ops.front().duration = 60'000'000;
    loop.ranks.front().segments.push_back(odd);
    loop.ranks.front().segments.push_back(workedLoop(30).ranks.front().segments.front());
    return loop;
}

support::LoopDescription twoRanks()
{
    return support::replicated(workedLoop(60).ranks.front(), 2, 1'600'000);
}

support::LoopDescription talksToOthers()
{
    support::LoopDescription loop = workedLoop(60);
    support::LaunchSpec reduce =
        support::eagerKernel("ncclDevKernel_AllReduce_Sum_bf16_RING_LL(args)", 50'000);
    reduce.ops.front().isComm = true;
    loop.ranks.front().segments.front().step.launches.push_back(reduce);
    return loop;
}

enum class Format { Both, Nsys, Kineto };

struct RowScenario {
    const char* name;
    support::LoopDescription (*loop)();
    Format format;
    EvidenceCode code;
    GateState state;
    bool hasPlace;
};

const RowScenario rowScenarios[] = {
    {"no error named", cleanLoop, Format::Kineto, EvidenceCode::CuptiVersions, GateState::Pass, false},
    {"no versions named", cleanLoop, Format::Nsys, EvidenceCode::CuptiVersions, GateState::NotApplicable,
     false},
    {"no driver's record", cleanLoop, Format::Both, EvidenceCode::DriverRecord, GateState::Unknown, false},
    {"batch not named", cleanLoop, Format::Both, EvidenceCode::BatchVaries, GateState::Unknown, false},
    {"constant batch", annotated, Format::Both, EvidenceCode::BatchVaries, GateState::Pass, false},
    {"another batch", batchChanges, Format::Both, EvidenceCode::BatchVaries, GateState::Fail, true},
    {"a lull", lullBetween, Format::Both, EvidenceCode::Lulls, GateState::Fail, true},
    {"wall per step, clean", cleanLoop, Format::Both, EvidenceCode::WallPerStep, GateState::Pass, false},
    {"wall per step, a lull", lullBetween, Format::Both, EvidenceCode::WallPerStep, GateState::Fail, true},
    {"all recorded", cleanLoop, Format::Both, EvidenceCode::UnderRecording, GateState::Pass, false},
    {"some not recorded", launchesLost, Format::Both, EvidenceCode::UnderRecording, GateState::Warn, true},
    {"no calls", withoutHostRows, Format::Both, EvidenceCode::UnderRecording, GateState::Unknown, false},
    {"no calls, no end", withoutHostRows, Format::Both, EvidenceCode::EarlyEnd, GateState::Unknown, false},
    {"records stop", recordsEndEarly, Format::Both, EvidenceCode::EarlyEnd, GateState::Fail, true},
    {"alike", cleanLoop, Format::Both, EvidenceCode::StepUniformity, GateState::Pass, false},
    {"one long kernel", oneLongKernel, Format::Both, EvidenceCode::StepUniformity, GateState::Fail, true},
    {"kernels alone", cleanLoop, Format::Both, EvidenceCode::KernelsAlone, GateState::Pass, false},
    {"no profiler rows", cleanLoop, Format::Both, EvidenceCode::ProfilerRows, GateState::Pass, false},
    {"profiler rows", profilerBusy, Format::Both, EvidenceCode::ProfilerRows, GateState::Warn, true},
    {"no host rows", withoutHostRows, Format::Both, EvidenceCode::ProfilerRows, GateState::Unknown, false},
    {"steady level", cleanLoop, Format::Both, EvidenceCode::CadenceDrift, GateState::Pass, false},
    {"alone", cleanLoop, Format::Nsys, EvidenceCode::RanksPresent, GateState::Pass, false},
    {"both ranks", twoRanks, Format::Nsys, EvidenceCode::RanksPresent, GateState::Pass, false},
    {"one rank of two", twoRanks, Format::Kineto, EvidenceCode::RanksPresent, GateState::Warn, false},
    {"how many ranks?", talksToOthers, Format::Nsys, EvidenceCode::RanksPresent, GateState::Unknown, false},
    {"bad rows", badRows, Format::Both, EvidenceCode::DataIssues, GateState::Fail, false},
    {"no store", cleanLoop, Format::Both, EvidenceCode::PriorArt, GateState::Unknown, false},
    {"from disk", cleanLoop, Format::Both, EvidenceCode::Credentials, GateState::NotApplicable, false},
    {"context", cleanLoop, Format::Both, EvidenceCode::ContextFields, GateState::Warn, false},
};

} // namespace

/// One fault each, generated, through a file of both formats: the gate that definitions.md §11 names says so.
class TestGates : public QObject {
    Q_OBJECT

private slots:
    void faultsAreNamed_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<bool>("nsys");
        for (int i = 0; i < static_cast<int>(std::size(scenarios)); ++i) {
            QTest::addRow("%s, nsys", scenarios[i].name) << i << true;
            QTest::addRow("%s, kineto", scenarios[i].name) << i << false;
        }
    }
    void faultsAreNamed()
    {
        QFETCH(int, scenario);
        QFETCH(bool, nsys);
        const Scenario& wanted = scenarios[scenario];
        const std::shared_ptr<const TraceIndex> index = open(wanted.loop(), nsys);
        const Assessment assessment =
            assessWindow(*index, index->device(DeviceId(0)).occupancy.busy().extent(), DeviceId(0), {});
        const GateResult& gate = gateOf(assessment, wanted.gate);
        const Evidence* evidence = decidingEvidence(gate);
        QVERIFY2(gate.state == wanted.state,
                 qPrintable(QStringLiteral("%1: %2").arg(
                     QString::fromUtf8(gateStateWord(gate.state)),
                     evidence ? QString::fromStdString(evidenceSentence(*evidence).english()) : QString())));
        QVERIFY(evidence);
        QVERIFY(!evidenceSentence(*evidence).english().empty());
        QCOMPARE(assessment.referenceVerdict().verdict == VerdictClass::Withheld,
                 std::any_of(assessment.referenceGates().begin(), assessment.referenceGates().end(),
                             [](const GateResult& result) { return result.state == GateState::Fail; }));
    }

    void rowsSayWhatTheyKnow_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<bool>("nsys");
        for (int i = 0; i < static_cast<int>(std::size(rowScenarios)); ++i) {
            if (rowScenarios[i].format != Format::Kineto)
                QTest::addRow("%s, nsys", rowScenarios[i].name) << i << true;
            if (rowScenarios[i].format != Format::Nsys)
                QTest::addRow("%s, kineto", rowScenarios[i].name) << i << false;
        }
    }
    void rowsSayWhatTheyKnow()
    {
        QFETCH(int, scenario);
        QFETCH(bool, nsys);
        const RowScenario& wanted = rowScenarios[scenario];
        const std::shared_ptr<const TraceIndex> index = open(wanted.loop(), nsys);
        const TimeRange extent = index->device(DeviceId(0)).occupancy.busy().extent();
        const Assessment assessment = assessWindow(*index, extent, DeviceId(0), {});
        const Evidence* const row = rowOf(assessment, wanted.code);
        QVERIFY(row);
        const QString sentence = QString::fromStdString(evidenceSentence(*row).english());
        QVERIFY2(row->state == wanted.state,
                 qPrintable(QString::fromUtf8(gateStateWord(row->state)) + QLatin1String(": ") + sentence));
        QVERIFY(!sentence.isEmpty());
        QVERIFY2(!sentence.contains(u'%') || sentence.contains(QLatin1String(" %")), qPrintable(sentence));
        QVERIFY2(row->place.has_value() == wanted.hasPlace, qPrintable(sentence));
        if (row->place)
            QVERIFY(row->place->overlaps(index->trace().extent()));
    }

    /// The checklist is whole and in order, and what is unknown withholds nothing.
    void allNineGates()
    {
        const std::shared_ptr<const TraceIndex> index = open(cleanLoop(), true);
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {});
        QCOMPARE(assessment.referenceGates().size(), std::size_t{9});
        for (std::size_t i = 0; i < 9; ++i) {
            QCOMPARE(static_cast<std::size_t>(assessment.referenceGates()[i].gate), i);
            QVERIFY(!assessment.referenceGates()[i].evidence.empty());
        }
        QCOMPARE(gateOf(assessment, GateId::CleanDriver).state, GateState::Unknown);
        QCOMPARE(assessment.referenceVerdict().verdict, VerdictClass::HostBound);
    }

    /// The first launch without a record is the place, to the call.
    void theFirstMissingRecordIsThePlace()
    {
        const std::shared_ptr<const TraceIndex> index = open(launchesLost(), true);
        const Assessment assessment = assessWindow(*index, index->trace().extent(), DeviceId(0), {});
        const Evidence* const row = rowOf(assessment, EvidenceCode::UnderRecording);
        QVERIFY(row && row->place);
        const Trace& trace = index->trace();
        std::vector<bool> isRecorded(trace.calls().size(), false);
        for (std::size_t i = 0; i < trace.devices().front().activities.size(); ++i) {
            if (const CallId launch = trace.devices().front().activities.launch(i); launch.isValid())
                isRecorded[launch.value()] = true;
        }
        std::size_t call = 0;
        while (isRecorded[call] || (trace.calls().kind(call) != ApiCallKind::KernelLaunch &&
                                    trace.calls().kind(call) != ApiCallKind::GraphLaunch))
            ++call;
        QCOMPARE(nanosecondsOf(row->place->begin), nanosecondsOf(trace.calls().begin(call)));
    }

    void versionSplit_data()
    {
        QTest::addColumn<int>("runtime");
        QTest::addColumn<int>("driver");
        QTest::addColumn<int>("state");
        QTest::newRow("one major version") << 13000 << 13030 << static_cast<int>(GateState::Pass);
        QTest::newRow("split, with records") << 12090 << 13000 << static_cast<int>(GateState::Warn);
    }
    void versionSplit()
    {
        QFETCH(int, runtime);
        QFETCH(int, driver);
        QFETCH(int, state);
        const QString path = m_folder.filePath(QStringLiteral("split%1.json").arg(runtime));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            QStringLiteral("{\"cuda_runtime_version\":%1,\"cuda_driver_version\":%2,\"traceEvents\":["
                           "{\"ph\":\"X\",\"cat\":\"kernel\",\"name\":\"k\",\"pid\":0,\"tid\":7,\"ts\":10,"
                           "\"dur\":5,\"args\":{\"device\":0,\"stream\":7}}]}")
                .arg(runtime)
                .arg(driver)
                .toUtf8());
        file.close();
        const std::shared_ptr<const TraceIndex> index = openFile(path.toStdString());
        const Assessment assessment = assessWindow(*index, index->trace().extent(), DeviceId(0), {});
        const Evidence* const row = rowOf(assessment, EvidenceCode::CuptiVersions);
        QVERIFY(row);
        QCOMPARE(static_cast<int>(row->state), state);
        QCOMPARE(row->note, std::string(state == static_cast<int>(GateState::Warn) ? "12.9 / 13.0" : ""));
    }

    void drift()
    {
        const auto loop = [](int steps, double perStep, int noise) {
            std::vector<Duration> cadences;
            for (int i = 0; i < steps; ++i)
                cadences.emplace_back(static_cast<std::int64_t>(1e6 * (1.0 + perStep * i)) +
                                      (i * 7919) % 13 * noise);
            const auto size = static_cast<std::size_t>(steps);
            return cadenceDrift(StepColumn(cadences), 0, size);
        };
        QVERIFY(!loop(19, 0.0, 0));
        QCOMPARE(*loop(100, 0.0, 0), 0.0);
        QCOMPARE(*loop(100, 0.0, 10'000), 0.0); // noise alone is no drift
        QVERIFY(std::abs(*loop(100, 0.001, 0) - 0.1 / 1.05) < 0.002);
        QVERIFY(std::abs(*loop(100, 0.001, 1'000) - 0.1 / 1.05) < 0.005);
        QVERIFY(*loop(100, -0.001, 0) < -0.09);
    }

    /// Gate 3 against a typed TPOT (taken for the clean round's).
    void tpot_data()
    {
        QTest::addColumn<bool>("nsys");
        QTest::addColumn<double>("tpot");
        QTest::addColumn<double>("tokens");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, bool nsys, double tpot, double tokens, GateState state) {
            QTest::newRow(name) << nsys << tpot << tokens << static_cast<int>(state);
        };
        row("agrees", true, 6.21, 2.11, GateState::Pass);
        row("not entered", true, 0.0, 0.0, GateState::Unknown);
        row("tokens per step not entered", true, 13.1, 0.0, GateState::Warn);
        row("half of it: a factor", true, 6.555, 1.0, GateState::Fail);
        row("twice of it: a factor", true, 26.2, 1.0, GateState::Fail);
        row("trace faster than the truth", true, 16.0, 1.0, GateState::Fail);
        row("slower than the clean round: the profiler's cost", false, 10.5, 1.0, GateState::Warn);
        row("less than a token a step", true, 26.2, 0.5, GateState::Fail);
    }
    void tpot()
    {
        QFETCH(bool, nsys);
        QFETCH(double, tpot);
        QFETCH(double, tokens);
        QFETCH(int, state);
        const std::shared_ptr<const TraceIndex> index = open(cleanLoop(), nsys);
        DriverNumbers driver;
        if (tpot > 0.0)
            driver.clean.tpotMilliseconds = tpot;
        if (tokens > 0.0)
            driver.clean.tokensPerStep = tokens;
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {driver});
        QCOMPARE(static_cast<int>(gateOf(assessment, GateId::ReconcilesWithTpot).state), state);
    }

    /// What a loaded record says counts where nothing was typed: gate 1 and gate 3 of the worked example.
    void driverRecord_data()
    {
        QTest::addColumn<bool>("isAnnotated");
        QTest::addColumn<int>("concurrency"); // 0: not said
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("record");
        QTest::addColumn<int>("streams");
        QTest::addColumn<int>("gate");
        const auto row = [](const char* name, bool isAnnotated, int concurrency, int failures,
                            GateState record, GateState streams, GateState gate) {
            QTest::newRow(name) << isAnnotated << concurrency << failures << static_cast<int>(record)
                                << static_cast<int>(streams) << static_cast<int>(gate);
        };
        const GateState pass = GateState::Pass;
        const GateState fail = GateState::Fail;
        row("one stream", true, 1, 0, pass, pass, pass);
        row("one stream, batch not named", false, 1, 0, pass, pass, GateState::Unknown);
        row("two clients", true, 2, 0, pass, fail, fail);
        row("two at a time, batch not named", false, 2, 0, pass, GateState::Unknown, GateState::Unknown);
        row("streams not said", true, 0, 0, pass, GateState::Unknown, GateState::Unknown);
        row("a failed request", true, 1, 1, fail, pass, fail);
    }
    void driverRecord()
    {
        QFETCH(bool, isAnnotated);
        QFETCH(int, concurrency);
        QFETCH(int, failures);
        DriverRecord record;
        record.name = "round.json";
        record.model = "org/model";
        record.rounds.resize(1);
        DriverRound& round = record.rounds.front();
        round.tpotMilliseconds = 6.21;
        round.tokensPerStep = 2.11;
        round.failures = static_cast<std::uint64_t>(failures);
        if (concurrency > 0)
            round.concurrency = concurrency;
        DriverNumbers driver;
        driver.clean.record = std::make_shared<const DriverRecord>(record);
        const std::shared_ptr<const TraceIndex> index = open(isAnnotated ? annotated() : cleanLoop(), true);
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {driver});
        QTEST(static_cast<int>(rowOf(assessment, EvidenceCode::DriverRecord)->state), "record");
        QTEST(static_cast<int>(rowOf(assessment, EvidenceCode::DriverStreams)->state), "streams");
        QTEST(static_cast<int>(gateOf(assessment, GateId::CleanDriver).state), "gate");
        if (!isAnnotated)
            QCOMPARE(gateOf(assessment, GateId::ReconcilesWithTpot).state, GateState::Pass);
        const ContextField* const tpot = assessment.context.find("tpot_ms");
        QCOMPARE(tpot->source, ContextSource::Driver);
        QCOMPARE(*tpot->value, std::string("6.21"));
        QCOMPARE(assessment.context.find("model")->source, ContextSource::Driver);

        driver.clean.tpotMilliseconds = 5.0; // typed goes first
        const Assessment typed =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {driver});
        QCOMPARE(typed.context.find("tpot_ms")->source, ContextSource::User);
        QCOMPARE(*typed.context.find("tpot_ms")->value, std::string("5"));
    }

private:
    std::shared_ptr<const TraceIndex> open(const support::LoopDescription& loop, bool nsys)
    {
        const support::GeneratedTrace trace = support::generateLoop(loop);
        const std::string path = m_folder.filePath(QStringLiteral("trace%1").arg(++m_files)).toStdString();
        support::KinetoOptions kineto;
        kineto.rank = loop.ranks.front().process.rank;
        if (nsys)
            support::writeNsys(trace, path, {});
        else
            support::writeKineto(trace, path, kineto);
        return openFile(path);
    }
    static std::shared_ptr<const TraceIndex> openFile(const std::string& path)
    {
        NoProgress progress;
        auto imported = importTrace(path, progress);
        if (!imported)
            qFatal("%s", imported.error().detail.c_str());
        return *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                  KernelClassifier::standard(), progress);
    }
    static const Evidence* rowOf(const Assessment& assessment, EvidenceCode code)
    {
        for (const GateResult& gate : assessment.referenceGates()) {
            for (const Evidence& row : gate.evidence) {
                if (row.code == code)
                    return &row;
            }
        }
        return nullptr;
    }
    static const GateResult& gateOf(const Assessment& assessment, GateId id)
    {
        for (const GateResult& result : assessment.referenceGates()) {
            if (result.gate == id)
                return result;
        }
        qFatal("no such gate");
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestGates)
#include "tst_gates.moc"
