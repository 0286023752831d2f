#include "tests/cli/clirun.h"

#include "tests/support/closedform.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using stepscope::testing::CliRun;
using stepscope::testing::runCli;
namespace support = stepscope::testsupport;

/// `--driver FILE` as a user gives it, on the worked step: 13.1 ms, 2.11 tokens, TPOT 6.21 ms.
class TestDriverOption : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_trace = QString::fromStdString(
            support::writeClosedForm(support::workedStepCase(),
                                     m_folder.filePath(QStringLiteral("worked.sqlite")).toStdString())
                .front());
    }

    void benchServeAnswersTheGates()
    {
        const nlohmann::json json = budget(R"({"model_id": "org/model", "max_concurrency": 1, "completed": 1,
            "failed": 0, "mean_tpot_ms": 6.21, "spec_decode_acceptance_length": 2.11})");
        QCOMPARE(json["tpot_ms"].get<double>(), 6.21);
        QCOMPARE(json["tokens_per_step"].get<double>(), 2.11);
        const nlohmann::json& fields = json["context"]["fields"];
        for (const char* const key : {"model", "tpot_ms", "tokens_per_step"})
            QCOMPARE(fields[key]["source"].get<std::string>(), std::string("driver"));
        QCOMPARE(stateOf(json, 3), std::string("pass"));
        QCOMPARE(json["verdict"].get<std::string>(), std::string("host-bound"));
    }

    void whatIsTypedGoesFirst()
    {
        const nlohmann::json json = budget(R"({"mean_tpot_ms": 99, "completed": 1})",
                                           {QStringLiteral("--tpot"), QStringLiteral("6.21"),
                                            QStringLiteral("--tokens-per-step"), QStringLiteral("2.11")});
        QCOMPARE(json["tpot_ms"].get<double>(), 6.21);
        QCOMPARE(json["context"]["fields"]["tpot_ms"]["source"].get<std::string>(), std::string("user"));
        QCOMPARE(stateOf(json, 3), std::string("pass"));
    }

    void errorsWithholdTheVerdict()
    {
        const nlohmann::json json =
            budget(R"({"mean_tpot_ms": 6.21, "completed": 2, "failed": 1, "max_concurrency": 1})", {}, 2);
        QCOMPARE(stateOf(json, 1), std::string("fail"));
        QCOMPARE(json["verdict"].get<std::string>(), std::string("withheld"));
    }

    /// A file's name is data: it neither breaks a line nor reaches the terminal as a command.
    void hostileNamesAreHarmless()
    {
        const QString name = m_folder.filePath(QStringLiteral("a\x1b[31mred\n.txt"));
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "[clean-driver] model=m\x1b[1m c=1 max_tokens=500\n[clean-driver] round 1/1 http=503 t=0s\n");
        file.close();
        const CliRun run = runCli({QStringLiteral("budget"), m_trace, QStringLiteral("--driver"), name});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(!run.output.contains('\x1b'));
        QVERIFY2(run.output.contains("\\x1b[31mred\\x0a.txt tells of failed requests (1)"), run.output);
    }

    void badRecordsAreRefused()
    {
        const CliRun none = runCli({QStringLiteral("budget"), m_trace, QStringLiteral("--driver"),
                                    m_folder.filePath(QStringLiteral("none.json"))});
        QCOMPARE(none.exitCode, 1);
        QVERIFY(none.output.isEmpty() && none.errors.contains(QLatin1String("none.json does not exist")));
        const CliRun trace = runCli({QStringLiteral("budget"), m_trace, QStringLiteral("--driver"), m_trace});
        QCOMPARE(trace.exitCode, 1);
        QVERIFY(trace.errors.contains(QLatin1String("is no driver record")));
    }

    void badContextFilesAreRefused()
    {
        QFile file(m_folder.filePath(QStringLiteral("context.json")));
        for (const char* const content : {R"({"modle": "GLM"})", R"({"thresholds": {"host": 40}})", "[]"}) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
            file.close();
            const CliRun run =
                runCli({QStringLiteral("budget"), m_trace, QStringLiteral("--context"), file.fileName()});
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.errors.contains(QLatin1String("is no context file")), qPrintable(run.errors));
        }
    }

private:
    nlohmann::json budget(const char* record, const QStringList& more = {}, int exitCode = 0)
    {
        QFile file(m_folder.filePath(QStringLiteral("record.json")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(record);
        file.close();
        const CliRun run =
            runCli(QStringList{QStringLiteral("budget"), m_trace, QStringLiteral("--format"),
                               QStringLiteral("json"), QStringLiteral("--driver"), file.fileName()} +
                   more);
        if (run.exitCode != exitCode)
            qWarning("%d: %s", run.exitCode, qPrintable(run.errors));
        return run.json();
    }
    static std::string stateOf(const nlohmann::json& json, std::size_t gate)
    {
        return json["devices"][0]["gates"][gate]["state"].get<std::string>();
    }

    QTemporaryDir m_folder;
    QString m_trace;
};

QTEST_APPLESS_MAIN(TestDriverOption)
#include "tst_driveroption.moc"
