#include "core/analysis/budgetframes.h"
#include "core/analysis/kernelclassifier.h"
#include "core/analysis/traceindex.h"
#include "core/gates/assessment.h"
#include "core/import/memoryestimate.h"
#include "core/import/traceimporter.h"
#include "core/report/budgetreport.h"
#include "core/report/gatesreport.h"
#include "core/report/stepsreport.h"
#include "tests/golden/testfiles.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

namespace {

std::string rowText(const char* category, const std::string& name, double begin, double length,
                    const std::string& arguments = {})
{
    return std::string(R"({"ph": "X", "cat": ")") + category + R"(", "name": ")" + name +
           R"(", "pid": 7, "tid": 7, "ts": )" + std::to_string(begin) + R"(, "dur": )" +
           std::to_string(length) + R"(, "args": {)" + arguments + "}},\n";
}

/// Steps that only a Python frame marks; in each the host schedules, prepares, launches and samples, with
/// `depth` frames that say nothing below each of them.
std::string stackedText(int steps, int depth)
{
    std::string text = "{\"schemaVersion\": 1, \"with_stack\": 1, \"traceEvents\": [\n";
    text += rowText("python_function", "server.py(1): main", 500, steps * 1000.0 + 1000);
    for (int step = 0; step < steps; ++step) {
        const double at = 1000.0 + step * 1000.0;
        const auto nested = [&](const std::string& name, double begin, double length) {
            text += rowText("python_function", name, begin, length);
            for (int i = 0; i < depth; ++i)
                text +=
                    rowText("python_function", "torch/nn/functional.py(" + std::to_string(i) + "): helper",
                            begin + 1 + i, length - 2 - 2 * i);
        };
        nested("vllm/v1/core/scheduler.py(31): schedule", at, 200);
        nested("vllm/v1/worker/gpu_model_runner.py(812): execute_model", at + 210, 600);
        nested("vllm/v1/worker/gpu_model_runner.py(300): _prepare_inputs", at + 300, 100);
        const std::string link = "\"correlation\": " + std::to_string(step + 1);
        text += rowText("cuda_runtime", "cudaGraphLaunch", at + 420, 10, link);
        text += rowText("kernel", "gemm", at + 440, 300, link + ", \"device\": 0, \"stream\": 7");
        nested("vllm/v1/sample/sampler.py(12): sample", at + 840, 100);
    }
    return text + "{}]}\n";
}

} // namespace

/// What is asked before a big or suspicious file is read, and what the answers do.
class TestImportQuestions : public QObject {
    Q_OBJECT

private slots:
    void asksBeforeReading();
    void offersToLeaveOutPython();
    void estimatesOfGzip();
    void stopsWhileReading();
    void asksOfASet();
    void databaseIsEstimatedByItsRows();
    void budgetIsTheSameWithoutPython_data();
    void budgetIsTheSameWithoutPython();
    void acceptedBombIsRead();
    void acceptedBombStillMeetsTheLimit();

private:
    std::string write(const char* name, const std::string& bytes)
    {
        const std::string file = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        test::writeFile(file, bytes);
        return file;
    }
    static Result<Trace> import(const std::string& file, const ImportOptions& options)
    {
        NoProgress progress;
        return importTrace(file, progress, options);
    }
    static ImportOptions limitedTo(std::uint64_t bytes)
    {
        ImportOptions options;
        options.memoryLimit = bytes;
        return options;
    }

    QTemporaryDir m_folder;
};

void TestImportQuestions::asksBeforeReading()
{
    const std::string text = stackedText(200, 0);
    const std::string file = write("plain.json", text);
    const Result<Trace> asked = import(file, limitedTo(1000));
    QVERIFY(!asked);
    QVERIFY(asked.error().code == ErrorCode::NeedsMemory);
    QCOMPARE(asked.error().memory.free, std::uint64_t{1000});
    QVERIFY(asked.error().memory.needed > text.size() / 10);
    QVERIFY(asked.error().memory.needed < text.size());
    QVERIFY(!asked.error().memory.wasReached);
    QVERIFY(import(file, limitedTo(0)));
    QVERIFY(import(file, limitedTo(1U << 30)));
}

