#include "core/report/gatetext.h"
#include "core/trace/tracebuilder.h"
#include "tests/unit/gates/completecapture.h"

#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

/// A few µs in the middle of a step's host gap: no whole step, no GPU work.
TimeRange insideAGap(const TraceIndex& index)
{
    const TimeRange step = index.device(DeviceId(0)).steps.steps[10].range;
    return {step.end - Duration(2'000'000), step.end - Duration(1'000'000)};
}

TimeRange oneStep(const TraceIndex& index)
{
    return index.device(DeviceId(0)).steps.steps[10].range;
}

void noHostRows(Capture& capture)
{
    capture.file.loop.hostRows = {false, false, false};
}

/// The same work launched kernel by kernel, or so it seems.
void noGraphsNorHostRows(Capture& capture)
{
    noHostRows(capture);
    support::LaunchSpec& forward = capture.step().launches.front();
    forward.api = "cudaLaunchKernel";
    forward.graphId = 0;
    forward.ops.resize(1);
}

void noAnnotations(Capture& capture)
{
    capture.step().annotation.style = support::AnnotationStyle::None;
}

void oneStepOnly(Capture& capture)
{
    noAnnotations(capture);
    capture.file.loop.ranks.front().segments.front().count = 1;
}

struct Missing {
    const char* name;
    void (*take)(Capture&);
    EvidenceCode code;
    GateState state;
    const char* asks; ///< what the sentence says of how to supply it
};

