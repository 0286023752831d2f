#include "core/base/checksum.h"
#include "core/import/traceimporter.h"
#include "core/trace/tracebuilder.h"
#include "tests/golden/testfiles.h"
#include "tests/unit/columnfile/sametrace.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <random>

#include <sqlite3.h>

using namespace stepscope;

/// The column file gives back what was written or nothing: of every trace there is, and whatever is done to
/// the file.
class TestColumnFile : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void checksumSeesEachChange();
    void everyTraceComesBack_data();
    void everyTraceComesBack();
    void longColumnsComeBack();
    void namesAndTextsComeBackWhateverTheyHold();
    void cutFilesAreRefused();
    void changedBytesAreNoticed();
    void handEditsAreNoticed_data();
    void handEditsAreNoticed();
    void sealedNonsenseIsRefused_data();
    void sealedNonsenseIsRefused();
    void cancels();
    void whatCannotBeWrittenIsSaid();

private:
    std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    static Result<Trace> readBack(const std::string& file)
    {
        NoProgress progress;
        Result<ColumnFileReader> reader = ColumnFileReader::open(file);
        return reader ? reader->trace(progress) : reader.error();
    }
    void write(const std::string& file, const Trace& trace) const
    {
        NoProgress progress;
        const Result<Done> done = writeColumnFile(file, trace, test::previewOf(trace), "mine", progress);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
    }
    /// Either nothing, or the trace as it was.
    void expectUnharmed(const std::string& file, const QByteArray& what)
    {
        Result<ColumnFileReader> reader = ColumnFileReader::open(file);
        if (!reader)
            return;
        const Result<TracePreview> preview = reader->preview();
        if (preview)
            QVERIFY2(test::isSamePreview(*preview, test::previewOf(*m_trace)), what.constData());
        NoProgress progress;
        const Result<Trace> trace = reader->trace(progress);
        if (trace) {
            QCOMPARE(test::differenceOf(*m_trace, *trace), std::string());
            m_harmless += preview ? 1 : 0;
        }
    }

    QTemporaryDir m_folder;
    std::string m_file;             // of m_trace
    std::shared_ptr<Trace> m_trace; // of several devices, threads and ranges
    int m_harmless = 0;
};

namespace {

/// As many operations on two devices, with calls, CPU events and ranges.
Trace madeTrace(int operations, const std::string& odd = "plain")
{
    std::mt19937_64 random(7);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(11);
    builder.setProcessName(process, "server " + odd);
    for (int row = 0; row < operations; ++row) {
        const DeviceId device = builder.device(process, row % 2);
        const ThreadId thread = builder.thread(process, row % 3);
        const TimePoint begin(Duration(1'000'000 + row * 1000));
        const auto length = Duration(static_cast<std::int64_t>(random() % 1500));
        const std::string name = odd + std::to_string(row % 50);
        Activity work;
        work.begin = begin;
        work.end = begin + length;
        work.name = builder.intern(name);
        work.process = process;
        // Of the second device a few do not fit the narrow column, which makes it wide.
        work.correlation = row + 1 + (row % 2002 == 1001 ? std::int64_t{1} << 40 : 0);
        work.stream = static_cast<std::int64_t>(random() % 4);
        work.bytes = row % 7 == 0 ? static_cast<std::int64_t>(random() >> 20) : 0;
        work.kind = row % 7 == 0 ? ActivityKind::Memcpy : ActivityKind::Kernel;
        work.copy = row % 7 == 0 ? CopyKind::HostToDevice : CopyKind::None;
        work.graph = row % 5 == 0 ? 3 : 0;
        work.graphNode = static_cast<std::uint32_t>(row);
        builder.addActivity(device, work);
        builder.addCall({begin - Duration(500), begin - Duration(100), builder.intern("cudaLaunchKernel"),
                         thread, row + 1, ApiCallKind::Other});
        builder.addCpuEvent({begin - Duration(800), begin + Duration(2000), builder.intern("aten::" + name),
                             thread, CpuEventKind::Operator});
        if (row % 10 == 0)
            builder.addRange({begin, begin + Duration(5000), builder.intern("step " + name), thread,
                              row % 20 == 0 ? RangeKind::Annotation : RangeKind::Overhead});
    }
    builder.log().add(ImportCode::BadCell, ImportPlace{TimePoint(Duration(1'500'000)), DeviceId(1)}, odd, 3);
    builder.log().add(ImportCode::FoldedLanes);
    CaptureInfo& capture = builder.capture();
    capture.tool = odd;
    capture.path = "/traces/\xff\xfe of any bytes.json"; // paths are bytes
    capture.sha256 = std::string(64, 'a');
    capture.rank = 3;
    capture.baseTime = 1'700'000'000'000'000'000;
    capture.facts = {{"fact", odd}, {"", ""}};
    capture.contents = {{"kernel", 7}};
    capture.damage = {{0, "t", true, 5, std::nullopt, 9, TimePoint(Duration(4)), false}};
    return builder.build();
}

/// Runs SQL on a copy of a column file, as somebody with sqlite3 would.
void edit(const std::string& file, const QString& sql)
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    char* fault = nullptr;
    const int status = sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, &fault);
    QVERIFY2(status == SQLITE_OK, fault ? fault : "");
    sqlite3_close(database);
}

} // namespace