void TestImportQuestions::offersToLeaveOutPython()
{
    const std::string text = stackedText(2000, 8);
    for (const bool isPacked : {false, true}) {
        const std::string file = write("stacks.json", isPacked ? test::gzip(text) : text);
        const Result<Trace> asked = import(file, limitedTo(text.size() / 5));
        QVERIFY(!asked);
        const MemoryNeed need = asked.error().memory;
        QVERIFY(need.withoutPython > 0);
        QVERIFY(need.withoutPython < need.needed / 2);
        ImportOptions without = limitedTo((need.withoutPython + need.needed) / 2);
        without.keepsPythonFrame = budgetFrames();
        const Result<Trace> trace = import(file, without);
        QVERIFY2(trace, trace ? "" : std::to_string(trace.error().memory.needed).c_str());
        QCOMPARE(trace->log().count(ImportCode::LeftOutPython), std::uint64_t{2000 * 4 * 8});
        // Not enough for that either: asked once more, and nothing is left to leave out.
        without.memoryLimit = 100;
        const Result<Trace> again = import(file, without);
        QVERIFY(!again);
        QCOMPARE(again.error().memory.withoutPython, std::uint64_t{0});
    }
}

void TestImportQuestions::estimatesOfGzip()
{
    const std::string text = stackedText(1000, 20);
    QVERIFY(text.size() > (5U << 20));
    const auto estimated = [this](const std::string& bytes) {
        const std::string file = write("estimate.json.gz", bytes);
        return MemoryEstimate::of({file, {TraceFormat::KinetoJson, true, bytes.size()}}).bytes();
    };
    const std::string plainFile = write("estimate.json", text);
    const std::uint64_t plain =
        MemoryEstimate::of({plainFile, {TraceFormat::KinetoJson, false, text.size()}}).bytes();
    const std::string packed = test::gzip(text);
    QCOMPARE(estimated(packed), plain); // by the trailer
    // The trailer of the last of several members, or of a cut file, says nothing: by what the first part
    // gave.
    const std::size_t middle = text.size() - 1000;
    for (const std::string& bytes :
         {test::gzip(text.substr(0, middle)) + test::gzip(text.substr(middle)),
          packed.substr(0, packed.size() - 100), packed + std::string(512, '\0')}) {
        const std::uint64_t guess = estimated(bytes);
        QVERIFY2(guess > plain / 2 && guess < plain * 2, std::to_string(guess).c_str());
    }
    // A short text is known exactly, whatever its trailer says.
    const std::string brief = stackedText(20, 2);
    const std::uint64_t exact =
        MemoryEstimate::of({plainFile, {TraceFormat::KinetoJson, false, brief.size()}}).bytes();
    QCOMPARE(estimated(test::gzip(brief.substr(0, 999)) + test::gzip(brief.substr(999))), exact);
}

void TestImportQuestions::stopsWhileReading()
{
    // Names that are never met twice take far more than a text is expected to.
    std::string text = "{\"schemaVersion\": 1, \"traceEvents\": [\n";
    for (int i = 0; i < 40'000; ++i)
        text += R"({"ph":"X","cat":"cpu_op","name":"n)" + std::to_string(i) + R"(","pid":1,"tid":1,"ts":)" +
                std::to_string(i) + R"(,"dur":1},)";
    text += "{}]}";
    const std::string file = write("names.json", text);
    const std::uint64_t limit =
        MemoryEstimate::of({file, {TraceFormat::KinetoJson, false, text.size()}}).bytes() + 1;
    const Result<Trace> stopped = import(file, limitedTo(limit));
    QVERIFY(!stopped);
    QVERIFY(stopped.error().code == ErrorCode::NeedsMemory);
    QVERIFY(stopped.error().memory.wasReached);
    QCOMPARE(stopped.error().memory.free, limit);
    QVERIFY(stopped.error().memory.needed > limit);
    QVERIFY(import(file, limitedTo(0)));
}

void TestImportQuestions::asksOfASet()
{
    const std::string text = stackedText(100, 0);
    const std::vector<std::string> files = {write("rank0.json", text), write("rank1.json", text)};
    NoProgress progress;
    const std::uint64_t one =
        MemoryEstimate::of({files[0], {TraceFormat::KinetoJson, false, text.size()}}).bytes();
    const Result<Trace> asked = importTraces(files, progress, limitedTo(one + 1));
    QVERIFY(!asked);
    QVERIFY(asked.error().code == ErrorCode::NeedsMemory);
    QCOMPARE(asked.error().memory.needed, 2 * one);
}

void TestImportQuestions::databaseIsEstimatedByItsRows()
{
    const std::string file = m_folder.filePath("rows.sqlite").toStdString();
    test::writeDatabase(file, "CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT);"
                              "INSERT INTO StringIds VALUES (1, 'k');"
                              "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INT, end INT, deviceId INT, "
                              "streamId INT, globalPid INT, correlationId INT, shortName INT);"
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) "
                              "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL "
                              "SELECT i * 100, i * 100 + 50, 0, 7, 0, i, 1 FROM n;"
                              "CREATE TABLE COMPOSITE_EVENTS (id INT);"
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) "
                              "INSERT INTO COMPOSITE_EVENTS SELECT i FROM n;");
    const Result<Trace> asked = import(file, limitedTo(1000));
    QVERIFY(!asked);
    QVERIFY(asked.error().code == ErrorCode::NeedsMemory);
    QCOMPARE(asked.error().memory.withoutPython, std::uint64_t{0});
    QVERIFY(asked.error().memory.needed >= 100'000); // the 1000 rows that are read, and no others
    QVERIFY(asked.error().memory.needed < 500'000);
    QVERIFY(import(file, limitedTo(asked.error().memory.needed)));
}

void TestImportQuestions::budgetIsTheSameWithoutPython_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("generated") << QString();
    for (const char* name : {"h100/a8_eager_stacks_shapes", "h100/a8b_graph_stacks_shapes",
                             "real/kineto_sglang_b300_qwen3_decode",
                             "real/kineto_vllm_mi300_piecewise_graphs", "real/kineto_mi300_qwen15"})
        QTest::newRow(name)
            << QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/%1.json.gz").arg(QLatin1String(name));
}

