#include "core/base/utf8.h"
#include "core/import/traceimporter.h"
#include "core/report/errortext.h"
#include "tests/golden/testfiles.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/sampletrace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <functional>
#include <limits>
#include <set>

#include <sys/resource.h>

using namespace stepscope;

namespace {

/// A kernel 20 µs after the one before, 5.5 µs long, in the year 2024.
std::string kernelEvent(int number)
{
    return R"({"ph": "X", "cat": "kernel", "name": "kernel )" + std::to_string(number) +
           R"(", "pid": 0, "tid": 7, "ts": )" + std::to_string(1711964646000000 + 20 * number) +
           R"(.125, "dur": 5.5, "args": {"device": 0, "stream": 7, "correlation": )" +
           std::to_string(number + 1) + "}}";
}

std::string traceOf(const std::string& events, const std::string& members = {})
{
    return "{\"schemaVersion\": 1, \"traceEvents\": [\n" + events + "]" + members + "}\n";
}

std::string repeated(const std::string& text, int times)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

/// The most memory that this process ever took; it never falls.
std::int64_t peakKilobytes()
{
    struct rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// Of one GPU row: its begin on the file's clock.
std::int64_t fileBegin(const Trace& trace, std::size_t row)
{
    return trace.capture().origin + nanosecondsOf(trace.devices().front().activities.begin(row));
}

bool isUtf8(std::string_view text)
{
    return !validUtf8(text).wasInvalid;
}

} // namespace

/// Texts that no profiler writes end with a trace that says so or with a sentence, within bounds.
class TestHostileJson : public QObject {
    Q_OBJECT

private slots:
    void nameOf200Megabytes(); // the first: what the process took at most never falls
    void lanesWithoutEnd_data();
    void lanesWithoutEnd();
    void edgesOfTimes_data();
    void edgesOfTimes();
    void nestingIsPassedOver_data();
    void nestingIsPassedOver();
    void duplicateKeys_data();
    void duplicateKeys();
    void duplicateLists();
    void duplicateMembers();
    void manyDuplicates();
    void wellFormedTracesHaveNoDuplicates();
    void megabyteOfDigits();
    void invalidUtf8InEveryString();
    void invalidUtf8OutsideStrings();
    void onlyAByteOrderMark_data();
    void onlyAByteOrderMark();
    void listWithoutEnd();
    void listOfNothingWithoutEnd();
    void longExamplesAreCut();
    void pathsWithOddBytes_data();
    void pathsWithOddBytes();

private:
    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    Result<Trace> read(const std::string& file) const
    {
        NoProgress progress;
        return importTrace(file, progress);
    }
    Result<Trace> import(const std::string& text) const
    {
        test::writeFile(path("hostile.json"), text);
        return read(path("hostile.json"));
    }

    QTemporaryDir m_folder;
};

void TestHostileJson::nameOf200Megabytes()
{
    constexpr int pieces = 200;
    const std::string piece(1'000'000, 'n');
    const std::string file = path("long.json");
    {
        std::ofstream stream(file, std::ios::binary);
        stream << "{\"schemaVersion\": 1, \"traceEvents\": [" << kernelEvent(0)
               << R"(,{"ph": "X", "cat": "kernel", "name": ")";
        for (int i = 0; i < pieces; ++i)
            stream << piece;
        stream << R"(", "ts": 1711964646000020.125, "dur": 5.5, "args": {"device": 0, "stream": 7}},)"
               << kernelEvent(2) << "]}";
        QVERIFY(stream.flush());
    }
    QVERIFY(read(path("long.json") + ".none").error().code == ErrorCode::FileNotFound);
    const std::int64_t before = peakKilobytes();
    const Result<Trace> trace = read(file);
    const std::int64_t growth = peakKilobytes() - before;
    QFile::remove(QString::fromStdString(file));
    QVERIFY2(growth < 50'000, qPrintable(QStringLiteral("%1 KiB").arg(growth)));
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{3});
    QCOMPARE(trace->log().count(ImportCode::LongName), std::uint64_t{1});
    QVERIFY(!trace->log().isDamaged());
    QCOMPARE(trace->name(trace->devices().front().activities.name(1)).size(), std::size_t{64 * 1024});
}

