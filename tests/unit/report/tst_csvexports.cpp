#include "core/report/exportfiles.h"
#include "core/report/numbertext.h"

#include "core/gates/statedcontext.h"
#include "core/import/traceimporter.h"
#include "core/report/contextcsv.h"
#include "core/report/verdicttext.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"
#include "tests/support/stepbuilder.h"
#include "tests/unit/report/csvtable.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace stepscope;
using stepscope::testing::CsvTable;
namespace support = stepscope::testsupport;

namespace {

const std::vector<std::string> awkwardNames = {"void run<{lambda(int)#1}>(int, int)",
                                               "a \"quoted\" name, with commas",
                                               "line\nfeed and \r\n more",
                                               "=HYPERLINK(\"http://x\")",
                                               "+1",
                                               "@sum(A1)",
                                               "-minus"};

/// The worked step with a tail of kernels whose names break careless writers, each behind a gap of its own.
support::LoopDescription awkwardLoop(int ranks)
{
    support::StepSpec step = support::workedStep();
    for (const std::string& name : awkwardNames) {
        step.launches.push_back(support::eagerKernel(name, 40'000, 30'000));
        step.launches.back().lead = 12'000;
        step.launches.back().inStepRange = false;
    }
    step.annotation.style = support::AnnotationStyle::VllmContext;
    return support::replicated(support::rankLoop(0, {{step, 40, 0, {}}}), ranks, 1'600'000);
}

std::vector<std::string> contextOf(const CsvTable& table, std::size_t row)
{
    return {table.cell(row, "trace_sha256"), table.cell(row, "label"), table.cell(row, "window_start_ns"),
            table.cell(row, "window_end_ns")};
}

} // namespace