void TestColumnFile::initTestCase()
{
    m_trace = std::make_shared<Trace>(madeTrace(6000));
    m_file = path("made.columns");
    write(m_file, *m_trace);
}

void TestColumnFile::checksumSeesEachChange()
{
    std::mt19937_64 random(1);
    for (const std::size_t size : {0, 1, 7, 8, 9, 63, 64, 65, 200, 4096}) {
        std::vector<unsigned char> bytes(size);
        for (unsigned char& byte : bytes)
            byte = static_cast<unsigned char>(random());
        const std::uint64_t sum = checksumOf(bytes.data(), size);
        for (std::size_t at = 0; at < size; ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                bytes[at] = static_cast<unsigned char>(bytes[at] ^ (1U << bit));
                QVERIFY(checksumOf(bytes.data(), size) != sum);
                bytes[at] = static_cast<unsigned char>(bytes[at] ^ (1U << bit));
            }
        }
        bytes.push_back(0); // a zero more is another text
        QVERIFY(checksumOf(bytes.data(), size + 1) != sum);
    }
    const std::string ab(64, 'a');
    const std::string swapped = std::string(56, 'a') + "bbbbbbbb" + std::string(56, 'a') + "cccccccc";
    const std::string other = std::string(56, 'a') + "cccccccc" + std::string(56, 'a') + "bbbbbbbb";
    QVERIFY(checksumOf(swapped.data(), swapped.size()) != checksumOf(other.data(), other.size()));
}

void TestColumnFile::everyTraceComesBack_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("made") << QString();
    for (const char* folder : {STEPSCOPE_SOURCE_DIR "/tests/golden", STEPSCOPE_SHARED_DATA "/traces/real",
                               STEPSCOPE_SHARED_DATA "/traces/h100"}) {
        const QDir files(QString::fromLocal8Bit(folder));
        for (const QString& name : files.entryList({QStringLiteral("*.json"), QStringLiteral("*.sql"),
                                                    QStringLiteral("*.gz"), QStringLiteral("*.sqlite")},
                                                   QDir::Files))
            QTest::newRow(qPrintable(name)) << files.filePath(name);
    }
}

void TestColumnFile::everyTraceComesBack()
{
    QFETCH(const QString, file);
    std::string source = file.toStdString();
    if (file.endsWith(QStringLiteral(".sql"))) {
        source = path("golden");
        test::writeDatabase(source, test::readFile(file.toStdString()));
    }
    NoProgress progress;
    const Result<Trace> trace = file.isEmpty() ? madeTrace(300) : importTrace(source, progress);
    if (!trace)
        return; // a golden that is refused
    const std::string columns = path("trace.columns");
    QFile::remove(QString::fromStdString(columns));
    write(columns, *trace);
    Result<ColumnFileReader> reader = ColumnFileReader::open(columns);
    QVERIFY2(reader, reader ? "" : reader.error().detail.c_str());
    QCOMPARE(reader->head().identity, std::string("mine"));
    const Result<TracePreview> preview = reader->preview();
    QVERIFY(preview);
    QVERIFY(test::isSamePreview(*preview, test::previewOf(*trace)));
    const Result<Trace> again = reader->trace(progress);
    QVERIFY2(again, again ? "" : again.error().detail.c_str());
    QCOMPARE(test::differenceOf(*trace, *again), std::string());
}