void TestHostileJson::lanesWithoutEnd_data()
{
    QTest::addColumn<QByteArray>("before"); // the event up to the number of the row
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("folded");
    QTest::addColumn<bool>("isGpu");
    constexpr const char* times = R"("ts": 1711964646000000.5, "dur": 1.25)";
    const QByteArray call = QByteArray(R"({"ph": "X", "cat": "cuda_runtime", "name": "c", )") + times;
    const QByteArray kernel = QByteArray(R"({"ph": "X", "cat": "kernel", "name": "k", )") + times;
    QTest::newRow("threads") << call + R"(, "pid": 1, "tid": )" << QByteArray("},") << 250'000 - 4096
                             << false;
    QTest::newRow("processes") << call + R"(, "tid": 1, "pid": )" << QByteArray("},") << 250'000 - 4096
                               << false;
    QTest::newRow("streams") << kernel + R"(, "args": {"device": 0, "stream": )" << QByteArray("}},")
                             << 250'000 - 4096 << true;
    QTest::newRow("devices") << kernel + R"(, "args": {"stream": 7, "device": )" << QByteArray("}},")
                             << 250'000 - 1024 << true;
}

/// A lane to each row, a million in all: a bounded number is shown, no row is lost, and the log counts.
void TestHostileJson::lanesWithoutEnd()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, folded);
    QFETCH(bool, isGpu);
    constexpr std::size_t rows = 250'000;
    std::string events;
    for (std::size_t i = 0; i < rows; ++i)
        events += before.toStdString() + std::to_string(i) + after.toStdString();
    const Result<Trace> trace = import(traceOf(events));
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::FoldedLanes), static_cast<std::uint64_t>(folded));
    QCOMPARE(trace->log().rowsLost(), std::uint64_t{0});
    QCOMPARE(isGpu ? trace->activityCount() : trace->calls().size(), rows);
    QVERIFY(trace->threads().size() <= 4097);
    QVERIFY(trace->processes().size() <= 4097);
    QVERIFY(trace->devices().size() <= 1025);
    std::set<std::pair<std::size_t, std::int64_t>> streams;
    std::int64_t time = 0;
    for (std::size_t device = 0; device < trace->devices().size(); ++device) {
        const ActivityTable& work = trace->devices()[device].activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            streams.emplace(device, work.stream(row));
            time += work.range(row).duration().count();
        }
    }
    QVERIFY(streams.size() <= 4097);
    QCOMPARE(time, isGpu ? std::int64_t{1250} * static_cast<std::int64_t>(rows) : std::int64_t{0});
}

