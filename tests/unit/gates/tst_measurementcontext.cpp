#include "core/gates/measurementcontext.h"

#include "core/import/traceimporter.h"
#include "core/report/budgetreport.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"
#include "tests/support/stepbuilder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

/// What fills itself from the trace, and what stays unknown: nothing is guessed.
class TestMeasurementContext : public QObject {
    Q_OBJECT

private slots:
    void fromTheTrace_data()
    {
        QTest::addColumn<int>("style");
        QTest::addColumn<bool>("nsys");
        QTest::addColumn<QString>("engine");
        const auto row = [](const char* name, support::AnnotationStyle style, const char* engine) {
            QTest::addRow("%s, nsys", name) << static_cast<int>(style) << true << QString::fromUtf8(engine);
            QTest::addRow("%s, kineto", name)
                << static_cast<int>(style) << false << QString::fromUtf8(engine);
        };
        row("vLLM", support::AnnotationStyle::VllmContext, "vLLM");
        row("vLLM, detailed", support::AnnotationStyle::VllmDetailed, "vLLM");
        row("SGLang", support::AnnotationStyle::Sglang, "SGLang");
        row("torch's own schedule", support::AnnotationStyle::ProfilerStep, "");
        row("none", support::AnnotationStyle::None, "");
    }
    void fromTheTrace()
    {
        QFETCH(int, style);
        QFETCH(bool, nsys);
        QFETCH(QString, engine);
        support::StepSpec step = support::workedStep();
        step.annotation.style = static_cast<support::AnnotationStyle>(style);
        step.annotation.genRequests = 4;
        step.annotation.genTokens = 4;
        const auto index = open(support::replicated(support::rankLoop(0, {{step, 30, 0, {}}}), 2, 0), nsys);
        const MeasurementContext context = contextFromTrace(*index);
        QCOMPARE(valueOf(context, "hardware"), QStringLiteral("NVIDIA B200"));
        QCOMPARE(valueOf(context, "engine"), engine);
        const bool hasBatch = !engine.isEmpty();
        QCOMPARE(valueOf(context, "concurrency"), hasBatch ? QStringLiteral("4") : QString());
        QCOMPARE(valueOf(context, "cudagraph_mode"), QStringLiteral("FULL"));
        QCOMPARE(valueOf(context, "world_size"), nsys ? QString() : QStringLiteral("2"));
        for (const char* unknown : {"model", "tp", "dp", "quantisation", "engine_version", "baseline"})
            QCOMPARE(valueOf(context, unknown), QString());
        for (const ContextField& field : context.fields())
            QCOMPARE(field.value.has_value(), field.source != ContextSource::Unknown);
    }

    void typedNumbersAreTheUsers()
    {
        const auto index =
            open(support::replicated(support::rankLoop(0, {{support::workedStep(), 30, 0, {}}}), 1, 0), true);
        DriverNumbers driver;
        driver.clean.tpotMilliseconds = 6.21;
        driver.clean.tokensPerStep = 2.11;
        const MeasurementContext context = contextOf(*index, {driver});
        QCOMPARE(valueOf(context, "tpot_ms"), QStringLiteral("6.21"));
        QCOMPARE(valueOf(context, "tokens_per_step"), QStringLiteral("2.11"));
        QCOMPARE(context.find("tpot_ms")->source, ContextSource::User);
        QVERIFY(!contextFromTrace(*index).find("tpot_ms")->value);
    }

    void completeOnlyWithEveryRequiredField()
    {
        MeasurementContext context;
        QCOMPARE(context.missingCount(), context.requiredCount());
        QCOMPARE(labelOf(context), "DRAFT");
        std::vector<std::string> required;
        for (const ContextField& field : context.fields()) {
            if (field.isRequired)
                required.emplace_back(field.key);
        }
        QVERIFY(required.size() >= 30);
        for (std::size_t i = 0; i < required.size(); ++i) {
            QVERIFY(!context.isComplete());
            context.set(required[i], "x",
                        i + 1 == required.size() ? ContextSource::Hint : ContextSource::User);
        }
        QVERIFY(!context.isComplete()); // an assumption fills nothing
        context.set(required.back(), "", ContextSource::User);
        context.set("no such field", "x", ContextSource::User);
        QCOMPARE(context.missingCount(), std::size_t{1});
        context.set(required.back(), "x", ContextSource::User);
        QCOMPARE(labelOf(context), "VERDICT");
    }

private:
    static QString valueOf(const MeasurementContext& context, const char* key)
    {
        const ContextField* const field = context.find(key);
        if (!field)
            qFatal("no field %s", key);
        return QString::fromStdString(field->value.value_or(""));
    }

    std::shared_ptr<const TraceIndex> open(const support::LoopDescription& loop, bool nsys)
    {
        const support::GeneratedTrace trace = support::generateLoop(loop);
        const std::string path = m_folder.filePath(QStringLiteral("trace%1").arg(++m_files)).toStdString();
        support::KinetoOptions options;
        options.rank = 0;
        if (nsys)
            support::writeNsys(trace, path, {});
        else
            support::writeKineto(trace, path, options);
        NoProgress progress;
        auto imported = importTrace(path, progress);
        if (!imported)
            qFatal("%s", imported.error().detail.c_str());
        return *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                  KernelClassifier::standard(), progress);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestMeasurementContext)
#include "tst_measurementcontext.moc"