void TestColumnFile::longColumnsComeBack()
{
    const Trace trace =
        madeTrace(1'300'000); // 8-byte columns of two pieces a device would be longer than one
    const std::string file = path("long.columns");
    write(file, trace);
    const Result<Trace> again = readBack(file);
    QVERIFY2(again, again ? "" : again.error().detail.c_str());
    QCOMPARE(test::differenceOf(trace, *again), std::string());
    QFile::remove(QString::fromStdString(file));
}

void TestColumnFile::namesAndTextsComeBackWhateverTheyHold()
{
    for (const std::string& odd :
         {std::string(), std::string("\0\n\"", 3), std::string("Ünï – 核"), std::string(70'000, 'x')}) {
        const Trace trace = madeTrace(40, odd);
        write(path("odd.columns"), trace);
        const Result<Trace> again = readBack(path("odd.columns"));
        QVERIFY(again);
        QCOMPARE(test::differenceOf(trace, *again), std::string());
    }
}

void TestColumnFile::cutFilesAreRefused()
{
    const std::string whole = test::readFile(m_file);
    const std::string cut = path("cut.columns");
    m_harmless = 0;
    std::mt19937_64 random(3);
    std::vector<std::size_t> lengths = {0, 1, 15, 16, 99, 100, 65535, 65536, 65537, whole.size() - 1};
    for (std::size_t page = 1; page * 65536 < whole.size(); ++page)
        lengths.push_back(page * 65536);
    for (int i = 0; i < 100; ++i)
        lengths.push_back(random() % whole.size());
    for (const std::size_t length : lengths) {
        test::writeFile(cut, std::string_view(whole).substr(0, length));
        expectUnharmed(cut, QByteArray::number(qulonglong(length)));
        // The same with zeros behind: what a power cut leaves.
        std::string hole = whole.substr(0, length);
        hole.resize(whole.size());
        test::writeFile(cut, hole);
        expectUnharmed(cut, QByteArray::number(qulonglong(length)));
    }
    QVERIFY(m_harmless <= 4); // of the last page's unused end
}

void TestColumnFile::changedBytesAreNoticed()
{
    const std::string whole = test::readFile(m_file);
    const std::string changed = path("changed.columns");
    std::mt19937_64 random(5);
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < 130; ++at) // the file's header and the first page's
        places.push_back(at);
    for (std::size_t page = 0; page * 65536 < whole.size(); ++page) {
        for (int at = 0; at < 14; ++at) // the head of each page: its kind, cells, the next page
            places.push_back(page * 65536 + static_cast<std::size_t>(at));
        for (int i = 0; i < 10; ++i)
            places.push_back(page * 65536 + random() % 65536);
    }
    m_harmless = 0;
    for (const std::size_t place : places) {
        std::string bytes = whole;
        bytes[place] = static_cast<char>(bytes[place] ^ static_cast<char>(1U << (random() % 8)));
        test::writeFile(changed, bytes);
        expectUnharmed(changed, "byte " + QByteArray::number(qulonglong(place)));
    }
    QVERIFY2(m_harmless < int(places.size()) / 2, "the flips met the pieces");
}

void TestColumnFile::handEditsAreNoticed_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char* sql) { QTest::newRow(sql) << QString::fromLatin1(sql); };
    row("UPDATE piece SET bytes = zeroblob(length(bytes)) WHERE id = 4");
    row("UPDATE piece SET bytes = substr(bytes, 2) WHERE id = 5");
    row("UPDATE piece SET bytes = bytes || x'00' WHERE id = 6");
    row("UPDATE piece SET bytes = (SELECT bytes FROM piece WHERE id = 4) WHERE id = 5");
    row("UPDATE piece SET bytes = (SELECT bytes FROM piece WHERE id = 3) WHERE id = 2");
    row("UPDATE piece SET bytes = (SELECT bytes FROM piece WHERE id = 3) WHERE id = 1");
    row("UPDATE piece SET bytes = x'' WHERE id = 1");
    row("DELETE FROM piece WHERE id = 1");
    row("DELETE FROM piece WHERE id = 2");
    row("DELETE FROM piece WHERE id = 9");
    row("DELETE FROM piece");
    row("UPDATE piece SET id = id + 1000");
    row("PRAGMA user_version = 2");
    row("PRAGMA user_version = 0");
    row("PRAGMA application_id = 1");
    row("DROP TABLE piece");
    row("ALTER TABLE piece RENAME TO other");
    row("ALTER TABLE piece ADD COLUMN more");
    row("ALTER TABLE piece RENAME TO p; CREATE VIEW piece AS SELECT * FROM p");
    row("CREATE TABLE beside(x)");
    row("CREATE INDEX i ON piece(id)");
    row("CREATE TRIGGER t AFTER INSERT ON piece BEGIN DELETE FROM piece; END");
}

