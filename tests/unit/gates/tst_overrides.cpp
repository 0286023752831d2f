#include "core/report/contextcsv.h"
#include "core/report/gatescsv.h"
#include "core/report/reconciletext.h"
#include "tests/support/stepbuilder.h"
#include "tests/unit/gates/loopfile.h"

#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

bool hasLine(const std::string& csv, const std::string& piece, const std::string& end)
{
    for (std::size_t at = csv.find(piece); at != std::string::npos; at = csv.find(piece, at + 1)) {
        if (csv.substr(at, csv.find("\r\n", at) - at).ends_with(end))
            return true;
    }
    return false;
}

} // namespace

/// Who goes on in spite of a failed gate says why, and every export carries it.
class TestOverrides : public QObject {
    Q_OBJECT

private slots:
    void overridden()
    {
        const Assessment assessment = assess({{GateId::CaptureQuality, "short on purpose"}});
        const GateResult& gate = gateWith(assessment, EvidenceCode::RepeatingSteps);
        QCOMPARE(gate.state, GateState::Fail); // it stays one
        QVERIFY(gate.isOverridden());
        const Verdict& verdict = assessment.referenceVerdict();
        QCOMPARE(verdict.verdict, VerdictClass::HostBound);
        QCOMPARE(verdict.overridden, std::vector<GateId>{GateId::CaptureQuality});
        QVERIFY(verdict.withheldBy.empty());
        QVERIFY(hasLine(gatesCsv(assessment, *m_index), ",4,fail,repeating_steps,fail,5.000000,steps,",
                        ",short on purpose"));
        QVERIFY(contextCsv(assessment, *m_index).find(",override.gate4,short on purpose,user\r\n") !=
                std::string::npos);
        QCOMPARE(overrideSentences(assessment).size(), std::size_t{1});
        QCOMPARE(overrideSentences(assessment).front().english(),
                 std::string("gate 4 (Capture quality) fails and is overridden: short on purpose"));
    }

    void notOverridden_data()
    {
        QTest::addColumn<int>("gate");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no reason") << static_cast<int>(GateId::CaptureQuality) << QString();
        QTest::newRow("another gate") << static_cast<int>(GateId::GraphsCounted) << QStringLiteral("fine");
    }
    void notOverridden()
    {
        QFETCH(int, gate);
        QFETCH(QString, reason);
        const auto id = static_cast<GateId>(gate);
        const Assessment assessment = assess({{id, reason.toStdString()}});
        QCOMPARE(assessment.referenceVerdict().verdict, VerdictClass::Withheld);
        QCOMPARE(assessment.referenceVerdict().withheldBy, std::vector<GateId>{GateId::CaptureQuality});
        QVERIFY(assessment.referenceVerdict().overridden.empty());
        QVERIFY(!assessment.referenceGates()[static_cast<std::size_t>(gate)].isOverridden());
        QVERIFY(gatesCsv(assessment, *m_index).find("fine") == std::string::npos);
        QVERIFY(overrideSentences(assessment).empty());
    }

    /// A stronger source takes the field over, an equal one replaces it, a weaker one stays beside it.
    void precedence()
    {
        const ContextSource rising[] = {ContextSource::Hint, ContextSource::Driver, ContextSource::Server,
                                        ContextSource::Trace, ContextSource::User};
        for (const ContextSource first : rising) {
            for (const ContextSource second : rising) {
                MeasurementContext context;
                context.set("tp", "4", first);
                context.set("tp", "8", second);
                const ContextField& field = *context.find("tp");
                QCOMPARE(*field.value, std::string(second >= first ? "8" : "4"));
                QCOMPARE(field.source, std::max(first, second));
                QCOMPARE(field.others.size(), std::size_t(first == second ? 0 : 1));
                const bool isDecided = field.source == ContextSource::User || first == second ||
                                       std::min(first, second) == ContextSource::Hint;
                QCOMPARE(field.contradiction() == nullptr, isDecided);
                if (!isDecided) {
                    QCOMPARE(field.contradiction()->value, std::string(second >= first ? "4" : "8"));
                    QCOMPARE(field.contradiction()->source, std::min(first, second));
                }
            }
        }
    }

    void contradictions()
    {
        MeasurementContext context;
        context.set("model", "GLM-5.1", ContextSource::Driver);
        context.set("model", "zai-org/GLM-5.1", ContextSource::Server);
        QVERIFY(!context.find("model")->contradiction()); // the same model
        context.set("concurrency", "1", ContextSource::Trace);
        context.set("concurrency", "2", ContextSource::Driver);
        context.set("concurrency", "4", ContextSource::Server);
        QCOMPARE(context.find("concurrency")->contradiction()->source, ContextSource::Server);
        context.set("concurrency", "2", ContextSource::User);
        QVERIFY(!context.find("concurrency")->contradiction());
        QCOMPARE(*context.find("concurrency")->value, std::string("2"));
        context.set("concurrency", "", ContextSource::User); // nothing is no statement
        QCOMPARE(*context.find("concurrency")->value, std::string("2"));
    }

private:
    /// Seven worked steps: gate 4 fails, and nothing else.
    Assessment assess(std::map<GateId, std::string> overrides)
    {
        if (!m_index) {
            LoopFile file;
            support::StepSpec step = support::workedStep();
            step.annotation.style = support::AnnotationStyle::VllmContext;
            file.loop.ranks = {support::rankLoop(0, {{step, 7, 0, {}}})};
            m_index = m_files.open(file);
        }
        AssessmentInput input;
        input.overrides = std::move(overrides);
        return assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), input);
    }

    LoopFiles m_files;
    std::shared_ptr<const TraceIndex> m_index;
};

QTEST_APPLESS_MAIN(TestOverrides)
#include "tst_overrides.moc"