/// Every CSV of a report, read back: the sums that product.md and definitions.md promise, to the ns.
class TestCsvExports : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const bool nsys : {true, false}) {
            const support::GeneratedTrace trace = support::generateLoop(awkwardLoop(nsys ? 2 : 1));
            const std::string path =
                m_folder.filePath(nsys ? QStringLiteral("a,b.sqlite") : QStringLiteral("=c.json.gz"))
                    .toStdString();
            if (nsys)
                support::writeNsys(trace, path, {});
            else
                support::writeKineto(trace, path, {});
            NoProgress progress;
            auto imported = importTrace(path, progress);
            QVERIFY(imported);
            m_index[nsys] = *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                               KernelClassifier::standard(), progress);
        }
    }

    void init()
    {
        if (!QTest::currentDataTag())
            return;
        QFETCH(bool, nsys);
        QFETCH(bool, cut);
        const TraceIndex& index = *m_index.at(nsys);
        TimeRange window = index.automaticWindow(DeviceId(0));
        if (cut) // through a gap at either end
            window = {window.begin + Duration(4'444'441), window.end - Duration(3'333'337)};
        m_assessment = assessWindow(index, window, DeviceId(0), {});
        m_tables.clear();
        for (const ExportFile& file : exportFiles(m_assessment, index)) {
            if (QString::fromStdString(file.name).endsWith(QLatin1String(".csv")))
                m_tables.emplace(file.name, CsvTable(file.content));
        }
    }

    void wellFormedAndOfOneContext_data() { traces(); }
    void wellFormedAndOfOneContext()
    {
        QCOMPARE(m_tables.size(), std::size_t{5});
        QFETCH(bool, nsys);
        const std::vector<std::string> wanted = {
            m_index.at(nsys)->trace().capture().sha256.text(), "DRAFT",
            std::to_string(nanosecondsOf(m_assessment.analysis.window.begin)),
            std::to_string(nanosecondsOf(m_assessment.analysis.window.end))};
        for (const auto& [name, table] : m_tables) {
            QVERIFY2(table.fault().isEmpty(), qPrintable(table.fault()));
            QVERIFY2(table.rows() > 5, name.c_str());
            for (std::size_t row = 0; row < table.rows(); ++row)
                QCOMPARE(contextOf(table, row), wanted);
        }
    }

    void budgetClassesSumToTheCadence_data() { traces(); }
    void budgetClassesSumToTheCadence()
    {
        const CsvTable& budget = m_tables.at("budget.csv");
        std::map<std::string, std::int64_t> classes;
        std::map<std::string, std::int64_t> sum;
        std::map<std::string, std::int64_t> notCounted;
        for (std::size_t row = 0; row < budget.rows(); ++row) {
            const std::string& device = budget.cell(row, "device");
            const std::string& name = budget.cell(row, "class");
            (name == "sum"           ? sum
             : name == "not_counted" ? notCounted
                                     : classes)[device] += budget.number(row, "total_ns");
        }
        QFETCH(bool, nsys);
        QCOMPARE(classes.size(), std::size_t{nsys ? 2U : 1U});
        QCOMPARE(classes, sum);
        const std::int64_t window = m_assessment.analysis.window.duration().count();
        for (const auto& [device, total] : sum) {
            QVERIFY(total > 0);
            QCOMPARE(total + notCounted[device], window);
        }
    }

    /// Each step sums to its cadence; the clean ones inside the window sum to each class of budget.csv.
    void stepsSumToTheBudget_data() { traces(); }
    void stepsSumToTheBudget()
    {
        const CsvTable& steps = m_tables.at("steps.csv");
        const std::vector<std::string> busy = {"compute_ns", "exposed_comm_ns", "exposed_mem_ns",
                                               "graph_opaque_ns"};
        const std::vector<std::string> idle = steps.columns("idle_", "_ns");
        QCOMPARE(idle.size(), std::size_t{16});
        const std::int64_t begin = nanosecondsOf(m_assessment.analysis.window.begin);
        const std::int64_t end = nanosecondsOf(m_assessment.analysis.window.end);
        std::map<std::pair<std::string, std::string>, std::int64_t> totals;
        for (std::size_t row = 0; row < steps.rows(); ++row) {
            std::int64_t sum = 0;
            for (const auto* columns : {&busy, &idle}) {
                for (const std::string& column : *columns)
                    sum += steps.number(row, column);
            }
            QCOMPARE(sum, steps.number(row, "cadence_ns"));
            const std::int64_t from = steps.number(row, "start_ns");
            if (steps.cell(row, "kind") != "decode" || from < begin ||
                from + steps.number(row, "cadence_ns") > end)
                continue;
            for (const auto* columns : {&busy, &idle}) {
                for (const std::string& column : *columns)
                    totals[{steps.cell(row, "device"), column}] += steps.number(row, column);
            }
            totals[{steps.cell(row, "device"), "sum_ns"}] += steps.number(row, "cadence_ns");
        }
        const CsvTable& budget = m_tables.at("budget.csv");
        std::size_t compared = 0;
        for (std::size_t row = 0; row < budget.rows(); ++row) {
            if (budget.cell(row, "class") == "not_counted")
                continue;
            const auto total = totals.at({budget.cell(row, "device"), budget.cell(row, "class") + "_ns"});
            QCOMPARE(total, budget.number(row, "total_ns"));
            ++compared;
        }
        QVERIFY(compared >= 12);
    }

    /// The owners of each gap sum to it, and all gaps with what the window cuts sum to its idle time.
    void gapsSumToTheIdleTime_data() { traces(); }
    void gapsSumToTheIdleTime()
    {
        const CsvTable& gaps = m_tables.at("gaps.csv");
        const std::vector<std::string> owners = gaps.columns("idle_", "_ns");
        QCOMPARE(owners, m_tables.at("steps.csv").columns("idle_", "_ns"));
        std::map<std::string, std::int64_t> sums;
        for (std::size_t row = 0; row < gaps.rows(); ++row) {
            std::int64_t sum = 0;
            for (const std::string& owner : owners)
                sum += gaps.number(row, owner);
            QCOMPARE(sum, gaps.number(row, "dur_ns"));
            sums[gaps.cell(row, "device")] += sum;
            const double untraced = static_cast<double>(gaps.number(row, "idle_untraced_ns")) /
                                    static_cast<double>(gaps.number(row, "dur_ns"));
            QCOMPARE(gaps.cell(row, "untraced_share"), fixed(untraced, 6));
        }
        QFETCH(bool, nsys);
        QFETCH(bool, cut);
        const TraceIndex& index = *m_index.at(nsys);
        for (std::size_t device = 0; device < index.devices().size(); ++device) {
            const DeviceWindow& numbers = m_assessment.analysis.devices[device];
            const Duration idle =
                m_assessment.analysis.window.duration() -
                index.devices()[device].occupancy.busy().coveredIn(m_assessment.analysis.window);
            const std::int64_t whole = sums.at(std::to_string(index.trace().devices()[device].key));
            QCOMPARE(whole + numbers.clippedIdle.count(), idle.count());
            if (cut)
                QVERIFY(numbers.clippedIdle > Duration::zero());
        }
    }

    /// Boundary gaps end a step; what a gap stands between is what the table of operations says.
    void gapsSayWhatIsAroundThem_data() { traces(); }
    void gapsSayWhatIsAroundThem()
    {
        QFETCH(bool, nsys);
        const Trace& trace = m_index.at(nsys)->trace();
        const ActivityTable& work = trace.devices().front().activities;
        const CsvTable& gaps = m_tables.at("gaps.csv");
        std::multiset<std::string> boundaries;
        std::set<std::string> after;
        std::size_t waited = 0;
        for (std::size_t row = 0; row < gaps.rows(); ++row) {
            after.insert(gaps.cell(row, "next_op"));
            if (gaps.cell(row, "kind") == "boundary")
                boundaries.insert(gaps.cell(row, "device"));
            waited += gaps.cell(row, "blocking_api").empty() ? 0U : 1U;
            if (gaps.cell(row, "device") != std::to_string(trace.devices().front().key))
                continue;
            checkAround(trace, work, gaps, row);
        }
        for (const std::string& name : awkwardNames) {
            const bool isFormula = std::string("=+-@").find(name.front()) != std::string::npos;
            QVERIFY2(after.count(isFormula ? "'" + name : name) == 1, name.c_str());
        }
        const DeviceWindow& numbers = m_assessment.referenceWindow();
        const std::size_t whole = numbers.lastStep - numbers.firstStep;
        const std::size_t found = boundaries.count(std::to_string(trace.devices().front().key));
        QVERIFY2(found >= whole && found <= whole + 1, qPrintable(QString::number(found)));
        QVERIFY(waited >= whole); // each step ends in a cudaStreamSynchronize
    }

    void gatesAndContextAreComplete_data() { traces(); }
    void gatesAndContextAreComplete()
    {
        const CsvTable& gates = m_tables.at("gates.csv");
        std::vector<std::int64_t> numbers;
        for (std::size_t row = 0; row < gates.rows(); ++row) {
            if (gates.cell(row, "device") == gates.cell(0, "device") &&
                (numbers.empty() || numbers.back() != gates.number(row, "gate")))
                numbers.push_back(gates.number(row, "gate"));
            if (gates.cell(row, "state") == "unknown")
                QVERIFY(gates.cell(row, "value").empty());
        }
        QCOMPARE(numbers, (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));

        const CsvTable& context = m_tables.at("context.csv");
        std::map<std::string, std::pair<std::string, std::string>> fields;
        for (std::size_t row = 0; row < context.rows(); ++row)
            fields[context.cell(row, "field")] = {context.cell(row, "value"), context.cell(row, "source")};
        using Cell = std::pair<std::string, std::string>;
        QCOMPARE(fields.at("model"), (Cell{"", "unknown"}));
        QCOMPARE(fields.at("hardware"), (Cell{"NVIDIA B200", "trace"}));
        QCOMPARE(fields.at("engine"), (Cell{"vLLM", "trace"}));
        QCOMPARE(fields.at("concurrency"), (Cell{"1", "trace"}));
        QCOMPARE(fields.at("threshold.verdict.host"), (Cell{"0.500000", "default"}));
        QFETCH(bool, nsys);
        QCOMPARE(fields.at("trace_file").first, std::string(nsys ? "a,b.sqlite" : "'=c.json.gz"));
        for (const ContextField& field : m_assessment.context.fields()) {
            QVERIFY(fields.count(field.key) == 1);
            QCOMPARE(fields.at(field.key).first.empty(), fields.at(field.key).second == "unknown");
        }
    }

    void aKnownCeilingComesWithItsFigure()
    {
        const TraceIndex& index = *m_index.at(true);
        const auto rowsOf = [&index](const std::string& key) {
            AssessmentInput input;
            stateField(input, "ceiling_key", key);
            const Assessment assessment =
                assessWindow(index, index.automaticWindow(DeviceId(0)), DeviceId(0), input);
            const CsvTable table(contextCsv(assessment, index));
            std::map<std::string, std::string> rows;
            for (std::size_t row = 0; row < table.rows(); ++row) {
                if (table.cell(row, "field").starts_with("ceiling."))
                    rows[table.cell(row, "field")] = table.cell(row, "value");
            }
            return rows;
        };
        const auto known = rowsOf("b200.memory");
        QCOMPARE(known.size(), std::size_t{4});
        QCOMPARE(known.at("ceiling.quantity"), std::string("memory bandwidth"));
        QCOMPARE(known.at("ceiling.value"), std::string("8000.0"));
        QCOMPARE(known.at("ceiling.unit"), std::string("GB/s"));
        QVERIFY(known.at("ceiling.source").starts_with("NVIDIA DGX B200"));
        QVERIFY(rowsOf("my own").empty());
        QVERIFY(rowsOf("").empty());
    }