void TestColumnFile::handEditsAreNoticed()
{
    QFETCH(const QString, sql);
    const std::string file = path("edited.columns");
    test::writeFile(file, test::readFile(m_file));
    edit(file, sql);
    m_harmless = 0;
    expectUnharmed(file, sql.toUtf8());
    QCOMPARE(m_harmless, 0);
}

namespace {

/// Changes one column; false where there is none of that name and type.
template <class Value> bool setColumn(Trace& trace, const std::string& name, std::size_t row, Value value)
{
    bool isSet = false;
    TraceColumns::visit(trace, [&](const std::string& column, auto& values, ColumnLength) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(values[0])>, Value>) {
            if (column == name) {
                values.at(row) = value;
                isSet = true;
            }
        }
    });
    return isSet;
}

/// Changes what the operations of one stream have in common.
bool setOrigin(Trace& trace, ProcessId process, ActivityKind kind, CopyKind copy)
{
    bool isSet = false;
    TraceColumns::visit(trace, [&](const std::string& column, auto& values, ColumnLength) {
        if constexpr (requires { values[0].process; }) {
            if (column == "device 1/origins") {
                values.at(0).process = process;
                values.at(0).kind = kind;
                values.at(0).copy = copy;
                isSet = true;
            }
        }
    });
    return isSet;
}

struct Nonsense {
    const char* name;
    bool (*put)(Trace& trace); ///< whether it could be put in
};

