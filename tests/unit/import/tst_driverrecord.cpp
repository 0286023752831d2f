#include "core/import/driverrecordreader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

const char* const cleanText =
    "12:34:20 INFO something else\n"
    "[clean-driver] model=GLM-4 c=1 max_tokens=3000 rounds=2 start=12:34:21Z\n"
    "[clean-driver] round 1/2 http=200 t=19.12s 156.9 tok/s, TPOT 6.37 ms/tok 12:34:56Z\n"
    "[clean-driver] round 2/2 http=200 t=18.90s 158.7 tok/s, TPOT 6.30 ms/tok 12:35:15Z\n"
    "[clean-driver] done\n";

const char* const benchText = R"({"date": "20261124-101500", "backend": "vllm", "model_id": "org/model",
 "num_prompts": 4, "request_rate": "inf", "max_concurrency": 1, "duration": 12.5, "completed": 4, "failed": 0,
 "total_input_tokens": 128, "total_output_tokens": 2048, "mean_ttft_ms": 41.5, "mean_tpot_ms": 6.21,
 "mean_itl_ms": 13.1, "spec_decode_acceptance_length": 2.11})";

DriverRecord parsed(const std::string& text)
{
    const Result<DriverRecord> record = parseDriverRecord(text, "record.json");
    return record ? *record : DriverRecord{};
}

QByteArray faultOf(const std::string& text)
{
    const Result<DriverRecord> record = parseDriverRecord(text, "record.json");
    if (record || record.error().code != ErrorCode::NotADriverRecord)
        return "no fault";
    return QByteArray::fromStdString(record.error().detail);
}

} // namespace

class TestDriverRecord : public QObject {
    Q_OBJECT

private slots:
    void readsTheCleanDriver();
    void takesTheFirstTokenOut();
    void tellsFailedRounds();
    void severalStreamsHaveNoTpot();
    void readsBenchServe();
    void readsAppendedRuns();
    void countsErrors();
    void pythonNumbersDoNoHarm();
    void linesWithoutMeasures();
    void saysWhatIsMissing();
    void readsFiles();
    void anyBytesAreAnswered();
};

void TestDriverRecord::readsTheCleanDriver()
{
    const DriverRecord record = parsed(cleanText);
    QVERIFY(record.kind == DriverKind::CleanDriver);
    QCOMPARE(record.model, std::string("GLM-4"));
    QCOMPARE(record.rounds.size(), std::size_t(2));
    QCOMPARE(record.failures(), std::uint64_t(0));
    const DriverRound& round = record.chosen(); // the last one: on a warm server
    QCOMPARE(round.concurrency, std::optional<std::int64_t>(1));
    QCOMPARE(round.outputTokens, std::optional<double>(3000.0));
    QVERIFY(!round.tpotMilliseconds); // the whole time over tokens holds the first one
    QCOMPARE(round.tpotWithPrefillMilliseconds, std::optional<double>(6.30));
    QCOMPARE(tpotOf(round), std::optional<double>(6.30));
}

void TestDriverRecord::takesTheFirstTokenOut()
{
    const DriverRecord record =
        parsed("[clean-driver] model=m c=1 max_tokens=501 rounds=1 start=x\n"
               "[clean-driver] round 1/1 http=200 t=3.2s 156 tok/s, TTFT 100 ms, TPOT 6.39 ms/tok\n");
    // (3200 − 100) / 500
    QCOMPARE(record.chosen().tpotMilliseconds, std::optional<double>(6.2));
    QCOMPARE(tpotOf(record.chosen()), std::optional<double>(6.2));
}

void TestDriverRecord::tellsFailedRounds()
{
    const DriverRecord record =
        parsed("[clean-driver] model=m c=1 max_tokens=500 rounds=3 start=x\n"
               "[clean-driver] round 1/3 http=200 t=3.2s 156 tok/s, TPOT 6.40 ms/tok\r\n"
               "[clean-driver] round 2/3 http=503 t=0.0s 0 tok/s, TPOT 0.01 ms/tok\r\n"
               "[clean-driver] round 3/3 Connection refused\r\n");
    QCOMPARE(record.rounds.size(), std::size_t(3));
    QCOMPARE(record.failures(), std::uint64_t(2));
    QVERIFY(record.rounds[1].firstFailure.find("http=503") != std::string::npos);
    QCOMPARE(tpotOf(record.chosen()), std::optional<double>(6.40)); // never that of a round that failed
}

void TestDriverRecord::severalStreamsHaveNoTpot()
{
    const DriverRecord record = parsed("[clean-driver] model=m c=4 max_tokens=500 rounds=1 start=x\n"
                                       "[clean-driver] round 1/1 http=200 t=3.2s 620 tok/s 12:00:00Z\n");
    QCOMPARE(record.chosen().concurrency, std::optional<std::int64_t>(4));
    QVERIFY(!tpotOf(record.chosen()));
}

void TestDriverRecord::readsBenchServe()
{
    const DriverRecord record = parsed(benchText);
    QVERIFY(record.kind == DriverKind::BenchServe);
    QCOMPARE(record.name, std::string("record.json"));
    QCOMPARE(record.model, std::string("org/model"));
    DriverRound expected;
    expected.tpotMilliseconds = 6.21;
    expected.ttftMilliseconds = 41.5;
    expected.itlMilliseconds = 13.1;
    expected.tokensPerStep = 2.11;
    expected.concurrency = 1;
    expected.promptTokens = 32.0;
    expected.outputTokens = 512.0;
    expected.requests = 4;
    QVERIFY(record.chosen() == expected);
}