private:
    static void traces()
    {
        QTest::addColumn<bool>("nsys");
        QTest::addColumn<bool>("cut");
        QTest::newRow("nsys, two devices") << true << false;
        QTest::newRow("nsys, cut through gaps") << true << true;
        QTest::newRow("kineto") << false << false;
        QTest::newRow("kineto, cut through gaps") << false << true;
    }

    /// Against a plain walk over all operations.
    static void checkAround(const Trace& trace, const ActivityTable& work, const CsvTable& gaps,
                            std::size_t row)
    {
        const auto plain = [](const std::string& cell) {
            return cell.starts_with('\'') ? cell.substr(1) : cell;
        };
        const TimePoint begin = timePointAt(gaps.number(row, "start_ns"));
        const TimePoint end = begin + Duration(gaps.number(row, "dur_ns"));
        bool isBefore = false;
        bool isAfter = false;
        for (std::size_t operation = 0; operation < work.size(); ++operation) {
            const std::string name(trace.name(work.name(operation)));
            isBefore = isBefore || (work.end(operation) == begin && name == plain(gaps.cell(row, "prev_op")));
            if (work.begin(operation) != end || name != plain(gaps.cell(row, "next_op")))
                continue;
            isAfter = true;
            const std::size_t call = work.launch(operation).value();
            QCOMPARE(gaps.number(row, "launch_start_ns"), nanosecondsOf(trace.calls().begin(call)));
            QCOMPARE(gaps.number(row, "launch_end_ns"), nanosecondsOf(trace.calls().end(call)));
            QCOMPARE(gaps.cell(row, "launch_api"), std::string(trace.name(trace.calls().name(call))));
            QCOMPARE(gaps.cell(row, "prequeued") == "1", trace.calls().end(call) <= begin);
        }
        QVERIFY(isBefore && isAfter);
    }

    QTemporaryDir m_folder;
    std::map<bool, std::shared_ptr<const TraceIndex>> m_index;
    Assessment m_assessment;
    std::map<std::string, CsvTable> m_tables;
};

QTEST_APPLESS_MAIN(TestCsvExports)
#include "tst_csvexports.moc"