const Missing missing[] = {
    {"no step for prefills", oneStepOnly, EvidenceCode::PrefillSteps, GateState::Unknown, "widen the window"},
    {"no annotations for the batch", noAnnotations, EvidenceCode::BatchVaries, GateState::Unknown,
     "step annotations on"},
    {"no record", [](Capture& c) { c.clean.rounds.clear(), c.profiled.rounds.clear(); },
     EvidenceCode::DriverRecord, GateState::Unknown, "load it"},
    {"a typed TPOT is no record",
     [](Capture& c) {
         c.clean.rounds.clear(), c.profiled.rounds.clear();
         c.input.driver.profiled.tpotMilliseconds = completeCadence;
     },
     EvidenceCode::DriverRecord, GateState::Unknown, "load the driver's record"},
    {"concurrency not in the records",
     [](Capture& c) {
         c.clean.rounds.front().concurrency = std::nullopt;
         c.profiled.rounds.front().concurrency = std::nullopt;
     },
     EvidenceCode::DriverStreams, GateState::Unknown, "load one that does"},
    {"two streams, not named by steps",
     [](Capture& c) {
         noAnnotations(c);
         c.clean.rounds.front().concurrency = 2;
         c.profiled.rounds.front().concurrency = 2;
     },
     EvidenceCode::DriverStreams, GateState::Unknown, "drive one at a time"},
    {"no clean step to fill the window", [](Capture& c) { c.window = insideAGap; }, EvidenceCode::WallPerStep,
     GateState::Unknown, "widen or move it"},
    {"no host rows and no replays", noGraphsNorHostRows, EvidenceCode::GraphRecords, GateState::Unknown,
     "capture with CPU rows"},
    {"no host rows for lost records", noHostRows, EvidenceCode::UnderRecording, GateState::Unknown,
     "capture with CPU rows"},
    {"no step to compare", [](Capture& c) { c.window = insideAGap; }, EvidenceCode::StepUniformity,
     GateState::Unknown, "widen"},
    {"one step is like itself", [](Capture& c) { c.window = oneStep; }, EvidenceCode::StepUniformity,
     GateState::Unknown, "widen"},
    {"no work for kernels alone", [](Capture& c) { c.window = insideAGap; }, EvidenceCode::KernelsAlone,
     GateState::Unknown, "move or widen the window"},
    {"no TPOT", [](Capture& c) { c.clean.rounds.clear(), c.profiled.rounds.clear(); },
     EvidenceCode::TpotError, GateState::Unknown, "enter the time per output token (TPOT)"},
    {"no tokens",
     [](Capture& c) {
         noAnnotations(c);
         c.clean.rounds.front().itlMilliseconds = std::nullopt;
         c.profiled.rounds.front().itlMilliseconds = std::nullopt;
     },
     EvidenceCode::TpotError, GateState::Unknown, "enter tokens per step"},
    {"only the clean round's TPOT, below the cadence",
     [](Capture& c) {
         c.profiled.rounds.clear();
         c.clean.rounds.front().tpotMilliseconds = 11.0;
     },
     EvidenceCode::TpotError, GateState::Unknown, "Enter the TPOT of the captured round"},
    {"no clean round", [](Capture& c) { c.clean.rounds.clear(); }, EvidenceCode::Slowdown, GateState::Unknown,
     "enter the TPOT of a round without the profiler"},
    {"only the clean round's ITL, below the cadence",
     [](Capture& c) {
         c.profiled.rounds.clear();
         c.clean.rounds.front().itlMilliseconds = 11.0;
     },
     EvidenceCode::ItlError, GateState::Unknown, "the profiler's own cost may explain it"},
    {"a TPOT that holds the prefill",
     [](Capture& c) {
         DriverRound& round = c.profiled.rounds.front();
         round.tpotMilliseconds = std::nullopt;
         round.tpotWithPrefillMilliseconds = completeCadence;
         round.outputTokens = 128.0;
     },
     EvidenceCode::PrefillBias, GateState::Unknown, "Enter the time to first token"},
    {"no host rows for the profiler", noHostRows, EvidenceCode::ProfilerRows, GateState::Unknown,
     "capture with CPU rows"},
    {"no tokens and no TPOT",
     [](Capture& c) {
         noAnnotations(c);
         c.clean.rounds.clear(), c.profiled.rounds.clear();
     },
     EvidenceCode::TokensPerStep, GateState::Unknown, "enter tokens per step"},
    {"tokens only inferred",
     [](Capture& c) {
         noAnnotations(c);
         c.clean.rounds.front().itlMilliseconds = std::nullopt;
         c.profiled.rounds.clear();
     },
     EvidenceCode::TokensPerStep, GateState::Warn, "enter what the server counted"},
    {"no steps", oneStepOnly, EvidenceCode::RepeatingSteps, GateState::Fail, "no repeating decode step"},
    {"no host rows for an early end", noHostRows, EvidenceCode::EarlyEnd, GateState::Unknown,
     "capture with CPU rows"},
    {"no steps for an early end", oneStepOnly, EvidenceCode::EarlyEnd, GateState::Unknown,
     "capture a decode loop"},
    {"no step to vary", [](Capture& c) { c.window = insideAGap; }, EvidenceCode::SteadyCadence,
     GateState::Unknown, "widen"},
    {"one step cannot vary", [](Capture& c) { c.window = oneStep; }, EvidenceCode::SteadyCadence,
     GateState::Unknown, "widen"},
    {"no host rows for start-up work", noHostRows, EvidenceCode::StartUpWork, GateState::Unknown,
     "capture with CPU rows"},
    {"no world size", [](Capture& c) { c.file.kineto.distributedInfo = false; }, EvidenceCode::RanksPresent,
     GateState::Unknown, "enter the world size"},
    {"no world size, two GPUs that talk",
     [](Capture& c) {
         c.file.isNsys = true;
         c.file.loop = support::replicated(c.file.loop.ranks.front(), 2, 1'600'000);
     },
     EvidenceCode::RanksPresent, GateState::Unknown, "enter the world size"},
    {"no host rows for the clocks", noHostRows, EvidenceCode::ClockSanity, GateState::Unknown,
     "capture with CPU rows"},
    {"no store", [](Capture&) {}, EvidenceCode::PriorArt, GateState::Unknown, "compare by hand"},
    {"no steps for a modest window", oneStepOnly, EvidenceCode::WindowLength, GateState::Warn,
     "at least 20 steps"},
    {"no context", [](Capture& c) { c.input.context.clear(); }, EvidenceCode::ContextFields, GateState::Warn,
     "missing: exports stay DRAFT"},
};

} // namespace

/// Unknown is never shown as a pass: where the evidence of a row is taken away, neither the row nor its gate
/// passes, and the row says what would supply it.
class TestMissingEvidence : public QObject {
    Q_OBJECT

private slots:
    void allThere()
    {
        const Assessment assessment = assess(completeCapture());
        std::size_t passed = 0;
        for (const GateResult& gate : assessment.referenceGates()) {
            for (const Evidence& row : gate.evidence) {
                if (row.code == EvidenceCode::PriorArt || row.code == EvidenceCode::Credentials)
                    continue;
                QVERIFY2(row.state == GateState::Pass, evidenceSentence(row).english().c_str());
                ++passed;
            }
        }
        QCOMPARE(passed, std::size_t{28});
    }

