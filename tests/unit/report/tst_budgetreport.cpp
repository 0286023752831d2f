#include "core/report/budgetreport.h"

#include "core/import/traceimporter.h"
#include "core/report/csvcell.h"
#include "core/report/gatescsv.h"
#include "core/report/numbertext.h"
#include "core/report/stepscsv.h"
#include "core/report/translatable.h"
#include "core/report/verdicttext.h"
#include "tests/support/closedform.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

#include <nlohmann/json.hpp>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

QStringList csvLines(const std::string& csv)
{
    return QString::fromStdString(csv).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
}

} // namespace

/// What leaves the program: the same numbers in text, JSON and CSV, with their context.
class TestBudgetReport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto closedForm = support::exposedCommCase();
        const std::string path = m_folder.filePath(QStringLiteral("comm.json.gz")).toStdString();
        NoProgress progress;
        auto imported = importTrace(support::writeClosedForm(closedForm, path).front(), progress);
        QVERIFY(imported);
        m_index = *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                     KernelClassifier::standard(), progress);
        DriverNumbers driver;
        driver.clean.tokensPerStep = 2.0;
        m_assessment = assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), {driver});
    }

    /// The class rows of the CSV sum to the row `sum`, to the ns; rows and header have the same columns.
    void csvSums()
    {
        const QStringList lines = csvLines(budgetCsv(m_assessment, *m_index));
        const QStringList header = lines.front().split(u',');
        QCOMPARE(header.mid(0, 6).join(u','),
                 QStringLiteral("trace_sha256,label,device,rank,window_start_ns,window_end_ns"));
        const qsizetype classColumn = header.indexOf(QStringLiteral("class"));
        const qsizetype totalColumn = header.indexOf(QStringLiteral("total_ns"));
        const qsizetype meanColumn = header.indexOf(QStringLiteral("mean_ms_per_step"));
        const qsizetype tokenColumn = header.indexOf(QStringLiteral("ms_per_token"));
        qint64 classes = 0;
        qint64 sum = -1;
        for (const QString& line : lines.mid(1)) {
            const QStringList cells = line.split(u',');
            QCOMPARE(cells.size(), header.size());
            QCOMPARE(cells[0].size(), qsizetype{64});
            QCOMPARE(cells[1], QStringLiteral("DRAFT"));
            if (cells[classColumn] == QLatin1String("sum")) {
                sum = cells[totalColumn].toLongLong();
                QVERIFY(std::abs(cells[meanColumn].toDouble() - 2.0 * cells[tokenColumn].toDouble()) < 2e-6);
            } else if (cells[classColumn] != QLatin1String("not_counted")) {
                classes += cells[totalColumn].toLongLong();
            }
        }
        QCOMPARE(classes, sum);
        QCOMPARE(sum, m_assessment.referenceWindow().budget.cadence.total.count());
    }

    /// Each step's classes sum to its cadence; the clean ones inside the window sum to the budget.
    void stepsSumToTheBudget()
    {
        const QStringList lines = csvLines(stepsCsv(m_assessment, *m_index));
        const QStringList header = lines.front().split(u',');
        const auto column = [&header](const char* name) { return header.indexOf(QString::fromLatin1(name)); };
        qint64 compute = 0;
        qint64 cadence = 0;
        for (const QString& line : lines.mid(1)) {
            const QStringList cells = line.split(u',');
            QCOMPARE(cells.size(), header.size());
            const auto value = [&](const char* name) { return cells[column(name)].toLongLong(); };
            QCOMPARE(value("compute_ns") + value("exposed_comm_ns") + value("exposed_mem_ns") +
                         value("graph_opaque_ns") + value("idle_ns"),
                     value("cadence_ns"));
            QCOMPARE(value("union_busy_ns") + value("idle_ns"), value("cadence_ns"));
            qint64 idle = 0;
            for (qsizetype i = column("idle_ns") + 1; i < column("largest_gap_ns"); ++i)
                idle += cells[i].toLongLong();
            QCOMPARE(idle, value("idle_ns"));
            QVERIFY(value("gpu_first_ns") >= value("start_ns"));
            QVERIFY(value("gpu_ops") > 0);
            if (cells[column("kind")] == QLatin1String("decode")) {
                compute += value("compute_ns");
                cadence += value("cadence_ns");
            }
        }
        const StepBudget& budget = m_assessment.referenceWindow().budget;
        QCOMPARE(compute, budget.of(TimeClass::Compute).total.count());
        QCOMPARE(cadence, budget.cadence.total.count());
    }

    void gatesHaveARowPerEvidence()
    {
        const QStringList lines = csvLines(gatesCsv(m_assessment, *m_index));
        qsizetype evidence = 0;
        for (const GateResult& gate : m_assessment.referenceGates())
            evidence += static_cast<qsizetype>(gate.evidence.size());
        QCOMPARE(lines.size() - 1, evidence);
        for (const QString& line : lines)
            QCOMPARE(line.count(u','), lines.front().count(u','));
    }

    void jsonHoldsTheSameNumbers()
    {
        const nlohmann::json json = nlohmann::json::parse(budgetJson(m_assessment, *m_index));
        const nlohmann::json& device = json["devices"].at(0);
        std::int64_t classes = 0;
        for (const auto& [name, line] : device["budget"]["classes"].items())
            classes += line["total_ns"].get<std::int64_t>();
        QCOMPARE(classes, device["budget"]["sum"]["total_ns"].get<std::int64_t>());
        std::int64_t window = 0;
        for (const auto& [name, time] : device["window"].items())
            window += time.get<std::int64_t>();
        QCOMPARE(window,
                 json["window_end_ns"].get<std::int64_t>() - json["window_start_ns"].get<std::int64_t>());
        QCOMPARE(json["verdict"].get<std::string>(), std::string("comm-bound"));
        QCOMPARE(json["sha256"].get<std::string>(), m_index->trace().capture().sha256.text());
    }

    void textCarriesItsContext()
    {
        const QString text = QString::fromStdString(budgetText(m_assessment, *m_index));
        for (const char* part :
             {"comm.json.gz", "shape only", "sha256 ", "DRAFT", "COMM-BOUND", "exposed comm", "step cadence",
              "not counted:", "ms/token", "Capture quality"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        for (const QString& line : text.split(u'\n'))
            QVERIFY2(!line.contains(QLatin1String("%1")), qPrintable(line));
    }

    /// Who reads the text alone must see that the file was cut.
    void damageIsSaid()
    {
        const std::string path = m_folder.filePath(QStringLiteral("cut.json")).toStdString();
        support::KinetoOptions options;
        options.gzip = false;
        const support::GeneratedTrace whole = support::generateLoop(support::workedStepCase().loop);
        support::writeKineto(whole, path, options);
        std::filesystem::resize_file(path, std::filesystem::file_size(path) * 9 / 10);
        NoProgress progress;
        auto imported = importTrace(path, progress);
        QVERIFY(imported);
        const auto index = *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                              KernelClassifier::standard(), progress);
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {});
        const QString text = QString::fromStdString(budgetText(assessment, *index));
        QVERIFY2(text.contains(QLatin1String("\nimport: ")), qPrintable(text));
        const nlohmann::json json = nlohmann::json::parse(budgetJson(assessment, *index));
        QCOMPARE(json["import_log"].at(0)["code"].get<std::string>(), std::string("truncated_json"));
    }

    void cellsAndNumbers()
    {
        QCOMPARE(csvText("plain"), std::string("plain"));
        QCOMPARE(csvText("=1+1"), std::string("'=1+1"));
        QCOMPARE(csvText("-x"), std::string("'-x"));
        QCOMPARE(csvText("a,b\"c"), std::string("\"a,b\"\"c\""));
        QCOMPARE(fixed(-0.0004, 2), std::string("0.00"));
        QCOMPARE(fixed(1.0 / 0.0, 2), std::string("n/a"));
        QCOMPARE(milliseconds(Duration(13'110'000)), std::string("13.110"));
        QCOMPARE(shortDuration(Duration(842)), std::string("842 ns"));
        QCOMPARE(shortDuration(Duration(999'600)), std::string("1.00 ms"));
        QCOMPARE(shortDuration(Duration(12'345)), std::string("12.3 µs"));
        QCOMPARE(shortDuration(Duration(4'210'000)), std::string("4.21 ms"));
        QCOMPARE(fillIn("%2 and %1 of %3", {"a", "%1"}), std::string("%1 and a of %3"));
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const TraceIndex> m_index;
    Assessment m_assessment;
};

QTEST_APPLESS_MAIN(TestBudgetReport)
#include "tst_budgetreport.moc"