void TestHostileJson::edgesOfTimes_data()
{
    QTest::addColumn<QByteArray>("ts");
    QTest::addColumn<QByteArray>("dur");
    QTest::addColumn<qlonglong>("begin"); // ns; of a row that is kept
    QTest::addColumn<qlonglong>("length");
    QTest::addColumn<int>("code"); // why the row is left out, or noted
    const auto good = [](const char* name, const char* ts, const char* dur, qlonglong begin, qlonglong length,
                         int code = -1) {
        QTest::newRow(name) << QByteArray(ts) << QByteArray(dur) << begin << length << code;
    };
    const auto bad = [](const char* name, const char* ts, const char* dur, ImportCode code) {
        QTest::newRow(name) << QByteArray(ts) << QByteArray(dur) << qlonglong{0} << qlonglong{0}
                            << static_cast<int>(code);
    };
    good("to the ns at epoch scale", "1711964646123456.789", "0.001", 1711964646123456789, 1);
    good("one ns more", "1711964646123456.790", "0.002", 1711964646123456790, 2);
    good("exponent", "1.711964646123456789e15", "25e-1", 1711964646123456789, 2500);
    good("quoted", "\"1711964646123456.789\"", "\"1.5\"", 1711964646123456789, 1500);
    good("negative ts", "-5.125", "1", -5125, 1000);
    good("no length", "1711964646000100", "0", 1711964646000100000, 0,
         static_cast<int>(ImportCode::ZeroDuration));
    good("minus zero", "1711964646000100", "-0.0", 1711964646000100000, 0,
         static_cast<int>(ImportCode::ZeroDuration));
    good("ten seconds", "1711964646000100", "10000000", 1711964646000100000, 10'000'000'000);
    bad("longer", "1711964646000100", "10000000.001", ImportCode::AbsurdDuration);
    bad("negative dur", "1711964646000100", "-0.001", ImportCode::NegativeDuration);
    bad("greatest number", "9223372036854775807", "1", ImportCode::BadEvent);
    bad("least number", "-9223372036854775808", "1", ImportCode::BadEvent);
    bad("sum overflows", "4000000000000000", "9223372036854775.807", ImportCode::BadEvent);
    bad("greatest dur", "1711964646000100", "9223372036854775807", ImportCode::BadEvent);
    bad("beyond 64 bits", "18446744073709551616", "1", ImportCode::BadEvent);
    bad("far beyond 64 bits", "123456789012345678901234567890", "1", ImportCode::BadEvent);
    bad("dur beyond 64 bits", "1711964646000100", "18446744073709551617", ImportCode::BadEvent);
    bad("ts beyond a double", "1e400", "1", ImportCode::BadEvent);
    bad("dur beyond a double", "1711964646000100", "1e400", ImportCode::BadEvent);
    bad("ts below a double", "-1e400", "1", ImportCode::BadEvent);
    bad("exponent without end", "1e999999999999999999999", "1", ImportCode::BadEvent);
    bad("ts a word", "\"soon\"", "1", ImportCode::BadEvent);
    bad("ts an empty text", "\"\"", "1", ImportCode::BadEvent);
    bad("ts null", "null", "1", ImportCode::BadEvent);
    bad("ts true", "true", "1", ImportCode::BadEvent);
    bad("ts NaN", "NaN", "1", ImportCode::BadEvent);
    bad("ts a list", "[1711964646000100]", "1", ImportCode::BadEvent);
    bad("ts an object", "{\"ts\": 1711964646000100}", "1", ImportCode::BadEvent);
    bad("dur a word", "1711964646000100", "\"long\"", ImportCode::BadEvent);
    bad("dur null", "1711964646000100", "null", ImportCode::BadEvent);
    bad("dur true", "1711964646000100", "true", ImportCode::BadEvent);
    bad("dur a list", "1711964646000100", "[1]", ImportCode::BadEvent);
    bad("dur infinite", "1711964646000100", "Infinity", ImportCode::BadEvent);
}

void TestHostileJson::edgesOfTimes()
{
    QFETCH(QByteArray, ts);
    QFETCH(QByteArray, dur);
    QFETCH(qlonglong, begin);
    QFETCH(qlonglong, length);
    QFETCH(int, code);
    const Result<Trace> trace = import(traceOf(
        R"({"ph": "X", "cat": "kernel", "name": "edge", "pid": 0, "tid": 7, "ts": )" + ts.toStdString() +
        ", \"dur\": " + dur.toStdString() + R"(, "args": {"device": 0, "stream": 7}})"));
    QVERIFY(trace);
    QVERIFY(!trace->log().isDamaged());
    if (code >= 0)
        QCOMPARE(trace->log().count(static_cast<ImportCode>(code)), std::uint64_t{1});
    const bool isLost = code >= 0 && static_cast<ImportCode>(code) != ImportCode::ZeroDuration;
    QCOMPARE(trace->log().rowsLost(), std::uint64_t{isLost ? 1U : 0U});
    QCOMPARE(trace->activityCount(), std::size_t{isLost ? 0U : 1U});
    if (isLost)
        return;
    QCOMPARE(qlonglong{fileBegin(*trace, 0)}, begin);
    QCOMPARE(qlonglong{trace->devices().front().activities.range(0).duration().count()}, length);
}

void TestHostileJson::nestingIsPassedOver_data()
{
    QTest::addColumn<QByteArray>("opening");
    QTest::addColumn<QByteArray>("closing");
    QTest::addColumn<int>("depth");
    QTest::newRow("objects") << QByteArray("{\"a\":") << QByteArray("}") << 100'000;
    QTest::newRow("lists") << QByteArray("[") << QByteArray("]") << 1'000'000;
}

/// Nested deeper than anything and closed again: what stands around it is read.
void TestHostileJson::nestingIsPassedOver()
{
    QFETCH(QByteArray, opening);
    QFETCH(QByteArray, closing);
    QFETCH(int, depth);
    const std::string nested =
        repeated(opening.toStdString(), depth) + "1" + repeated(closing.toStdString(), depth);
    const std::string before = kernelEvent(0) + ",";
    const std::string behind = "," + kernelEvent(2);
    const Result<Trace> inArguments =
        import(traceOf(before + R"({"ph": "X", "args": {"x": )" + nested + "}}" + behind));
    const Result<Trace> inEvent = import(traceOf(before + R"({"ph": "X", "x": )" + nested + "}" + behind));
    const Result<Trace> inList = import(traceOf(before + nested + behind));
    const Result<Trace> inMetadata =
        import("{\"metadata\": " + nested + ", \"traceEvents\": [" + kernelEvent(0) + behind + "]}");
    const Result<Trace> behindEvents = import(traceOf(kernelEvent(0) + behind, ", \"metadata\": " + nested));
    for (const Result<Trace>* trace : {&inArguments, &inEvent, &inList, &inMetadata, &behindEvents}) {
        QVERIFY2(*trace, *trace ? "" : trace->error().detail.c_str());
        QCOMPARE((*trace)->activityCount(), std::size_t{2});
        QVERIFY((*trace)->log().isDamaged());
        QCOMPARE((*trace)->capture().damage.size(), std::size_t{1});
        const ImportEntry& entry = (*trace)->log().entries().front();
        QVERIFY(entry.examples.front().find("nested deeper than 64 levels") != std::string::npos ||
                entry.code == ImportCode::TruncatedJson);
    }
    const Result<Trace> alone = import(nested);
    QVERIFY(!alone);
    QVERIFY(errorSentence(alone.error(), "x").size() > 10);
}

void TestHostileJson::duplicateKeys_data()
{
    QTest::addColumn<QByteArray>("members"); // of a kernel with name, cat, ph
    QTest::addColumn<int>("duplicates");
    QTest::addColumn<qlonglong>("begin");
    QTest::addColumn<qlonglong>("length");
    QTest::addColumn<qlonglong>("stream");
    QTest::addColumn<QByteArray>("example");
    const auto row = [](const char* name, const char* members, int duplicates, qlonglong length,
                        qlonglong stream, const char* example) {
        QTest::newRow(name) << QByteArray(members) << duplicates << qlonglong{1711964646000100500} << length
                            << stream << QByteArray(example);
    };
    row("none", R"("ts": 1711964646000100.5, "dur": 2, "args": {"device": 0, "stream": 9})", 0, 2000, 9, "");
    row("ts", R"("ts": 3, "ts": 1711964646000100.5, "dur": 2, "args": {"device": 0, "stream": 9})", 1, 2000,
        9, "ts");
    row("dur three times",
        R"("dur": 7, "ts": 1711964646000100.5, "dur": 8, "dur": 2.5, "args": {"device": 0})", 2, 2500, 4,
        "dur");
    row("bad, then good", R"("ts": [], "ts": 1711964646000100.5, "dur": null, "dur": 2, "tid": 5)", 2, 2000,
        5, "ts");
    row("stream", R"("ts": 1711964646000100.5, "dur": 2, "args": {"stream": 8, "device": 0, "stream": 9})", 1,
        2000, 9, "args.stream");
    row("stream, then none",
        R"("ts": 1711964646000100.5, "dur": 2, "args": {"stream": 8, "device": 0, "stream": {"stream": 6}})",
        1, 2000, 4, "args.stream");
    row("arguments",
        R"("ts": 1711964646000100.5, "dur": 2, "args": {"stream": 8, "bytes": 1}, "args": {"stream": 9})", 1,
        2000, 9, "args");
    row("arguments, then a number", R"("ts": 1711964646000100.5, "dur": 2, "args": {"stream": 8}, "args": 5)",
        1, 2000, 4, "args");
    row("arguments, then a list",
        R"("ts": 1711964646000100.5, "dur": 2, "args": {"stream": 8}, "args": [{"stream": 6}])", 1, 2000, 4,
        "args");
    row("same name at another depth",
        R"("ts": 1711964646000100.5, "dur": 2, "x": {"ts": 1, "dur": 9}, "args": {"stream": 9, "ts": 1, "y": {"stream": 3}})",
        0, 2000, 9, "");
    row("unknown names",
        R"("ts": 1711964646000100.5, "dur": 2, "x": 1, "x": 2, "args": {"stream": 9, "z": 1, "z": 2})", 0,
        2000, 9, "");
}

/// The last one counts, as in every other reader of JSON, and the log says so.
void TestHostileJson::duplicateKeys()
{
    QFETCH(QByteArray, members);
    QFETCH(int, duplicates);
    QFETCH(qlonglong, begin);
    QFETCH(qlonglong, length);
    QFETCH(qlonglong, stream);
    QFETCH(QByteArray, example);
    const Result<Trace> trace = import(traceOf(
        R"({"ph": "X", "cat": "kernel", "name": "k", "pid": 0, )" +
        std::string(members.contains("\"tid\"") ? "" : "\"tid\": 4, ") + members.toStdString() + "}"));
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::DuplicateKey), static_cast<std::uint64_t>(duplicates));
    QCOMPARE(trace->log().rowsLost(), std::uint64_t{0});
    QCOMPARE(trace->activityCount(), std::size_t{1});
    QCOMPARE(qlonglong{fileBegin(*trace, 0)}, begin);
    const ActivityTable& work = trace->devices().front().activities;
    QCOMPARE(qlonglong{work.range(0).duration().count()}, length);
    QCOMPARE(qlonglong{work.stream(0)}, stream);
    for (const ImportEntry& entry : trace->log().entries()) {
        if (entry.code == ImportCode::DuplicateKey)
            QCOMPARE(QByteArray::fromStdString(entry.examples.front()), example);
    }
}