    void takenAway_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < static_cast<int>(std::size(missing)); ++i)
            QTest::newRow(missing[i].name) << i;
    }
    void takenAway()
    {
        QFETCH(int, row);
        const Missing& wanted = missing[row];
        Capture capture = completeCapture();
        wanted.take(capture);
        const Assessment assessment = assess(capture);
        const Evidence* const evidence = evidenceOf(assessment, wanted.code);
        QVERIFY(evidence);
        const std::string sentence = evidenceSentence(*evidence).english();
        QVERIFY2(evidence->state == wanted.state,
                 (std::string(gateStateWord(evidence->state)) + ": " + sentence).c_str());
        QVERIFY2(sentence.find(wanted.asks) != std::string::npos, sentence.c_str());
        QVERIFY(gateWith(assessment, wanted.code).state >= wanted.state);
        QVERIFY(gateWith(assessment, wanted.code).state != GateState::Pass);
    }

    /// With nothing but GPU rows only what GPU rows decide may pass.
    void nothingButGpuRows_data()
    {
        QTest::addColumn<bool>("isNsys");
        QTest::newRow("nsys") << true;
        QTest::newRow("kineto") << false;
    }
    void nothingButGpuRows()
    {
        QFETCH(bool, isNsys);
        Capture capture = completeCapture();
        noHostRows(capture);
        capture.file.isNsys = isNsys;
        capture.file.kineto.versions = false;
        capture.file.kineto.distributedInfo = false;
        capture.clean.rounds.clear();
        capture.profiled.rounds.clear();
        capture.input = {};
        const Assessment assessment = assess(capture);
        std::vector<EvidenceCode> passed;
        for (const GateResult& gate : assessment.referenceGates()) {
            for (const Evidence& row : gate.evidence) {
                QVERIFY(gate.state >= row.state);
                if (row.state == GateState::Pass)
                    passed.push_back(row.code);
            }
        }
        const std::vector<EvidenceCode> decided = {
            EvidenceCode::GpuRecords,    EvidenceCode::PrefillSteps,   EvidenceCode::Lulls,
            EvidenceCode::WallPerStep,   EvidenceCode::GraphRecords,   EvidenceCode::StepUniformity,
            EvidenceCode::KernelsAlone,  EvidenceCode::RepeatingSteps, EvidenceCode::WholeFile,
            EvidenceCode::SteadyCadence, EvidenceCode::CadenceDrift,   EvidenceCode::DataIssues,
            EvidenceCode::WindowLength};
        QCOMPARE(passed, decided);
        QCOMPARE(evidenceSentence(*evidenceOf(assessment, EvidenceCode::GraphRecords)).english(),
                 std::string("30 graph launches, their kernels are in the union"));
        // Gate 0 has its records, and with them the versions do not matter.
        for (const GateId gate :
             {GateId::CleanDriver, GateId::GraphsCounted, GateId::ReconcilesWithTpot, GateId::CaptureQuality})
            QCOMPARE(assessment.referenceGates()[static_cast<std::size_t>(gate)].state, GateState::Unknown);
    }

    /// A device whose rows were all dropped: whether that is gate 0's fault its launches tell.
    void noRecords_data()
    {
        QTest::addColumn<bool>("hasLaunch");
        QTest::addColumn<int>("state");
        QTest::newRow("launches") << true << static_cast<int>(GateState::Fail);
        QTest::newRow("no launches either") << false << static_cast<int>(GateState::Unknown);
    }
    void noRecords()
    {
        QFETCH(bool, hasLaunch);
        QFETCH(int, state);
        TraceBuilder builder(TraceFormat::NsysSqlite);
        const ProcessId process = builder.process(7);
        Activity backwards; // left out; its device stays
        backwards.begin = timePointAt(2000);
        backwards.end = timePointAt(1500);
        backwards.process = process;
        backwards.name = builder.intern("kernel");
        builder.addActivity(builder.device(process, 0), backwards);
        if (hasLaunch) {
            ApiCall call;
            call.begin = timePointAt(1000);
            call.end = timePointAt(2000);
            call.thread = builder.thread(process, 7);
            call.name = builder.intern("cudaLaunchKernel");
            builder.addCall(call);
        }
        const auto index = LoopFiles::indexOf(builder.build());
        const Assessment assessment = assessWindow(*index, index->trace().extent(), DeviceId(0), {});
        const Evidence* const row = evidenceOf(assessment, EvidenceCode::GpuRecords);
        QCOMPARE(static_cast<int>(row->state), state);
        QCOMPARE(assessment.referenceGates().front().state, row->state);
        QCOMPARE(evidenceSentence(*row).english(),
                 std::string(hasLaunch ? "the host launched work, but no GPU operation was recorded"
                                       : "neither a launch nor a GPU operation was recorded: profile the "
                                         "process that drives the GPU"));
        QCOMPARE(assessment.referenceVerdict().verdict, VerdictClass::Withheld);
    }

    /// What the user says of the ranks settles what the file does not say.
    void statedWorldSize_data()
    {
        QTest::addColumn<QString>("ranks");
        QTest::addColumn<int>("state");
        QTest::newRow("alone") << QStringLiteral("1") << static_cast<int>(GateState::Pass);
        QTest::newRow("of two") << QStringLiteral("2") << static_cast<int>(GateState::Warn);
        QTest::newRow("no number") << QStringLiteral("two") << static_cast<int>(GateState::Unknown);
    }
    void statedWorldSize()
    {
        QFETCH(QString, ranks);
        QFETCH(int, state);
        Capture capture = completeCapture();
        capture.file.isNsys = true;
        capture.input.context.push_back({"world_size", ranks.toStdString()});
        const Assessment assessment = assess(capture);
        QCOMPARE(static_cast<int>(evidenceOf(assessment, EvidenceCode::RanksPresent)->state), state);
    }

    /// A request that failed in the captured round spoils it, however clean the other round was.
    void eitherRoundCounts_data()
    {
        QTest::addColumn<int>("cleanFailures");
        QTest::addColumn<int>("profiledFailures");
        QTest::addColumn<int>("profiledStreams");
        QTest::addColumn<int>("state");
        QTest::newRow("both clean") << 0 << 0 << 1 << static_cast<int>(GateState::Pass);
        QTest::newRow("clean round failed") << 1 << 0 << 1 << static_cast<int>(GateState::Fail);
        QTest::newRow("captured round failed") << 0 << 2 << 1 << static_cast<int>(GateState::Fail);
        QTest::newRow("captured round of two") << 0 << 0 << 2 << static_cast<int>(GateState::Fail);
    }
    void eitherRoundCounts()
    {
        QFETCH(int, cleanFailures);
        QFETCH(int, profiledFailures);
        QFETCH(int, profiledStreams);
        QFETCH(int, state);
        Capture capture = completeCapture();
        capture.clean.rounds.front().failures = static_cast<std::uint64_t>(cleanFailures);
        capture.profiled.rounds.front().failures = static_cast<std::uint64_t>(profiledFailures);
        capture.profiled.rounds.front().concurrency = profiledStreams;
        const Assessment assessment = assess(capture);
        QCOMPARE(static_cast<int>(gateWith(assessment, EvidenceCode::DriverRecord).state), state);
        const Evidence* const record = evidenceOf(assessment, EvidenceCode::DriverRecord);
        QCOMPARE(record->value, static_cast<double>(std::max(cleanFailures, profiledFailures)));
        if (profiledFailures > 0)
            QCOMPARE(record->note, std::string("profiled.json"));
        QCOMPARE(evidenceOf(assessment, EvidenceCode::DriverStreams)->value,
                 static_cast<double>(profiledStreams));
    }

private:
    Assessment assess(const Capture& capture)
    {
        const std::shared_ptr<const TraceIndex> index = m_files.open(capture.file);
        AssessmentInput input = capture.input;
        if (!capture.clean.rounds.empty())
            input.driver.clean.record = std::make_shared<const DriverRecord>(capture.clean);
        if (!capture.profiled.rounds.empty())
            input.driver.profiled.record = std::make_shared<const DriverRecord>(capture.profiled);
        const TimeRange window =
            capture.window ? capture.window(*index) : index->automaticWindow(DeviceId(0));
        return assessWindow(*index, window, DeviceId(0), input);
    }

    LoopFiles m_files;
};

QTEST_APPLESS_MAIN(TestMissingEvidence)
#include "tst_missingevidence.moc"