void TestImportQuestions::budgetIsTheSameWithoutPython()
{
    QFETCH(QString, file);
    if (!file.isEmpty() && !QFileInfo::exists(file))
        QSKIP("the reference traces are not here");
    const std::string path = file.isEmpty() ? write("budget.json", stackedText(40, 6)) : file.toStdString();
    QStringList reports;
    std::vector<std::size_t> events;
    for (const bool leavesOut : {false, true}) {
        ImportOptions options;
        if (leavesOut)
            options.keepsPythonFrame = budgetFrames();
        Result<Trace> imported = import(path, options);
        QVERIFY(imported);
        QCOMPARE(imported->log().count(ImportCode::LeftOutPython) > 0, leavesOut);
        events.push_back(imported->cpuEvents().size());
        NoProgress progress;
        const auto index = TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                             KernelClassifier::standard(), progress);
        QVERIFY(index);
        const DeviceId device = (*index)->referenceDevice();
        const Assessment assessment =
            assessWindow(**index, (*index)->automaticWindow(device), device, AssessmentInput());
        const std::string report =
            budgetJson(assessment, **index) + stepsJson(assessment, **index) + gatesJson(assessment, **index);
        // The log says what was left out; all else is equal.
        reports += QString::fromStdString(report).remove(
            QRegularExpression(QStringLiteral("\"import_log\": \\[[^\\]]*\\]")));
    }
    QVERIFY(events[1] < events[0]);
    QVERIFY(reports[0].contains(QStringLiteral("\"gates\"")));
    QCOMPARE(reports[1], reports[0]);
}

void TestImportQuestions::acceptedBombIsRead()
{
    std::string text = stackedText(20, 0);
    text.insert(text.find('['), std::string(66 << 20, ' '));
    const std::string file = write("bomb.json.gz", test::gzip(text));
    const Result<Trace> asked = import(file, limitedTo(0));
    QVERIFY(!asked);
    QVERIFY(asked.error().code == ErrorCode::SuspiciousGzip);
    QVERIFY(!asked.error().detail.empty());
    ImportOptions accepted = limitedTo(1U << 30); // what is free does not change the question
    QVERIFY(import(file, accepted).error().code == ErrorCode::SuspiciousGzip);
    accepted.acceptsExpansion = true;
    const Result<Trace> trace = import(file, accepted);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{20});
}

void TestImportQuestions::acceptedBombStillMeetsTheLimit()
{
    // One event over and over compresses as no trace does, and is rows all the same.
    std::string text = "{\"schemaVersion\": 1, \"traceEvents\": [\n";
    const std::string row = rowText("kernel", "gemm", 1000, 5, "\"device\": 0");
    while (text.size() < (65U << 20))
        text += row;
    const std::string file = write("rows.json.gz", test::gzip(text + "{}]}"));
    ImportOptions accepted = limitedTo(4U << 20);
    QVERIFY(import(file, accepted).error().code == ErrorCode::SuspiciousGzip);
    accepted.acceptsExpansion = true;
    const Result<Trace> stopped = import(file, accepted);
    QVERIFY(!stopped);
    QVERIFY(stopped.error().code == ErrorCode::NeedsMemory);
    QVERIFY(stopped.error().memory.wasReached);
}

QTEST_APPLESS_MAIN(TestImportQuestions)
#include "tst_importquestions.moc"
