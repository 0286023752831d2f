#include "core/import/emptytrace.h"
#include "core/import/tracefolder.h"
#include "core/import/traceimporter.h"
#include "tests/golden/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

namespace {

const std::string hostOnly = R"({"schemaVersion": 1, "traceEvents": [
  {"ph": "X", "cat": "cpu_op", "name": "aten::add", "pid": 5, "tid": 5, "ts": 1.5, "dur": 2}]})";
const std::string withCalls = R"({"schemaVersion": 1, "traceEvents": [
  {"ph": "X", "cat": "cuda_runtime", "name": "cudaDeviceSynchronize", "pid": 5, "tid": 5, "ts": 1.5, "dur": 2}]})";
const std::string withLaunch = R"({"schemaVersion": 1, "traceEvents": [
  {"ph": "X", "cat": "cuda_runtime", "name": "cudaGraphLaunch", "pid": 5, "tid": 5, "ts": 1.5, "dur": 2}]})";
const std::string withKernel = R"({"schemaVersion": 1, "traceEvents": [
  {"ph": "X", "cat": "kernel", "name": "k", "pid": 0, "tid": 7, "ts": 1.5, "dur": 2}]})";

} // namespace

class TestEmptyTrace : public QObject {
    Q_OBJECT

private slots:
    void reasons();
    void namesTheWorkers();

private:
    std::optional<Error> reason(const char* name, const std::string& text)
    {
        const std::string path = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        test::writeFile(path, text);
        NoProgress progress;
        const Result<Trace> trace = importTrace(path, progress);
        return trace ? whyNothingToShow(*trace) : trace.error();
    }
    QTemporaryDir m_folder;
};

void TestEmptyTrace::reasons()
{
    QVERIFY(!reason("a.json", withKernel));
    QCOMPARE(reason("a.json", withLaunch)->code, ErrorCode::NoGpuRecords);
    QCOMPARE(reason("a.json", withLaunch)->detail, std::string("1"));
    QCOMPARE(reason("a.json", withCalls)->code, ErrorCode::NoGpuWork);
    QCOMPARE(reason("a.json", hostOnly)->code, ErrorCode::FrontEndTrace);
    QCOMPARE(reason("host_9.async_llm.1784000000000000000.pt.trace.json.gz", withCalls)->code,
             ErrorCode::FrontEndTrace);
}

void TestEmptyTrace::namesTheWorkers()
{
    const QTemporaryDir folder;
    const auto path = [&folder](const std::string& name) {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    };
    const std::string frontEnd = "host_9.async_llm.1784000000000000000.pt.trace.json.gz";
    for (const std::string& name :
         {frontEnd, std::string("aaa.json"),
          std::string("dp0_pp0_tp0_dcp0_ep0_rank0.1783000000000000000.pt.trace.json.gz"),
          std::string("dp0_pp0_tp0_dcp0_ep0_rank0.1784000000100000000.pt.trace.json.gz"),
          std::string("dp0_pp0_tp1_dcp0_ep0_rank1.1784000000200000000.pt.trace.json.gz"),
          std::string("id-rank-3.1783990000000000000.pt.trace.json.gz"), std::string("profiler_out_0.txt")})
        test::writeFile(path(name), hostOnly);
    NoProgress progress;
    const Result<Trace> trace = importTrace(path(frontEnd), progress);
    QVERIFY(trace);
    const std::optional<Error> error = whyNothingToShow(*trace);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::FrontEndTrace);
    QCOMPARE(QString::fromStdString(error->detail),
             QStringLiteral("dp0_pp0_tp0_dcp0_ep0_rank0.1784000000100000000.pt.trace.json.gz, "
                            "dp0_pp0_tp1_dcp0_ep0_rank1.1784000000200000000.pt.trace.json.gz, "
                            "id-rank-3.1783990000000000000.pt.trace.json.gz"));
    QCOMPARE(traceNamesIn(folder.path().toStdString(), {}, 100).size(), std::size_t{5});
    QVERIFY(traceNamesIn("/no/such/folder", {}, 3).empty());
}

QTEST_GUILESS_MAIN(TestEmptyTrace)
#include "tst_emptytrace.moc"
