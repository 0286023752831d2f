#include "tests/cli/clirun.h"

#include "tests/support/closedform.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using stepscope::testing::CliRun;
using stepscope::testing::runCli;
namespace support = stepscope::testsupport;

/// What a user says of a trace on the command line, on the worked step: 13.11 ms, 2.11 tokens, TPOT 6.21 ms.
class TestStatedInput : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_trace = QString::fromStdString(
            support::writeClosedForm(support::workedStepCase(), path("worked.sqlite").toStdString()).front());
    }

    /// The captured round says whether the capture is right, the clean one whether it speaks for the server.
    void twoRoundsAnswerTwoQuestions()
    {
        const nlohmann::json json =
            verdict({"--tokens-per-step", "2.11", "--tpot", "5.0", "--tpot-profiled", "6.21"});
        const nlohmann::json& numbers = json["reconciliation"];
        QCOMPARE(numbers["against"].get<std::string>(), std::string("profiled round"));
        QVERIFY(std::abs(numbers["capture_error"].get<double>() - (13.11 / 2.11 / 6.21 - 1.0)) < 1e-9);
        QVERIFY(std::abs(numbers["slowdown"].get<double>() - 13.11 / 2.11 / 5.0) < 1e-9);
        QCOMPARE(json["verdict"].get<std::string>(), std::string("host-bound"));
        const nlohmann::json& robust = json["devices"][0]["verdict"]["robust"];
        // T* = 10.55 ms; all but the host's 11.4 ms is 1.71 ms
        QVERIFY(std::abs(robust["host_low_ns"].get<double>() - (10.55e6 - 1.71e6)) < 1.0);
        QVERIFY(std::abs(robust["host_high_ns"].get<double>() - 10.55e6) < 1.0);
        QVERIFY(robust["is_robust"].get<bool>());
    }

    void firstTokenIsTakenOut()
    {
        write("clean.txt",
              "[clean-driver] model=m c=1 max_tokens=100 rounds=1 start=x\n"
              "[clean-driver] round 1/1 http=200 t=0.7148s 139 tok/s, TPOT 7.15 ms/tok 12:00:00Z\n");
        const nlohmann::json with = verdict({"--driver", path("clean.txt"), "--tokens-per-step", "2.11"}, 2);
        QVERIFY(with["sentence"].get<std::string>().find("enter the time to first token to take it out") !=
                std::string::npos);
        QVERIFY(std::abs(with["tpot_ms"].get<double>() - 7.148) < 0.01);
        const nlohmann::json without =
            verdict({"--driver", path("clean.txt"), "--tokens-per-step", "2.11", "--ttft", "100"});
        QVERIFY(std::abs(without["tpot_ms"].get<double>() - (7.15 * 100.0 - 100.0) / 99.0) < 0.01);
    }

    void contextIsFilled()
    {
        write("serve.sh", "vllm serve zai-org/GLM-5.1 -tp 8 --max-num-seqs 64 --api-key sk-secret\n");
        write("context.json", R"({"kv_cache_dtype": "fp8", "tp": 4, "thresholds": {"host": 0.89}})");
        const nlohmann::json json =
            verdict({"--server-command", path("serve.sh"), "--context", path("context.json")});
        const nlohmann::json& fields = json["context"]["fields"];
        QCOMPARE(fields["max_num_seqs"]["value"].get<std::string>(), std::string("64"));
        QCOMPARE(fields["max_num_seqs"]["source"].get<std::string>(), std::string("server"));
        QCOMPARE(fields["kv_cache_dtype"]["source"].get<std::string>(), std::string("user"));
        QCOMPARE(fields["tp"]["value"].get<std::string>(), std::string("4")); // what is typed goes first
        QCOMPARE(fields["tp"]["others"][0]["value"].get<std::string>(), std::string("8"));
        QCOMPARE(json["devices"][0]["verdict"]["thresholds"]["host"].get<double>(), 0.89);
        QCOMPARE(json["verdict"].get<std::string>(), std::string("mixed, leaning host-bound"));
        QVERIFY(json.dump().find("sk-secret") == std::string::npos);
    }

    /// An override lets the verdict through; the gate stays failed, and every export carries the reason.
    void overrideIsCarried()
    {
        const QStringList wrong = {"--tpot", "12", "--tokens-per-step", "2.11"};
        QCOMPARE(verdict(wrong, 2)["verdict"].get<std::string>(), std::string("withheld"));
        const QStringList overridden = wrong + QStringList{"--override", "3=the driver ran elsewhere"};
        const nlohmann::json json = verdict(overridden);
        QCOMPARE(json["verdict"].get<std::string>(), std::string("host-bound"));
        QCOMPARE(json["devices"][0]["verdict"]["overridden_gates"].dump(), std::string("[3]"));
        QVERIFY(json["overrides"].dump().find("the driver ran elsewhere") != std::string::npos);

        const QString folder = path("out");
        const CliRun run = runCli(QStringList{"export", m_trace, "--out", folder} + overridden);
        QCOMPARE(run.exitCode, 0);
        for (const char* const name : {"budget.txt", "gates.csv", "context.csv"})
            QVERIFY2(contentOf(folder + QLatin1Char('/') + QLatin1String(name))
                         .contains("the driver ran elsewhere"),
                     name);
        const QByteArray gates = contentOf(folder + QStringLiteral("/gates.csv"));
        QVERIFY(gates.contains(",3,fail,tpot_error,fail,"));
    }

    void gatesListsEveryRow()
    {
        const CliRun text = runCli({"gates", m_trace});
        QCOMPARE(text.exitCode, 0);
        QVERIFY2(text.output.contains("enter the time per output token (TPOT)"), text.output);
        QVERIFY(text.output.indexOf("warn ") < text.output.indexOf("pass ")); // worst first
        const CliRun json = runCli({"gates", m_trace, "--format", "json"});
        QCOMPARE(json.json()["devices"][0]["gates"].size(), std::size_t{9});
        const CliRun csv = runCli({"gates", m_trace, "--format", "csv"});
        const QString folder = path("gatesout");
        QCOMPARE(runCli({"export", m_trace, "--out", folder}).exitCode, 0);
        QCOMPARE(csv.output, contentOf(folder + QStringLiteral("/gates.csv")));
    }

    void verdictIsSaidInWords()
    {
        const CliRun run = runCli({"verdict", m_trace, "--tpot", "6.21", "--tokens-per-step", "2.11"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.contains("host-bound: GPU 0 waits 11.40 of every 13.11 ms step for the host."),
                 run.output);
        QVERIFY(run.output.contains("host share 87.0 %, flips below 50 %"));
        QVERIFY(run.output.contains("cadence 13.110 ms / 2.11 tokens per step (typed) = 6.213 ms"));
    }

    void badInputIsRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("said");
        write("unknown.json", R"({"modle": "x"})");
        write("measured.json", R"({"tpot_ms": 6})");
        write("limit.json", R"({"thresholds": {"hots": 0.5}})");
        write("notjson.json", "{");
        write("prose.txt", "hello there");
        const auto row = [this](const char* name, const QStringList& words, const char* said) {
            QTest::newRow(name) << words << QString::fromUtf8(said);
        };
        row("no reason", {"--override", "3="}, "needs a gate and a reason");
        row("no gate", {"--override", "9=x"}, "needs a gate and a reason");
        row("not a number", {"--tpot-profiled", "abc"}, "--tpot-profiled needs a number above 0, not abc");
        row("below zero", {"--ttft", "-1"}, "--ttft needs a number above 0, not -1");
        row("unknown field", {"--context", path("unknown.json")},
            "it names a field that there is not, modle");
        row("measured field", {"--context", path("measured.json")},
            "it names a field that there is not, tpot_ms");
        row("unknown threshold", {"--context", path("limit.json")},
            "it names a threshold that there is not, hots");
        row("no JSON", {"--context", path("notjson.json")}, "notjson.json");
        row("no command", {"--server-command", path("prose.txt")}, "prose.txt");
        row("no such file", {"--driver-profiled", path("none.json")}, "none.json does not exist");
    }
    void badInputIsRefused()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, said);
        const CliRun run = runCli(QStringList{"verdict", m_trace} + words);
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.output.isEmpty());
        QVERIFY2(run.errors.contains(said), qPrintable(run.errors));
    }

    void verdictHasNoTable()
    {
        const CliRun run = runCli({"verdict", m_trace, "--format", "csv"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.errors.contains(QLatin1String("--format is text or json, not csv")));
    }

private:
    nlohmann::json verdict(const QStringList& words, int exitCode = 0)
    {
        const CliRun run = runCli(QStringList{"verdict", m_trace, "--format", "json"} + words);
        if (run.exitCode != exitCode)
            qFatal("%d: %s", run.exitCode, qPrintable(run.errors));
        return run.json();
    }
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    void write(const char* name, const char* content)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(content);
    }
    static QByteArray contentOf(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    QString m_trace;
};

QTEST_APPLESS_MAIN(TestStatedInput)
#include "tst_statedinput.moc"