/// Rows are worth more than a rule: both lists are read.
void TestHostileJson::duplicateLists()
{
    const Result<Trace> trace =
        import(traceOf(kernelEvent(0), ", \"traceEvents\": [" + kernelEvent(1) + "," + kernelEvent(2) + "]"));
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{3});
    QCOMPARE(trace->log().count(ImportCode::DuplicateKey), std::uint64_t{1});
}

void TestHostileJson::duplicateMembers()
{
    const std::string first = R"(, "baseTimeNanoseconds": 5, "cupti_version": 1, "host_name": "a",
        "distributedInfo": {"backend": "gloo", "rank": 3, "world_size": 8},
        "deviceProperties": [{"id": 0, "name": "first"}, {"id": 1, "name": "gone"}])";
    const std::string second = R"(, "baseTimeNanoseconds": 1711964646000000000, "cupti_version": 2,
        "host_name": [], "schemaVersion": 7, "distributedInfo": {"backend": "nccl", "rank": 1},
        "deviceProperties": [{"id": 0, "name": "second"}])";
    const Result<Trace> trace = import(traceOf(kernelEvent(0), first + second));
    QVERIFY(trace);
    QCOMPARE(trace->log().count(ImportCode::DuplicateKey), std::uint64_t{6});
    QCOMPARE(trace->capture().baseTime, std::optional<std::int64_t>(1711964646000000000));
    QCOMPARE(trace->capture().rank, std::optional<int>(1));
    QVERIFY(!trace->capture().worldSize);
    QCOMPARE(trace->capture().schemaVersion, std::string("7"));
    QCOMPARE(trace->devices().front().hardware, std::string("second"));
    const std::vector<std::pair<std::string, std::string>> facts = {
        {"Record Window End", "missing"}, {"cupti_version", "2"}, {"backend", "nccl"}, {"GPU 0", "second"}};
    QCOMPARE(trace->capture().facts, facts);
}

