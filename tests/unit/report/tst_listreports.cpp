#include "core/report/gapsreport.h"
#include "core/report/stepsreport.h"

#include "core/import/traceimporter.h"
#include "core/report/gapscsv.h"
#include "core/report/numbertext.h"
#include "core/report/stepscsv.h"
#include "tests/support/closedform.h"
#include "tests/support/stepbuilder.h"
#include "tests/unit/report/csvtable.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

#include <nlohmann/json.hpp>

using namespace stepscope;
using stepscope::testing::CsvTable;
namespace support = stepscope::testsupport;

namespace {

using Json = nlohmann::json;

std::int64_t number(const Json& json, const char* key)
{
    return json.at(key).get<std::int64_t>();
}

std::int64_t sumOf(const Json& times)
{
    std::int64_t sum = 0;
    for (const Json& time : times)
        sum += time.get<std::int64_t>();
    return sum;
}

/// The rows of one device, in their order.
std::vector<std::size_t> rowsOf(const CsvTable& table, const Json& device)
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.number(row, "device") == number(device, "device"))
            rows.push_back(row);
    }
    return rows;
}

/// "12.345678" as ns, from its digits.
std::int64_t nanosecondsOf(const QString& milliseconds)
{
    return QString(milliseconds).remove(u'.').toLongLong();
}

} // namespace

