#include "tests/cli/clirun.h"

#include "tests/support/closedform.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using stepscope::testing::CliRun;
using stepscope::testing::runCli;
namespace support = stepscope::testsupport;

namespace {

using Json = nlohmann::json;

} // namespace

/// `steps` and `gaps` as a user runs them: their options, their exit codes, what they print of a real trace.
class TestListCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_trace = QString::fromStdString(
            support::writeClosedForm(support::prefillFirstCase(),
                                     m_folder.filePath(QStringLiteral("prefill.json.gz")).toStdString())
                .front());
    }

    void badWordsAreRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* words, const char* fault) {
            QTest::newRow(words) << QString::fromLatin1(words).split(u' ') << QString::fromLatin1(fault);
        };
        row("steps", "needs a trace");
        row("steps TRACE --window 2:1", "--window is auto, all or two times");
        row("steps TRACE --window", "--window needs a value");
        row("steps TRACE --format xml", "--format is text, json or csv, not xml");
        row("steps TRACE --device 7", "the trace has no device 7");
        row("steps TRACE --device x", "--device needs a number, not x");
        row("steps TRACE --top 3", "unknown option --top");
        row("steps TRACE --tpot 3", "unknown option --tpot");
        row("gaps", "needs a trace");
        row("gaps TRACE --top 0", "--top is a number above 0 or all, not 0");
        row("gaps TRACE --top -3", "--top is a number above 0 or all, not -3");
        row("gaps TRACE --top 3.5", "--top is a number above 0 or all, not 3.5");
        row("gaps TRACE --top 99999999999999999999999", "--top is a number above 0 or all");
        row("gaps TRACE --top 3 --format csv", "the csv holds every gap");
        row("gaps TRACE --strict", "unknown option --strict");
    }
    void badWordsAreRefused()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, fault);
        words.replaceInStrings(QStringLiteral("TRACE"), m_trace);
        const CliRun run = runCli(words);
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.output.isEmpty());
        QVERIFY2(run.errors.startsWith(QStringLiteral("stepscope-cli %1: ").arg(words.front())) &&
                     run.errors.contains(fault),
                 qPrintable(run.errors));
        QVERIFY(run.errors.contains(QStringLiteral("usage: stepscope-cli %1 TRACE ").arg(words.front())));
    }

    void ranksOfOneRecordingAreOneTrace()
    {
        QStringList words = {QStringLiteral("steps")};
        for (const std::string& path : support::writeClosedForm(
                 support::eightRanksCase(), m_folder.filePath(QStringLiteral("eight.json.gz")).toStdString()))
            words += QString::fromStdString(path);
        QCOMPARE(words.size(), 9);
        const CliRun run = runCli(words + QStringList{QStringLiteral("--device"), QStringLiteral("7")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.contains("rank 7, GPU "), run.output.constData());
        const CliRun twice = runCli({words[0], words[1], words[1]});
        QCOMPARE(twice.exitCode, 1);
        QVERIFY2(twice.errors.contains(QStringLiteral("is a copy of")), qPrintable(twice.errors));
    }

    /// The verdict of the whole trace of case 4 is withheld; a list is a list all the same.
    void listsGiveNoVerdict()
    {
        for (const char* verb : {"steps", "gaps"}) {
            for (const char* format : {"text", "json", "csv"}) {
                const CliRun run = runVerb(verb, {QStringLiteral("--window"), QStringLiteral("all"),
                                                  QStringLiteral("--format"), QLatin1String(format)});
                QCOMPARE(run.exitCode, 0);
                QVERIFY(run.errors.isEmpty() && !run.output.isEmpty());
            }
        }
        const QString help = QString::fromUtf8(runCli({QStringLiteral("--help")}).output);
        QVERIFY(help.contains(QLatin1String("stepscope-cli steps TRACE [")) &&
                help.contains(QLatin1String("stepscope-cli gaps TRACE [")));
    }

    void unreadableAndUnwritable()
    {
        for (const QString& verb : {QStringLiteral("steps"), QStringLiteral("gaps")}) {
            const CliRun none = runCli({verb, m_folder.filePath(QStringLiteral("none.json"))});
            QCOMPARE(none.exitCode, 1);
            QVERIFY(none.output.isEmpty() && !none.errors.isEmpty());
            if (QFile::exists(QStringLiteral("/dev/full")))
                QCOMPARE(runCli({verb, m_trace}, QStringLiteral("/dev/full")).exitCode, 1);
        }
    }

    /// The default is the suggested window, as for `budget`; the CSV is that of an export of the same window.
    void csvIsThatOfAnExport_data()
    {
        QTest::addColumn<QStringList>("window");
        QTest::newRow("automatic") << QStringList();
        QTest::newRow("whole trace") << QStringList{QStringLiteral("--window"), QStringLiteral("all")};
        QTest::newRow("through gaps")
            << QStringList{QStringLiteral("--window"), QStringLiteral("2100ms:2.4s")};
    }
    void csvIsThatOfAnExport()
    {
        QFETCH(QStringList, window);
        const QTemporaryDir folder;
        const int code =
            runCli(QStringList{QStringLiteral("export"), m_trace, QStringLiteral("--out"), folder.path()} +
                   window)
                .exitCode;
        QVERIFY(code == 0 || code == 2);
        for (const char* verb : {"steps", "gaps"}) {
            QFile file(folder.filePath(QLatin1String(verb) + QStringLiteral(".csv")));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray exported = file.readAll();
            QVERIFY(exported.count('\n') > 10);
            QCOMPARE(
                runVerb(verb, QStringList{QStringLiteral("--format"), QStringLiteral("csv")} + window).output,
                exported);
        }
    }

    void topLimitsTheList()
    {
        const auto listed = [this](const QStringList& options) {
            const Json json =
                runVerb("gaps", QStringList{QStringLiteral("--format"), QStringLiteral("json")} + options)
                    .json();
            return json["devices"].at(0)["gaps"].size();
        };
        QCOMPARE(listed({}), std::size_t{20});
        QCOMPARE(listed({QStringLiteral("--top"), QStringLiteral("3")}), std::size_t{3});
        QVERIFY(listed({QStringLiteral("--top=all")}) > 90);
    }

    /// A real capture of 100 annotated steps: the engine's count with its annotations and without.
    void stepsOfARealCapture()
    {
        const QString folder = QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/h100");
        if (!QDir(folder).exists())
            QSKIP("the H100 captures (../shared/traces/h100) are not on this machine");
        const std::string name = "a2_graph_hostbound.json.gz";
        std::ifstream file((folder + QStringLiteral("/ground_truth.json")).toStdString());
        const auto expected = Json::parse(file)["files"][name]["under_profiler"]["steps"].get<std::size_t>();
        QCOMPARE(expected, std::size_t{100});
        const QString trace = folder + u'/' + QString::fromStdString(name);
        for (const QStringList& options : {QStringList(), {QStringLiteral("--no-annotations")}}) {
            const QStringList words = QStringList{QStringLiteral("steps"), trace, QStringLiteral("--window"),
                                                  QStringLiteral("all")} +
                                      options;
            const Json device =
                runCli(words + QStringList{QStringLiteral("--format"), QStringLiteral("json")})
                    .json()["devices"]
                    .at(0);
            QCOMPARE(device["boundaries"].get<std::size_t>(), expected);
            QCOMPARE(device["source"].get<std::string>(),
                     std::string(options.isEmpty() ? "annotations" : "operation"));
            QCOMPARE(device["is_weak"].get<bool>(), false);
            std::size_t whole = 0;
            for (const Json& step : device["steps"])
                whole += step["kind"] == "edge" ? 0U : 1U;
            QVERIFY(whole == expected - 1 || whole == expected); // with a lead-in that is a step
            const QString text = QString::fromUtf8(runCli(words).output);
            QVERIFY2(text.contains(QStringLiteral(": 100 boundaries, median cadence 6.")), qPrintable(text));
        }
    }

private:
    CliRun runVerb(const char* verb, const QStringList& options) const
    {
        return runCli(QStringList{QLatin1String(verb), m_trace} + options);
    }

    QTemporaryDir m_folder;
    QString m_trace;
};

QTEST_GUILESS_MAIN(TestListCommands)
#include "tst_listcommands.moc"