/// Neither the log nor the memory grows with them.
void TestHostileJson::manyDuplicates()
{
    constexpr int times = 100'000;
    std::string members;
    for (int i = 0; i < times; ++i)
        members += ", \"m" + std::to_string(i) + "\": 1";
    const Result<Trace> trace =
        import(traceOf(R"({"ph": "X", "cat": "kernel", "name": "k", "pid": 0, "ts": 5.5)" +
                           repeated(", \"dur\": 2", times) + "}",
                       members));
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{1});
    QCOMPARE(trace->log().count(ImportCode::DuplicateKey), std::uint64_t{times - 1});
    QCOMPARE(trace->log().entries().front().examples.size(), ImportLog::examplesKept);
}

void TestHostileJson::wellFormedTracesHaveNoDuplicates()
{
    testsupport::writeSample(path("sample.json"));
    const Result<Trace> sample = read(path("sample.json"));
    QVERIFY(sample && sample->activityCount() > 1000);
    QCOMPARE(sample->log().count(ImportCode::DuplicateKey), std::uint64_t{0});
    QCOMPARE(sample->log().count(ImportCode::FoldedLanes), std::uint64_t{0});
    const QDir golden(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
    for (const char* name : {"kineto_2021_spelling.json", "kineto_key_order.json", "kineto_graph_ids.json",
                             "kineto_peer_copy.json", "kineto_rocm_graph.json", "kineto_messages.json"}) {
        const Result<Trace> trace = read(golden.filePath(QLatin1String(name)).toStdString());
        QVERIFY(trace);
        QCOMPARE(trace->log().count(ImportCode::DuplicateKey), std::uint64_t{0});
    }
}

void TestHostileJson::megabyteOfDigits()
{
    const std::string digits = repeated("1234567890", 100'000);
    for (const std::string& number : {digits, "-" + digits, "0." + digits, digits + "e5", "1e" + digits}) {
        const Result<Trace> trace = import(traceOf(
            kernelEvent(0) +
                R"(,{"ph": "X", "cat": "kernel", "name": "no time", "pid": 0, "dur": 2, "ts": )" + number +
                R"(},{"ph": "X", "cat": "kernel", "name": "no call", "pid": 0, "dur": 2, "ts": 1711964646000020.5, "args": {"device": 0, "correlation": )" +
                number + "}}",
            ", \"baseTimeNanoseconds\": " + number));
        QVERIFY(trace);
        QVERIFY(!trace->log().isDamaged());
        QCOMPARE(trace->activityCount(), std::size_t{2});
        QCOMPARE(trace->log().count(ImportCode::BadEvent), std::uint64_t{1});
        QCOMPARE(trace->log().count(ImportCode::IrregularJson), std::uint64_t{3});
        QCOMPARE(trace->devices().front().activities.correlation(1), std::int64_t{0});
        QVERIFY(!trace->capture().baseTime);
    }
}

void TestHostileJson::invalidUtf8InEveryString()
{
    // Behind every quote that ends a string: a byte that begins nothing, and a sequence that breaks off.
    const std::string text = R"({"schemaVersion": "1", "host_name": "h", "trace_id": "t",
        "distributedInfo": {"backend": "b", "other": "o"}, "WARNING": ["w"], "mine": {"x": ["y"]},
        "deviceProperties": [{"id": 0, "name": "gpu", "uuid": "u"}], "traceEvents": [
        {"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "process"}},
        {"ph": "X", "cat": "cuda_runtime", "name": "call", "pid": 1, "tid": 2, "ts": 1.5, "dur": 1},
        {"ph": "X", "cat": "kernel", "name": "kernel", "ts": 2.5, "dur": 1, "pid": 0,
         "args": {"device": 0, "stream": 7, "kind": "k", "grid": "g", "x": {"y": "z"}}},
        {"ph": "s", "id": "i", "cat": "ac2g", "name": "n"}]})";
    std::vector<std::size_t> ends; // of strings
    for (std::size_t at = text.find('"'), count = 0; at != std::string::npos;
         at = text.find('"', at + 1), ++count) {
        if (count % 2 == 1)
            ends.push_back(at);
    }
    QVERIFY(ends.size() > 60);
    const auto check = [](const Trace& trace) {
        std::vector<std::string> shown;
        for (const Device& device : trace.devices()) {
            shown.push_back(device.hardware);
            for (std::size_t row = 0; row < device.activities.size(); ++row)
                shown.emplace_back(trace.name(device.activities.name(row)));
        }
        for (std::size_t row = 0; row < trace.calls().size(); ++row)
            shown.emplace_back(trace.name(trace.calls().name(row)));
        for (const Process& process : trace.processes())
            shown.push_back(process.name);
        for (const auto& [name, value] : trace.capture().facts) {
            shown.push_back(name);
            shown.push_back(value);
        }
        for (const auto& [name, count] : trace.capture().contents)
            shown.push_back(name);
        for (const ImportEntry& entry : trace.log().entries())
            shown.insert(shown.end(), entry.examples.begin(), entry.examples.end());
        return std::all_of(shown.begin(), shown.end(), isUtf8);
    };
    for (const std::size_t end : ends) {
        std::string spoilt = text;
        spoilt.insert(end, "\xff\xe2\x82");
        const Result<Trace> trace = import(spoilt);
        const bool isList = text.compare(end - 11, 11, "traceEvents") == 0;
        if (isList) { // a file without a list of events
            QVERIFY(!trace && isUtf8(errorSentence(trace.error(), "x")));
            continue;
        }
        QVERIFY(trace);
        QVERIFY(check(*trace));
        QCOMPARE(trace->log().count(ImportCode::InvalidUtf8), std::uint64_t{2});
        QVERIFY(!trace->log().isDamaged());
    }
    // In all at once but the names of members, which would be others.
    std::string all = text;
    std::uint64_t spoilt = 0;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        if (text[*end + 1] == ':')
            continue;
        all.insert(*end, "\xff\xe2\x82");
        ++spoilt;
    }
    const Result<Trace> trace = import(all);
    QVERIFY(trace && check(*trace));
    QCOMPARE(trace->log().count(ImportCode::InvalidUtf8), 2 * spoilt);
}

