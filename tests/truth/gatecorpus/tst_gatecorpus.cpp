#include "tests/truth/gatecorpus/cleancaptures.h"
#include "tests/truth/gatecorpus/faultcaptures.h"

#include "core/report/gatetext.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace stepscope;
using namespace stepscope::gatecorpus;

namespace {

std::string describe(const GateResult& gate)
{
    const Evidence* const row = decidingEvidence(gate);
    return "gate " + std::to_string(static_cast<int>(gate.gate)) + " " + gateStateWord(gate.state) + ": " +
           (row ? std::string(evidenceWord(row->code)) + ", " + evidenceSentence(*row).english()
                : std::string());
}

bool mayWarn(const Evidence& row, Format format)
{
    switch (row.code) {
    case EvidenceCode::ProfilerRows:
    case EvidenceCode::Slowdown:
    case EvidenceCode::ContextFields:
        return true;
    case EvidenceCode::GraphRecords:
        return format == Format::NsysGraphLevel;
    default:
        return false;
    }
}

/// What no clean capture of the corpus can tell by itself.
bool mayBeUnknown(const Evidence& row)
{
    switch (row.code) {
    case EvidenceCode::CuptiVersions:
    case EvidenceCode::BatchVaries:
    case EvidenceCode::RanksPresent:
    case EvidenceCode::PriorArt:
        return true;
    default:
        return false;
    }
}

} // namespace

/// Each capture goes wrong in one way: the gate that definitions.md §11 names says so, and no other fails.
/// Sound ones fail nothing.
class TestGateCorpus : public QObject {
    Q_OBJECT

private slots:
    void clean_data()
    {
        QTest::addColumn<int>("capture");
        QTest::addColumn<int>("format");
        const auto& captures = cleanCaptures();
        for (std::size_t i = 0; i < captures.size(); ++i) {
            for (const Format format : captures[i].formats)
                QTest::addRow("%s, %s", captures[i].name, formatName(format))
                    << static_cast<int>(i) << static_cast<int>(format);
        }
    }
    void clean()
    {
        QFETCH(int, capture);
        QFETCH(int, format);
        CorpusCapture made = cleanCaptures()[static_cast<std::size_t>(capture)].make();
        made.format = static_cast<Format>(format);
        measureRounds(made);
        ++m_captures;
        const Result<Assessment> assessed = assess(made, nextPath());
        QVERIFY2(bool(assessed), assessed ? "" : assessed.error().detail.c_str());
        const Assessment& assessment = *assessed;
        countFalseFails(assessment, {});
        for (const GateResult& gate : assessment.referenceGates()) {
            QVERIFY2(gate.state != GateState::Fail, describe(gate).c_str());
            for (const Evidence& row : gate.evidence) {
                const bool isRight = row.state == GateState::Pass || row.state == GateState::NotApplicable ||
                                     (row.state == GateState::Warn && mayWarn(row, made.format)) ||
                                     (row.state == GateState::Unknown && mayBeUnknown(row));
                QVERIFY2(isRight, (std::string(evidenceWord(row.code)) + " " + gateStateWord(row.state) +
                                   ": " + evidenceSentence(row).english())
                                      .c_str());
            }
        }
        QCOMPARE(gateOf(assessment, GateId::GraphsCounted).state,
                 made.format == Format::NsysGraphLevel ? GateState::Warn : GateState::Pass);
        QCOMPARE(gateOf(assessment, GateId::PriorArt).state, GateState::Unknown);
        QCOMPARE(gateOf(assessment, GateId::ModestWindow).state, GateState::Pass);
        QCOMPARE(gateOf(assessment, GateId::ContextComplete).state, GateState::Warn);
        QVERIFY(assessment.referenceVerdict().verdict != VerdictClass::Withheld);
    }

    void fault_data()
    {
        QTest::addColumn<const FaultCapture*>("capture");
        QTest::addColumn<int>("format");
        for (const auto* const faults : {&serverFaults(), &recordingFaults()}) {
            for (const FaultCapture& fault : *faults) {
                for (const Format format : fault.formats)
                    QTest::addRow("%s, %s", fault.name, formatName(format))
                        << &fault << static_cast<int>(format);
            }
        }
    }
    void fault()
    {
        QFETCH(const FaultCapture*, capture);
        QFETCH(int, format);
        CorpusCapture made = workedCapture();
        made.format = static_cast<Format>(format);
        if (capture->spoil)
            capture->spoil(made);
        measureRounds(made);
        if (capture->misstate)
            capture->misstate(made);
        ++m_captures;
        ++m_faults;
        const Result<Assessment> assessed = assess(made, nextPath());
        if (capture->refused) {
            m_falsePasses += assessed ? 1 : 0;
            QVERIFY(!assessed);
            QCOMPARE(static_cast<int>(assessed.error().code), static_cast<int>(*capture->refused));
            return;
        }
        QVERIFY2(bool(assessed), assessed ? "" : assessed.error().detail.c_str());
        const Assessment& assessment = *assessed;
        countFalseFails(assessment, *capture);
        const GateResult& gate = gateOf(assessment, capture->gate);
        if (gate.state < capture->state)
            ++m_falsePasses;
        QVERIFY2(gate.state == capture->state, describe(gate).c_str());
        QVERIFY2(decidingEvidence(gate)->code == capture->code, describe(gate).c_str());
        for (const GateResult& other : assessment.referenceGates()) {
            const bool isLabelled = other.gate == capture->gate || other.gate == capture->alsoFails;
            QVERIFY2(isLabelled || other.state != GateState::Fail, describe(other).c_str());
        }
        if (capture->alsoFails)
            QCOMPARE(gateOf(assessment, *capture->alsoFails).state, GateState::Fail);
        QCOMPARE(assessment.referenceVerdict().verdict == VerdictClass::Withheld,
                 capture->state == GateState::Fail);
    }

    void counts()
    {
        qInfo("%d captures, %d with a fault: %d false passes, %d false fails", m_captures, m_faults,
              m_falsePasses, m_falseFails);
        QCOMPARE(m_falsePasses, 0);
        QCOMPARE(m_falseFails, 0);
    }

private:
    static const GateResult& gateOf(const Assessment& assessment, GateId id)
    {
        return assessment.referenceGates()[static_cast<std::size_t>(id)];
    }

    void countFalseFails(const Assessment& assessment, const std::optional<FaultCapture>& label)
    {
        for (const GateResult& gate : assessment.referenceGates()) {
            const bool isLabelled = label && ((gate.gate == label->gate && label->state == GateState::Fail) ||
                                              gate.gate == label->alsoFails);
            m_falseFails += gate.state == GateState::Fail && !isLabelled ? 1 : 0;
        }
    }

    std::string nextPath()
    {
        return m_folder.filePath(QStringLiteral("capture%1").arg(m_captures)).toStdString();
    }

    QTemporaryDir m_folder;
    int m_captures = 0;
    int m_faults = 0;
    int m_falsePasses = 0;
    int m_falseFails = 0;
};

QTEST_APPLESS_MAIN(TestGateCorpus)
#include "tst_gatecorpus.moc"
