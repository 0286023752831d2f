#include "tests/support/closedform.h"

#include "tests/cli/clirun.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include <nlohmann/json.hpp>

namespace support = stepscope::testsupport;

namespace {

using Json = nlohmann::json;

struct Run {
    int exitCode = -1;
    Json json;
};

Run budget(const std::string& file, const QStringList& options = {})
{
    const stepscope::testing::CliRun run =
        stepscope::testing::runCli(QStringList{QStringLiteral("budget"), QString::fromStdString(file),
                                               QStringLiteral("--format"), QStringLiteral("json")} +
                                   options);
    return {run.exitCode, run.json()};
}

/// The row of that name; null when the device has none.
Json evidence(const Json& device, const char* name)
{
    for (const Json& gate : device["gates"]) {
        for (const Json& row : gate["evidence"]) {
            if (row["evidence"] == name)
                return row;
        }
    }
    return {};
}

std::string gateState(const Json& device, int number)
{
    return device["gates"].at(static_cast<std::size_t>(number))["state"].get<std::string>();
}

bool isNear(const Json& value, double expected, double tolerance)
{
    return value.is_number() && std::abs(value.get<double>() - expected) <= tolerance;
}

} // namespace

/// The cases of definitions.md §12 from a file of either format through the program to its JSON: what a user
/// of the command line reads.
class TestClosedFormCli : public QObject {
    Q_OBJECT

private slots:
    /// Classes over the steps, exact to the ns, and what the shares alone would read.
    void budgets_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("suffix");
        for (int number = 1; number <= 10; ++number) {
            QTest::addRow("case %d, nsys", number) << number << QStringLiteral(".sqlite");
            if (number != 9) // kineto has no graph spans
                QTest::addRow("case %d, kineto", number) << number << QStringLiteral(".json.gz");
        }
    }
    void budgets()
    {
        QFETCH(int, number);
        QFETCH(QString, suffix);
        const support::ClosedFormCase closedForm = support::closedFormCase(number);
        const support::StepAnswer& step = closedForm.answer.step;
        std::size_t lanes = 0;
        for (const std::string& file : write(closedForm, suffix)) {
            const Run run = budget(file);
            QVERIFY(run.json.is_object());
            for (const Json& device : run.json["devices"]) {
                ++lanes;
                const Json& classes = device["budget"]["classes"];
                const auto steps = device["steps"]["in_window"].get<std::int64_t>();
                QVERIFY(steps > 0);
                const auto total = [&classes](const char* name) {
                    return classes[name]["total_ns"].get<std::int64_t>();
                };
                QCOMPARE(total("compute"), steps * step.budget.compute);
                QCOMPARE(total("exposed_comm"), steps * step.budget.exposedComm);
                QCOMPARE(total("exposed_mem"), steps * step.budget.exposedMem);
                QCOMPARE(total("graph_opaque"), steps * step.budget.graphOpaque);
                QCOMPARE(device["budget"]["idle"]["total_ns"].get<std::int64_t>(), steps * step.budget.idle);
                QCOMPARE(device["budget"]["sum"]["total_ns"].get<std::int64_t>(), steps * step.cadence);
                QCOMPARE(device["cadence"]["median_ns"].get<std::int64_t>(), step.cadence);
                QCOMPARE(device["steps"]["boundaries"].get<std::int64_t>(), closedForm.answer.boundaries);
                QCOMPARE(device["gates"].size(), std::size_t{9});
                // Case 4 is about the whole trace, see below; its steady stretch is the worked loop.
                const std::string verdict = number == 4 ? "host-bound" : closedForm.answer.verdict;
                QCOMPARE(device["verdict"]["shares_alone"].get<std::string>(), verdict);
            }
        }
        QCOMPARE(lanes, closedForm.answer.devices.size());
    }

    /// Case 1: err +0.05 %, gate 3 passes, busy 13 % of a host-bound loop.
    void theWorkedStepReconciles_data() { formats(); }
    void theWorkedStepReconciles()
    {
        const Run run = open(1, {QStringLiteral("--tpot"), QStringLiteral("6.21"),
                                 QStringLiteral("--tokens-per-step"), QStringLiteral("2.11")});
        QCOMPARE(run.exitCode, 0);
        const Json& device = run.json["devices"].at(0);
        QCOMPARE(run.json["verdict"].get<std::string>(), std::string("host-bound"));
        QVERIFY(device["verdict"]["is_strong"].get<bool>());
        QCOMPARE(gateState(device, 3), std::string("pass"));
        QVERIFY(isNear(evidence(device, "tpot_error")["value"], 13.110 / 2.11 / 6.21 - 1.0, 1e-9));
        QVERIFY(isNear(evidence(device, "slowdown")["value"], 1.0005, 0.0001));
        QCOMPARE(run.json["context"]["fields"]["tpot_ms"]["source"].get<std::string>(), std::string("user"));
        QCOMPARE(run.json["label"].get<std::string>(), std::string("DRAFT"));
        // 86.96 % of 13.11 ms are host: 36.96 % above the line
        QVERIFY(isNear(device["verdict"]["margin_per_step_ns"], 11'400'000 - 0.5 * 13'110'000, 1.0));
    }

    /// Without a TPOT gate 3 is unknown and measures nothing.
    void noTpotIsUnknown_data() { formats(); }
    void noTpotIsUnknown()
    {
        const Run run = open(1, {});
        const Json& device = run.json["devices"].at(0);
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(gateState(device, 3), std::string("unknown"));
        QVERIFY(evidence(device, "tpot_error")["value"].is_null());
        QVERIFY(evidence(device, "slowdown")["value"].is_null());
        QVERIFY(run.json["context"]["fields"]["tpot_ms"]["value"].is_null());
    }

    /// Cases 2 and 3: kernel-bound with the shares that are stated.
    void kernelBound_data() { formats(); }
    void kernelBound()
    {
        for (const auto& [number, kernel, host] : {std::tuple(2, 0.70, 0.30), std::tuple(3, 0.990, 0.010)}) {
            const Run run = open(number, {});
            const Json& verdict = run.json["devices"].at(0)["verdict"];
            QCOMPARE(verdict["class"].get<std::string>(), std::string("kernel-bound"));
            QVERIFY(isNear(verdict["shares"]["kernel"], kernel, 0.0005));
            QVERIFY(isNear(verdict["shares"]["host"], host, 0.0105));
            QVERIFY(verdict["kernel_family"]["share_of_kernels"].get<double>() >= 0.30);
        }
    }

    /// Case 4: the suggestion leaves the prefill out; the whole trace fails gate 1 and has no verdict.
    void aPrefillWithholds_data() { formats(); }
    void aPrefillWithholds()
    {
        const Run suggested = open(4, {});
        QCOMPARE(suggested.exitCode, 0);
        QCOMPARE(gateState(suggested.json["devices"].at(0), 1), std::string("unknown"));
        const Run whole = open(4, {QStringLiteral("--window"), QStringLiteral("all")});
        const Json& device = whole.json["devices"].at(0);
        QCOMPARE(whole.exitCode, 2);
        QCOMPARE(whole.json["verdict"].get<std::string>(), std::string("withheld"));
        QCOMPARE(gateState(device, 1), std::string("fail"));
        QVERIFY(isNear(evidence(device, "wall_per_step")["value"], 2.5, 0.06));
        QVERIFY(evidence(device, "wall_per_step")["place_ns"].is_array());
        bool isNamed = false;
        for (const Json& gate : device["verdict"]["withheld_by_gates"])
            isNamed = isNamed || gate == 1;
        QVERIFY(isNamed);
    }

    /// Cases 5 and 6: hidden communication costs nothing, exposed communication decides.
    void communication_data() { formats(); }
    void communication()
    {
        const Json hidden = open(5, {}).json["devices"].at(0);
        QCOMPARE(hidden["budget"]["classes"]["exposed_comm"]["total_ns"].get<std::int64_t>(), 0);
        QVERIFY(hidden["budget"]["hidden_comm"]["total_ns"].get<std::int64_t>() > 0);
        const Run exposed = open(6, {});
        QCOMPARE(exposed.json["verdict"].get<std::string>(), std::string("comm-bound"));
        QVERIFY(isNear(exposed.json["devices"].at(0)["verdict"]["shares"]["comm"], 0.576, 1e-9));
    }

    /// Case 9: graph spans are opaque; gate 2 warns, and no kernel family is named.
    void graphLevel()
    {
        const support::ClosedFormCase closedForm = support::graphLevelCase();
        const Json json = budget(write(closedForm, QStringLiteral(".sqlite")).front()).json;
        const Json& device = json["devices"].at(0);
        QCOMPARE(gateState(device, 2), std::string("warn"));
        QCOMPARE(evidence(device, "graph_records")["state"].get<std::string>(), std::string("warn"));
        QVERIFY(evidence(device, "kernels_alone")["value"].get<double>() > 0.5);
        QVERIFY(!device["verdict"].contains("kernel_family"));
        QVERIFY(json["trust"].get<std::string>().find("graph level") != std::string::npos);
    }

    /// Case 10: what was dropped is counted, and gate 4 says so.
    void badRowsFailGateFour_data() { formats(); }
    void badRowsFailGateFour()
    {
        const Run run = open(10, {});
        const Json& device = run.json["devices"].at(0);
        QVERIFY(evidence(device, "data_issues")["value"].get<double>() > 0.0);
        QVERIFY(evidence(device, "data_issues")["state"] != "pass");
        QVERIFY(!run.json["import_log"].empty());
    }

private:
    static void formats()
    {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("nsys") << QStringLiteral(".sqlite");
        QTest::newRow("kineto") << QStringLiteral(".json.gz");
    }
    std::vector<std::string> write(const support::ClosedFormCase& closedForm, const QString& suffix)
    {
        return support::writeClosedForm(
            closedForm,
            m_folder.filePath(QStringLiteral("case%1%2").arg(closedForm.number).arg(suffix)).toStdString());
    }
    Run open(int number, const QStringList& options)
    {
        QFETCH(QString, suffix);
        return budget(write(support::closedFormCase(number), suffix).front(), options);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestClosedFormCli)
#include "tst_closedformcli.moc"