/// Steps and gaps as text, JSON and CSV: one set of numbers, and the sums that are promised, to the ns.
class TestListReports : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        support::ClosedFormCase prefill = support::prefillFirstCase();
        support::annotate(prefill.loop, support::AnnotationStyle::VllmContext);
        open("prefill, kineto", prefill, ".json.gz");
        open("ranks, nsys", support::eightRanksCase(), ".sqlite");
        open("graph level, nsys", support::graphLevelCase(), ".sqlite");
        support::ClosedFormCase hostile = support::workedStepCase();
        support::StepSpec& step = hostile.loop.ranks.front().segments.front().step;
        step.launches.push_back(support::eagerKernel("\x1b[31mred\nline \xe2\x80\xae", 40'000, 30'000));
        step.launches.back().lead = 12'000;
        open("hostile name, nsys", hostile, ".sqlite");
    }

    void init()
    {
        if (!QTest::currentDataTag())
            return;
        QFETCH(QString, trace);
        QFETCH(QString, window);
        m_index = m_traces.at(trace);
        TimeRange range = m_index->automaticWindow(DeviceId(0));
        if (window == QLatin1String("whole"))
            range = m_index->device(DeviceId(0)).occupancy.busy().extent();
        else if (window == QLatin1String("cut")) // through a gap at either end
            range = {range.begin + Duration(4'444'441), range.end - Duration(3'333'337)};
        m_assessment = assessWindow(*m_index, range, DeviceId(0), {});
    }

    void stepsAgree_data() { traces(); }
    void stepsAgree()
    {
        const CsvTable csv(stepsCsv(m_assessment, *m_index));
        const Json json = Json::parse(stepsJson(m_assessment, *m_index));
        QCOMPARE(json["devices"].size(), m_index->devices().size());
        std::size_t inAll = 0;
        for (const Json& device : json["devices"]) {
            const std::vector<std::size_t> rows = rowsOf(csv, device);
            const Json& steps = device["steps"];
            QVERIFY(steps.size() > 10);
            QCOMPARE(steps.size(), rows.size());
            std::map<std::string, std::int64_t> sums;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const Json& step = steps.at(i);
                for (const auto& [key, column] : stepColumns) {
                    QCOMPARE(number(step, key), csv.number(rows[i], column));
                    sums[key] += number(step, key);
                }
                const std::string kind = step["kind"].get<std::string>();
                QCOMPARE(kind == "lull" ? "outlier" : kind, csv.cell(rows[i], "kind"));
                QCOMPARE(sumOf(step["classes"]), number(step, "cadence_ns"));
                QCOMPARE(number(step, "busy_ns") + number(step, "idle_ns"), number(step, "cadence_ns"));
                for (const auto& [key, time] : step["classes"].items())
                    QCOMPARE(time.get<std::int64_t>(), csv.number(rows[i], key));
            }
            const Json& sum = device["sum"];
            QCOMPARE(static_cast<std::size_t>(number(sum, "steps")), steps.size());
            for (const char* key : {"cadence_ns", "busy_ns", "idle_ns", "gpu_ops", "graph_launches"})
                QCOMPARE(number(sum, key), sums[key]);
            QCOMPARE(sumOf(sum["classes"]), number(sum, "cadence_ns"));
            inAll += steps.size();
        }
        QCOMPARE(inAll, csv.rows());
        checkStepsText(json["devices"].at(0), number(json, "window_start_ns"));
    }

    /// What is suggested and what is left out are the whole trace, each nanosecond once.
    void theSuggestionAndTheRestAreTheTrace_data() { traces(); }
    void theSuggestionAndTheRestAreTheTrace()
    {
        const Json json = Json::parse(stepsJson(m_assessment, *m_index));
        const std::string text = stepsText(m_assessment, *m_index);
        for (const Json& device : json["devices"]) {
            const Json& steady = device["steady"];
            std::map<std::int64_t, std::int64_t> parts;
            QVERIFY(steady["suggestion"].is_object());
            parts[number(steady["suggestion"], "start_ns")] = number(steady["suggestion"], "end_ns");
            std::int64_t steps = number(steady["suggestion"], "steps");
            for (const Json& part : steady["left_out"]) {
                QVERIFY(parts.emplace(number(part, "start_ns"), number(part, "end_ns")).second);
                steps += number(part, "steps");
                QVERIFY(!part["sentence"].get<std::string>().empty());
                QVERIFY(&device != &json["devices"].front() ||
                        text.find("  " + part["sentence"].get<std::string>() + "\n") != std::string::npos);
            }
            std::int64_t at = number(steady, "extent_start_ns");
            for (const auto& [begin, end] : parts) {
                QCOMPARE(begin, at);
                at = end;
            }
            QCOMPARE(at, number(steady, "extent_end_ns"));
            QVERIFY(steps >= static_cast<std::int64_t>(device["steps"].size()));
        }
        QCOMPARE(text.find("prefill step: it computes prompts") != std::string::npos,
                 m_index == m_traces.at(QStringLiteral("prefill, kineto")));
    }

    void gapsSum_data() { traces(); }
    void gapsSum()
    {
        const CsvTable csv(gapsCsv(m_assessment, *m_index));
        const Json json = Json::parse(gapsJson(m_assessment, *m_index, allGaps));
        std::size_t inAll = 0;
        for (const Json& device : json["devices"]) {
            const Json& gaps = device["gaps"];
            std::map<std::int64_t, std::size_t> rows; // by begin
            for (const std::size_t row : rowsOf(csv, device))
                rows[csv.number(row, "start_ns")] = row;
            QCOMPARE(gaps.size(), rows.size());
            std::int64_t total = 0;
            std::pair<std::int64_t, std::int64_t> last{std::numeric_limits<std::int64_t>::min(), 0};
            for (const Json& gap : gaps) {
                total += number(gap, "dur_ns");
                const std::pair order(-number(gap, "dur_ns"), number(gap, "start_ns"));
                QVERIFY(last < order);
                last = order;
                checkGap(gap, csv, rows.at(number(gap, "start_ns")));
            }
            const Json& idle = device["idle"];
            QCOMPARE(number(idle, "gaps"), static_cast<std::int64_t>(gaps.size()));
            QCOMPARE(number(idle, "in_gaps_ns"), total);
            QCOMPARE(number(idle, "total_ns"), total + number(idle, "in_no_whole_gap_ns"));
            QCOMPARE(sumOf(idle["owners"]), number(idle, "total_ns"));
            QCOMPARE(number(device["listed"], "total_ns"), total);
            QCOMPARE(sumOf(device["listed"]["owners"]), total);
            std::int64_t perStep = 0;
            for (const Json& line : device["per_step"]["owners"])
                perStep += number(line, "total_ns");
            QCOMPARE(perStep, number(device["per_step"]["idle"], "total_ns"));
            inAll += gaps.size();
        }
        QCOMPARE(inAll, csv.rows());
    }

    /// The first of all, whatever is asked for; the text lists the same and sums what it shows.
    void theLongestGaps_data() { traces(); }
    void theLongestGaps()
    {
        const Json all = Json::parse(gapsJson(m_assessment, *m_index, allGaps))["devices"].at(0)["gaps"];
        const Json some = Json::parse(gapsJson(m_assessment, *m_index, 7))["devices"].at(0)["gaps"];
        QCOMPARE(some.size(), std::size_t{7});
        for (std::size_t gap = 0; gap < some.size(); ++gap)
            QVERIFY(some.at(gap) == all.at(gap));

        const QString text = QString::fromStdString(gapsText(m_assessment, *m_index, 7));
        static const QRegularExpression head(QStringLiteral("^ +\\d+\\. ([0-9.]+) ms from "),
                                             QRegularExpression::MultilineOption);
        static const QRegularExpression part(QStringLiteral("^ {10,}([0-9.]+) ms +[0-9.]+ %  (.*)$"),
                                             QRegularExpression::MultilineOption);
        auto heads = head.globalMatch(text);
        auto parts = part.globalMatch(text);
        for (const Json& gap : some) {
            QVERIFY(heads.hasNext());
            const qint64 length = nanosecondsOf(heads.next().captured(1));
            QCOMPARE(length, qint64{number(gap, "dur_ns")});
            qint64 sum = 0;
            for (QString label; label != QLatin1String("sum");) {
                QVERIFY(parts.hasNext());
                const QRegularExpressionMatch line = parts.next();
                label = line.captured(2);
                if (label == QLatin1String("sum"))
                    QCOMPARE(nanosecondsOf(line.captured(1)), length);
                else
                    sum += nanosecondsOf(line.captured(1));
            }
            QCOMPARE(sum, length);
        }
        QVERIFY(!heads.hasNext() && !parts.hasNext());
    }

    void hostileNamesAreHarmless()
    {
        const auto index = m_traces.at(QStringLiteral("hostile name, nsys"));
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), {});
        const std::string text = gapsText(assessment, *index, allGaps) + stepsText(assessment, *index);
        QVERIFY2(text.find("\\x1b[31mred\\x0aline \\u202e") != std::string::npos,
                 text.substr(std::min(text.find("after"), text.size()), 400).c_str());
        for (const char c : text)
            QVERIFY(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
        QVERIFY(Json::parse(gapsJson(assessment, *index, allGaps), nullptr, false).is_object());
    }