void TestHostileJson::invalidUtf8OutsideStrings()
{
    const std::string text = traceOf(kernelEvent(0) + "," + kernelEvent(1) + "," + kernelEvent(2));
    const std::size_t inside = text.find("\"tid\"", text.find("kernel 1"));
    for (const char* bytes : {"\xff", "\xe2\x82", "\xc3\xa9"}) {
        std::string spoilt = text;
        spoilt.insert(inside, bytes);
        const Result<Trace> trace = import(spoilt);
        QVERIFY(trace);
        QCOMPARE(trace->activityCount(), std::size_t{2});
        QCOMPARE(trace->log().count(ImportCode::DamagedJson), std::uint64_t{1});
        for (const ImportEntry& entry : trace->log().entries()) {
            for (const std::string& example : entry.examples)
                QVERIFY2(isUtf8(example), example.c_str());
        }
    }
}

void TestHostileJson::onlyAByteOrderMark_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8") << QByteArray("\xef\xbb\xbf");
    QTest::newRow("UTF-8 and blanks") << QByteArray("\xef\xbb\xbf \r\n\t");
    QTest::newRow("half of one") << QByteArray("\xef\xbb");
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe");
    QTest::newRow("blanks") << QByteArray(" \n");
}

void TestHostileJson::onlyAByteOrderMark()
{
    QFETCH(QByteArray, bytes);
    for (const std::string& text : {bytes.toStdString(), test::gzip(bytes.toStdString())}) {
        const Result<Trace> trace = import(text);
        QVERIFY(!trace);
        QCOMPARE(trace.error().code, ErrorCode::UnknownFormat);
    }
}