/// What a file may say whose checksums are right: made to harm, or by a program with a mistake.
const std::vector<Nonsense> nonsense = {
    {"name that is none", [](Trace& t) { return setColumn(t, "device 0/name", 3, NameId(9'999'999)); }},
    {"no name", [](Trace& t) { return setColumn(t, "calls/name", 3, NameId()); }},
    {"process that is none",
     [](Trace& t) { return setOrigin(t, ProcessId(7), ActivityKind::Kernel, CopyKind::None); }},
    {"call that is none", [](Trace& t) { return setColumn(t, "device 1/launch", 3, CallId(999'999)); }},
    {"thread that is none", [](Trace& t) { return setColumn(t, "calls/thread", 0, ThreadId(3)); }},
    {"thread of another group", [](Trace& t) { return setColumn(t, "cpu events/thread", 0, ThreadId(2)); }},
    {"kind that is none",
     [](Trace& t) { return setOrigin(t, ProcessId(0), ActivityKind(4), CopyKind::None); }},
    {"copy that is none",
     [](Trace& t) { return setOrigin(t, ProcessId(0), ActivityKind::Memcpy, CopyKind(7)); }},
    {"origin that is none", [](Trace& t) { return setColumn(t, "device 0/origin", 8, std::uint16_t(999)); }},
    {"value that is none",
     [](Trace& t) { return setColumn(t, "device 0/bytes, bits", 0, ~std::uint64_t{0}); }},
    {"values counted wrongly", [](Trace& t) { return setColumn(t, "device 0/graph, before", 3, 5U); }},
    {"too many rows of values",
     [](Trace& t) {
         TraceColumns::visit(t, [](const std::string& name, auto& values, ColumnLength) {
             if (name == "device 1/graph node, bits" || name == "device 1/graph node, before")
                 values.resize(values.size() + 1);
         });
         return true;
     }},
    {"narrow and wide",
     [](Trace& t) {
         TraceColumns::visit(t, [](const std::string& name, auto& values, ColumnLength) {
             if (name == "calls/correlation, wide")
                 values.resize(6000);
         });
         return true;
     }},
    {"call kind that is none", [](Trace& t) { return setColumn(t, "calls/kind", 5, ApiCallKind(10)); }},
    {"event kind that is none", [](Trace& t) { return setColumn(t, "cpu events/kind", 5, CpuEventKind(3)); }},
    {"parent behind its child", [](Trace& t) { return setColumn(t, "cpu events/parent", 5, 5U); }},
    {"parent of another thread",
     [](Trace& t) {
         return setColumn(t, "cpu events/parent", t.cpuEvents().rowsOf(ThreadId(1)).first + 2, 1U);
     }},
    {"groups out of order", [](Trace& t) { return setColumn(t, "cpu events/first of thread", 1, 999'999U); }},
    {"groups that begin late", [](Trace& t) { return setColumn(t, "cpu events/first of thread", 0, 1U); }},
    {"groups that end early", [](Trace& t) { return setColumn(t, "cpu events/first of thread", 3, 1U); }},
    {"work out of order", [](Trace& t) { return setColumn(t, "device 0/begin", 9, timePointAt(1)); }},
    {"end before begin", [](Trace& t) { return setColumn(t, "device 0/end", 9, timePointAt(-5)); }},
    {"calls out of order", [](Trace& t) { return setColumn(t, "calls/begin", 9, timePointAt(0)); }},
    {"work beyond the extent",
     [](Trace& t) { return setColumn(t, "device 0/end", 2999, timePointAt(std::int64_t{1} << 60)); }},
    {"call beyond the extent",
     [](Trace& t) { return setColumn(t, "calls/end", 1, timePointAt(std::int64_t{1} << 60)); }},
    {"time that the clock cannot hold",
     [](Trace& t) {
         return setColumn(t, "cpu events/end", 0, timePointAt(std::numeric_limits<std::int64_t>::max()));
     }},
    {"column too short",
     [](Trace& t) {
         TraceColumns::visit(t, [](const std::string& name, auto& values, ColumnLength) {
             if (name == "calls/correlation")
                 values.pop_back();
         });
         return true;
     }},
    {"device of no process",
     [](Trace& t) { return TraceColumns::partsOf(t).devices[0].process = ProcessId(), true; }},
    {"thread of no process",
     [](Trace& t) { return TraceColumns::partsOf(t).threads[0].process = ProcessId(8), true; }},
    {"thread too few", [](Trace& t) { return TraceColumns::partsOf(t).threads.pop_back(), true; }},
    {"process of no file", [](Trace& t) { return TraceColumns::partsOf(t).processes[0].file = 1, true; }},
    {"damage in no file", [](Trace& t) { return TraceColumns::partsOf(t).capture.damage[0].file = 1, true; }},
    {"examples without places",
     [](Trace& t) { return TraceColumns::partsOf(t).log[0].places.clear(), true; }},
    {"place on no device",
     [](Trace& t) { return TraceColumns::partsOf(t).log[0].places[0]->device = DeviceId(2), true; }},
    {"code that is none",
     [](Trace& t) { return TraceColumns::partsOf(t).log[0].code = static_cast<ImportCode>(1000), true; }},
    {"format that is none",
     [](Trace& t) { return TraceColumns::partsOf(t).capture.format = static_cast<TraceFormat>(2), true; }},
    {"extent that does not begin at 0",
     [](Trace& t) { return TraceColumns::partsOf(t).extent.begin = timePointAt(1), true; }},
    {"GPU extent that ends early",
     [](Trace& t) { return TraceColumns::partsOf(t).gpuExtent.end = timePointAt(2000), true; }},
    {"name too few",
     [](Trace& t) {
         StringPool& names = TraceColumns::partsOf(t).names;
         StringPool fewer;
         for (std::size_t name = 0; name + 1 < names.size(); ++name)
             fewer.intern(names.text(NameId(name)));
         names = std::move(fewer);
         return true;
     }},
    {"name that is no text",
     [](Trace& t) { return TraceColumns::partsOf(t).names.intern("\xff\xfe"), true; }},
    {"fact that is no text",
     [](Trace& t) { return TraceColumns::partsOf(t).capture.facts[0].second = "\xc3", true; }},
    {"thread whose name is no text",
     [](Trace& t) { return TraceColumns::partsOf(t).threads[1].name = "\xed\xa0\x80", true; }},
    {"range of no name",
     [](Trace& t) {
         return TraceColumns::partsOf(t).ranges.append(
                    {timePointAt(1 << 30), timePointAt(1 << 30), NameId(), {}}),
                true;
     }},
    {"range out of order",
     [](Trace& t) {
         return TraceColumns::partsOf(t).ranges.append(
                    {timePointAt(0), timePointAt(0), NameId(0), ThreadId(0)}),
                true;
     }},
};

} // namespace

void TestColumnFile::sealedNonsenseIsRefused_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < nonsense.size(); ++i)
        QTest::newRow(nonsense[i].name) << int(i);
}

void TestColumnFile::sealedNonsenseIsRefused()
{
    QFETCH(const int, number);
    Trace trace = madeTrace(6000);
    QVERIFY(TraceColumns::isTrace(trace));
    QVERIFY(nonsense[static_cast<std::size_t>(number)].put(trace));
    NoProgress progress;
    QVERIFY(writeColumnFile(path("nonsense.columns"), trace, {}, "mine", progress));
    const Result<Trace> again = readBack(path("nonsense.columns"));
    QVERIFY(!again);
    QVERIFY(again.error().code == ErrorCode::DamagedDatabase);
}

namespace {

/// Cancelled after it was asked a few times.
class Impatient final : public Progress {
public:
    explicit Impatient(int patience) : m_left(patience) {}
    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override { return --m_left < 0; }

private:
    mutable std::atomic<int> m_left;
};

} // namespace

void TestColumnFile::cancels()
{
    for (const int patience : {0, 1, 5}) {
        Impatient writing(patience);
        const Result<Done> written =
            writeColumnFile(path("cancelled.columns"), *m_trace, {}, "mine", writing);
        QVERIFY(!written && written.error().code == ErrorCode::Cancelled);
        QVERIFY(!readBack(path("cancelled.columns")));
        Result<ColumnFileReader> reader = ColumnFileReader::open(m_file);
        QVERIFY(reader);
        Impatient reading(patience);
        const Result<Trace> trace = reader->trace(reading);
        QVERIFY(!trace && trace.error().code == ErrorCode::Cancelled);
    }
}

void TestColumnFile::whatCannotBeWrittenIsSaid()
{
    NoProgress progress;
    const Result<Done> nowhere = writeColumnFile(path("no/such/folder"), *m_trace, {}, "mine", progress);
    QVERIFY(!nowhere && nowhere.error().code == ErrorCode::CannotWrite);
    const Result<Done> full = writeColumnFile("/dev/full", *m_trace, {}, "mine", progress);
    QVERIFY(!full && full.error().code == ErrorCode::CannotWrite);
    QVERIFY(!ColumnFileReader::open(path("none")));
    QVERIFY(!ColumnFileReader::open(m_folder.path().toStdString()));
    QVERIFY(!ColumnFileReader::open("/dev/zero"));
}

QTEST_GUILESS_MAIN(TestColumnFile)
#include "tst_columnfile.moc"