void TestDriverRecord::readsAppendedRuns()
{
    // As --append-result writes them, and as lines; what stands between the objects does not matter.
    const std::string second = R"({"mean_tpot_ms": 5.5, "completed": 1, "failed": 0, "accept_length": 1.7})";
    for (const char* const between : {"", "\n", " ,\n", "\n\n\r\n"}) {
        const DriverRecord record = parsed(benchText + std::string(between) + second + "\n");
        QCOMPARE(record.rounds.size(), std::size_t(2));
        QCOMPARE(tpotOf(record.chosen()), std::optional<double>(5.5));
        QCOMPARE(record.chosen().tokensPerStep, std::optional<double>(1.7));
        QVERIFY(!record.chosen().concurrency);
    }
}

void TestDriverRecord::countsErrors()
{
    const DriverRecord record = parsed(
        R"({"mean_tpot_ms": 6, "completed": 2, "failed": 0, "errors": ["", "EngineDeadError {", "x\"}"]})");
    QCOMPARE(record.failures(), std::uint64_t(2));
    QCOMPARE(record.chosen().firstFailure, std::string("EngineDeadError {"));
    QCOMPARE(parsed(R"({"mean_tpot_ms": 6, "completed": 2, "failed": 3})").failures(), std::uint64_t(3));
}

void TestDriverRecord::pythonNumbersDoNoHarm()
{
    const DriverRecord record = parsed(
        R"({"mean_tpot_ms": 6.5, "mean_ttft_ms": NaN, "request_rate": Infinity, "max_concurrency": null,
            "completed": -1, "mean_itl_ms": -3, "spec_decode_acceptance_length": 0})");
    QCOMPARE(tpotOf(record.chosen()), std::optional<double>(6.5));
    QVERIFY(!record.chosen().ttftMilliseconds);
    QVERIFY(!record.chosen().itlMilliseconds);
    QVERIFY(!record.chosen().concurrency);
    QVERIFY(!record.chosen().tokensPerStep);
    QCOMPARE(record.chosen().requests, std::uint64_t(0));
}

void TestDriverRecord::linesWithoutMeasures()
{
    const DriverRecord record =
        parsed("[clean-driver] model=m c=1e300 max_tokens=inf\n"
               "[clean-driver] round 1/1 http=200 t=-1s 0 tok/s, TTFT nan ms, TPOT 6.5 ms/tok\n");
    QCOMPARE(tpotOf(record.chosen()), std::optional<double>(6.5));
    QVERIFY(!record.chosen().ttftMilliseconds);
    QVERIFY(!record.chosen().concurrency);
    QVERIFY(!record.chosen().outputTokens);
}

void TestDriverRecord::saysWhatIsMissing()
{
    QCOMPARE(faultOf("hello"), QByteArray("it is neither the clean driver's lines nor JSON"));
    QCOMPARE(faultOf("[clean-driver] model=m c=1 max_tokens=5"),
             QByteArray("the clean driver's lines tell of no round"));
    QCOMPARE(faultOf(R"({"avg_latency": 3.2, "latencies": [3.2]})"),
             QByteArray("it holds neither mean_tpot_ms nor mean_itl_ms"));
    QVERIFY(faultOf(R"({"mean_tpot_ms": 6.5, "errors": [)").contains("breaks off"));
    QVERIFY(faultOf(R"({"mean_tpot_ms" 6.5})").contains("damaged between the bytes 0 and 20"));
    QVERIFY(faultOf(std::string(100'000, '{')).contains("breaks off"));
}

void TestDriverRecord::readsFiles()
{
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(QLatin1String(name)).toStdString(); };
    QFile file(folder.filePath(QStringLiteral("run.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(benchText);
    file.close();
    const Result<DriverRecord> record = readDriverRecord(path("run.json"));
    QVERIFY(record);
    QCOMPARE(record->name, std::string("run.json"));
    QCOMPARE(tpotOf(record->chosen()), std::optional<double>(6.21));
    QVERIFY(readDriverRecord(path("none.json")).error().code == ErrorCode::FileNotFound);
    QVERIFY(readDriverRecord(folder.path().toStdString()).error().code == ErrorCode::IsDirectory);
}

void TestDriverRecord::anyBytesAreAnswered()
{
    // Records with bytes changed, cut or doubled: a record or a fault, and never a number that is none.
    std::mt19937 random(5);
    const auto pick = [&random](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    for (int round = 0; round < 3'000; ++round) {
        std::string text = round % 2 == 0 ? cleanText : benchText;
        for (std::size_t change = pick(4) + 1; change > 0; --change) {
            const std::size_t at = pick(text.size());
            if (pick(3) == 0)
                text = text.substr(0, at + 1);
            else if (pick(2) == 0)
                text += text.substr(at);
            else
                text[at] = static_cast<char>(pick(256));
        }
        const Result<DriverRecord> record = parseDriverRecord(text, "x");
        if (!record)
            continue;
        QVERIFY(!record->rounds.empty());
        for (const DriverRound& each : record->rounds) {
            QVERIFY(tpotOf(each).value_or(1.0) > 0.0);
            QVERIFY(each.tokensPerStep.value_or(1.0) > 0.0);
        }
    }
}

QTEST_APPLESS_MAIN(TestDriverRecord)
#include "tst_driverrecord.moc"
