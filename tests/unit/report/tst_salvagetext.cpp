#include "core/report/salvagetext.h"

#include "core/report/damagetext.h"
#include "tests/gui/timeline/damagedtrace.h"

#include <QTest>

using namespace stepscope;

namespace {

std::string joined(const std::vector<Sentence>& sentences)
{
    std::string text;
    for (const Sentence& sentence : sentences)
        text += sentence.english() + "\n";
    return text;
}

bool says(const std::vector<Sentence>& sentences, std::string_view part)
{
    return joined(sentences).find(part) != std::string::npos;
}

Assessment assess(const TraceIndex& index)
{
    return assessWindow(index, index.trace().gpuExtent(), DeviceId(0), {});
}

/// As the gates of the reference device might have come out.
void decide(Assessment& assessment, GateState quality, std::vector<GateId> withheldBy)
{
    for (GateResult& gate : assessment.gates[0]) {
        if (gate.gate == GateId::CaptureQuality)
            gate.state = quality;
    }
    assessment.verdicts[0].withheldBy = std::move(withheldBy);
}

} // namespace

class TestSalvageText : public QObject {
    Q_OBJECT

private slots:
    void aWholeTraceIsNotSalvaged();
    void tellsWhereTheFileStops();
    void tellsDamageInsideFromAnEarlyEnd();
    void tellsWhatATableLost();
    void countsWhatIsTooMuch();
    void tellsWhichLanesEndEarly();
    void lanesWithinAStepAreAlike();
    void tellsWhatGateFourMeans();
    void aLogWithoutPlacesSpeaksForItself();
};

void TestSalvageText::aWholeTraceIsNotSalvaged()
{
    QVERIFY(!isSalvaged(testing::damagedIndex({30}, {})->trace()));
    QVERIFY(isSalvaged(testing::damagedIndex({30}, {testing::cutText()})->trace()));
}

void TestSalvageText::tellsWhereTheFileStops()
{
    const auto index = testing::damagedIndex({30, 10}, {testing::cutText()});
    const SalvageText text = salvageText(*index, assess(*index));
    QCOMPARE(text.title.english(), std::string("This trace ends early, and was opened as far as it goes"));
    // The folder of "/traces/<b>cut</b>.json" ends at the last slash.
    QVERIFY2(says(text.found, "b>.json stops at byte 1 234 567 of the text"), joined(text.found).c_str());
    QVERIFY2(says(text.found, "40 whole events were kept"), joined(text.found).c_str());
    QVERIFY(says(text.reason, "stopped while it was still writing"));
}

void TestSalvageText::tellsDamageInsideFromAnEarlyEnd()
{
    DamagedPlace inside;
    inside.offset = 7'000;
    inside.lostBytes = 4'096;
    const auto index = testing::damagedIndex({30}, {inside});
    const SalvageText text = salvageText(*index, assess(*index));
    QVERIFY(text.title.english().find("damaged inside") != std::string::npos);
    QVERIFY2(says(text.found, "was read on behind it; bytes lost: 4 096"), joined(text.found).c_str());
    QVERIFY(says(text.reason, "a copy or a disk went wrong"));
}

void TestSalvageText::tellsWhatATableLost()
{
    DamagedPlace place = testing::cutText();
    place.table = "CUPTI_ACTIVITY_KIND_KERNEL";
    place.lostRows = 12'000;
    const auto index = testing::damagedIndex({30}, {place});
    const SalvageText text = salvageText(*index, assess(*index));
    QVERIFY2(says(text.found, "Table CUPTI_ACTIVITY_KIND_KERNEL breaks off; rows lost: 12 000"),
             joined(text.found).c_str());
    CaptureInfo ranks = index->trace().capture();
    ranks.files.resize(2);
    ranks.files[1].path = "dir/rank1.sqlite";
    place.file = 1;
    QCOMPARE(
        QString::fromStdString(damageSentence(ranks, place).english()),
        QStringLiteral("Table CUPTI_ACTIVITY_KIND_KERNEL of rank1.sqlite breaks off; rows lost: 12 000"));
}

void TestSalvageText::countsWhatIsTooMuch()
{
    const auto index = testing::damagedIndex({30}, std::vector<DamagedPlace>(8));
    QVERIFY(says(salvageText(*index, assess(*index)).found, "Further damaged places: 5"));
}

void TestSalvageText::tellsWhichLanesEndEarly()
{
    const auto index = testing::damagedIndex({40, 30, 40, 25, 26, 27, 28}, {testing::cutText()});
    const SalvageText text = salvageText(*index, assess(*index));
    QVERIFY2(says(text.lanes, "GPU 1 ends 10.0 ms before GPU 0"), joined(text.lanes).c_str());
    QVERIFY2(says(text.lanes, "GPU 3 ends 15.0 ms before GPU 0"), joined(text.lanes).c_str());
    QVERIFY2(!says(text.lanes, "GPU 2"), joined(text.lanes).c_str());
    QVERIFY2(says(text.lanes, "Further GPUs that end early: 2"), joined(text.lanes).c_str());
}

void TestSalvageText::lanesWithinAStepAreAlike()
{
    const auto index = testing::damagedIndex({40, 39}, {testing::cutText()});
    QCOMPARE(joined(salvageText(*index, assess(*index)).lanes), std::string());
}

void TestSalvageText::tellsWhatGateFourMeans()
{
    const auto index = testing::damagedIndex({40, 30}, {testing::cutText()});
    Assessment assessment = assess(*index);
    // The last operation of GPU 1 ends at 29.3 ms.
    decide(assessment, GateState::Warn, {});
    QVERIFY2(says(salvageText(*index, assessment).meaning,
                  "Gate 4 warns\nThe verdict stands for windows that end before 0.03 s"),
             joined(salvageText(*index, assessment).meaning).c_str());
    QVERIFY(says(salvageText(*index, assessment).meaning, "does not write in order of time"));
    decide(assessment, GateState::Warn, {GateId::CleanDriver, GateId::GraphsCounted});
    QVERIFY(says(salvageText(*index, assessment).meaning, "withheld all the same, by gate 1, 2;"));
    decide(assessment, GateState::Fail, {GateId::CaptureQuality});
    const SalvageText failed = salvageText(*index, assessment);
    QVERIFY(says(failed.meaning, "Gate 4 fails and withholds the verdict"));
    QVERIFY(!says(failed.meaning, "The verdict stands"));
    for (GateResult& gate : assessment.gates[0])
        gate.overrideReason = gate.gate == GateId::CaptureQuality ? "known" : "";
    decide(assessment, GateState::Fail, {});
    QVERIFY(says(salvageText(*index, assessment).meaning, "Gate 4 fails and was overridden"));
}

void TestSalvageText::aLogWithoutPlacesSpeaksForItself()
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    builder.capture().path = "a.sqlite";
    builder.log().add(ImportCode::DamagedDatabase, "KERNEL: database disk image is malformed");
    NoProgress progress;
    const auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                         KernelClassifier::standard(), progress);
    QVERIFY(index);
    Assessment assessment;
    assessment.reference = DeviceId(0);
    assessment.gates.resize(1);
    assessment.verdicts.resize(1);
    const SalvageText text = salvageText(**index, assessment);
    QVERIFY(says(text.found, "database disk image is malformed"));
    QVERIFY(text.lanes.empty() && text.meaning.empty());
}

QTEST_GUILESS_MAIN(TestSalvageText)

#include "tst_salvagetext.moc"