private:
    static void traces()
    {
        QTest::addColumn<QString>("trace");
        QTest::addColumn<QString>("window");
        for (const char* trace :
             {"prefill, kineto", "ranks, nsys", "graph level, nsys", "hostile name, nsys"}) {
            for (const char* window : {"automatic", "whole", "cut"})
                QTest::addRow("%s, %s", trace, window)
                    << QString::fromLatin1(trace) << QString::fromLatin1(window);
        }
    }

    void open(const char* name, const support::ClosedFormCase& closedForm, const char* suffix)
    {
        const std::string path =
            m_folder.filePath(QStringLiteral("%1%2").arg(m_traces.size()).arg(QLatin1String(suffix)))
                .toStdString();
        NoProgress progress;
        auto imported = importTrace(support::writeClosedForm(closedForm, path).front(), progress);
        QVERIFY(imported);
        m_traces[QString::fromLatin1(name)] = *TraceIndex::build(
            std::make_shared<const Trace>(std::move(*imported)), KernelClassifier::standard(), progress);
    }

    /// A line for each step and their sum, as the JSON has them.
    void checkStepsText(const Json& device, std::int64_t windowStart) const
    {
        const QString text = QString::fromStdString(stepsText(m_assessment, *m_index));
        QVERIFY(text.contains(QString::fromStdString(seconds(timePointAt(windowStart)))));
        static const QRegularExpression blanks(QStringLiteral(" +"));
        qsizetype line = 0;
        const QStringList lines = text.split(u'\n');
        while (line < lines.size() && !lines[line].contains(QLatin1String(" cadence ms  kind")))
            ++line;
        const auto ms = [](const Json& json, const char* key) {
            return QString::fromStdString(milliseconds(Duration(number(json, key))));
        };
        for (const Json& step : device["steps"]) {
            const QStringList cells = lines[++line].split(blanks, Qt::SkipEmptyParts);
            QCOMPARE(cells.size(), qsizetype{11});
            QCOMPARE(cells[0], QString::number(number(step, "index")));
            QCOMPARE(cells[1], QString::fromStdString(seconds(timePointAt(number(step, "start_ns")), 6)));
            QCOMPARE(cells[2], ms(step, "cadence_ns"));
            QCOMPARE(cells[3], QString::fromStdString(step["kind"].get<std::string>()));
            QCOMPARE(cells[4], ms(step, "busy_ns"));
            QCOMPARE(cells[5], ms(step, "idle_ns"));
            QCOMPARE(cells[6], ms(step, "host_ns"));
            QCOMPARE(cells[8], QString::number(number(step, "gpu_ops")));
            QCOMPARE(cells[10], QString::number(number(step, "graph_launches")));
            QCOMPARE(cells[9] == QLatin1String("-"), step["tokens"].is_null());
        }
        const Json& sum = device["sum"];
        const QStringList cells = lines[++line].split(blanks, Qt::SkipEmptyParts);
        QCOMPARE(cells,
                 (QStringList{QStringLiteral("sum"), ms(sum, "cadence_ns"), ms(sum, "busy_ns"),
                              ms(sum, "idle_ns"), ms(sum, "host_ns"), QString::number(number(sum, "gpu_ops")),
                              QString::number(number(sum, "graph_launches"))}));
    }

    /// The parts follow each other and are the gap; by owner they are the row of the CSV.
    static void checkGap(const Json& gap, const CsvTable& csv, std::size_t row)
    {
        std::map<std::string, std::int64_t> owners;
        std::int64_t at = number(gap, "start_ns");
        for (const Json& part : gap["parts"]) {
            QCOMPARE(number(part, "start_ns"), at);
            QVERIFY(number(part, "dur_ns") > 0);
            at += number(part, "dur_ns");
            owners["idle_" + part["owner"].get<std::string>() + "_ns"] += number(part, "dur_ns");
        }
        QCOMPARE(at, number(gap, "start_ns") + number(gap, "dur_ns"));
        QCOMPARE(number(gap, "dur_ns"), csv.number(row, "dur_ns"));
        for (const std::string& column : csv.columns("idle_", "_ns"))
            QCOMPARE(owners[column], csv.number(row, column));
        QCOMPARE(gap["kind"].get<std::string>(), csv.cell(row, "kind"));
        QCOMPARE(gap["step"].is_null() ? std::string() : gap["step"].dump(), csv.cell(row, "step"));
        QCOMPARE(gap["launch"].is_null() ? std::string() : std::to_string(number(gap["launch"], "start_ns")),
                 csv.cell(row, "launch_start_ns"));
        QCOMPARE(gap["prequeued"].is_null() ? std::string()
                 : gap["prequeued"] == true ? "1"
                                            : "0",
                 csv.cell(row, "prequeued"));
        QCOMPARE(gap["blocking"].is_null() ? std::string() : gap["blocking"]["name"].get<std::string>(),
                 csv.cell(row, "blocking_api"));
        QCOMPARE(number(gap["before"], "end_ns"), number(gap, "start_ns"));
        QCOMPARE(number(gap["next"], "start_ns"), at);
    }

    static constexpr std::pair<const char*, const char*> stepColumns[] = {
        {"index", "index"},
        {"start_ns", "start_ns"},
        {"cadence_ns", "cadence_ns"},
        {"gpu_first_ns", "gpu_first_ns"},
        {"gpu_last_ns", "gpu_last_ns"},
        {"busy_ns", "union_busy_ns"},
        {"idle_ns", "idle_ns"},
        {"hidden_comm_ns", "hidden_comm_ns"},
        {"gpu_ops", "gpu_ops"},
        {"summed_kernel_ns", "summed_kernel_ns"},
        {"graph_launches", "graph_launches"},
        {"graph_nodes", "graph_nodes"},
        {"graph_launch_host_ns", "graph_launch_host_ns"},
        {"nongraph_launches", "nongraph_launches"}};

    QTemporaryDir m_folder;
    std::map<QString, std::shared_ptr<const TraceIndex>> m_traces;
    std::shared_ptr<const TraceIndex> m_index;
    Assessment m_assessment;
};

QTEST_APPLESS_MAIN(TestListReports)
#include "tst_listreports.moc"