void TestHostileJson::listWithoutEnd()
{
    constexpr int events = 20'000;
    std::string text = "{\"traceEvents\": [";
    for (int i = 0; i < events; ++i)
        text += kernelEvent(i) + ",";
    for (const char* end : {"", "[", "{", "{\"ph\": \"X\", \"args\": {", "\"", "nul", "{},{},{},"}) {
        const Result<Trace> trace = import(text + end);
        QVERIFY(trace);
        QCOMPARE(trace->activityCount(), std::size_t{events});
        QCOMPARE(trace->log().count(ImportCode::TruncatedJson), std::uint64_t{1});
        QVERIFY(trace->capture().damage.back().reachesEnd);
    }
}

void TestHostileJson::listOfNothingWithoutEnd()
{
    constexpr int times = 1'000'000;
    for (const char* element : {"{},", ",", "[],", "0,", "\"\","}) {
        for (const char* list : {"{\"traceEvents\": [{},", "[{},"}) {
            const Result<Trace> trace = import(list + repeated(element, times));
            QVERIFY(!trace);
            QCOMPARE(trace.error().code, ErrorCode::DamagedJson);
        }
    }
}

void TestHostileJson::longExamplesAreCut()
{
    const Result<Trace> trace = import(traceOf(R"({"ph": "X", "cat": "kernel", "ts": "never", "name": ")" +
                                               repeated("\xc3\xa9", 20'000) + "\"}"));
    QVERIFY(trace);
    const ImportEntry& entry = trace->log().entries().front();
    QCOMPARE(entry.code, ImportCode::BadEvent);
    QVERIFY(entry.examples.front().size() <= ImportLog::longestExample && isUtf8(entry.examples.front()));
}

void TestHostileJson::pathsWithOddBytes_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"a b", "100%", "%2e%00", "a#b", "a?mode=rw", "it's", "\"quoted\"", "two\nlines",
                             "\xff\xfe", "e\xcc\x81\xe2\x80\xae", "-rf", "$(x)", "a\\b", "\x1b[31m"})
        QTest::newRow(QByteArray(name).toPercentEncoding().constData()) << QByteArray(name);
}

void TestHostileJson::pathsWithOddBytes()
{
    QFETCH(QByteArray, name);
    const std::string file = path("") + "/" + name.toStdString() + ".json";
    test::writeFile(file, traceOf(kernelEvent(0)));
    const Result<Trace> trace = read(file);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{1});
    QCOMPARE(trace->capture().path, file);
    test::writeFile(file, "neither");
    QVERIFY(!errorSentence(read(file).error(), file).empty());
    QVERIFY(std::remove(file.c_str()) == 0);
}

QTEST_GUILESS_MAIN(TestHostileJson)
#include "tst_hostilejson.moc"
