#include "core/base/utf8.h"
#include "core/import/sqlitereader.h"
#include "core/import/tablescan.h"
#include "core/import/traceimporter.h"
#include "core/report/errortext.h"
#include "tests/golden/testfiles.h"
#include "tests/support/tablepages.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <random>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace stepscope;
namespace files = std::filesystem;

namespace {

constexpr const char* kernelTable = "CUPTI_ACTIVITY_KIND_KERNEL";
constexpr const char* names = "CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT NOT NULL);"
                              "INSERT INTO StringIds VALUES (1, 'gemm'), (2, 'cudaLaunchKernel');";
constexpr const char* kernels =
    "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, end INTEGER, deviceId INTEGER,"
    "streamId INTEGER, correlationId INTEGER, globalPid INTEGER, demangledName INTEGER);";

/// A row of kernels that begins at 1000 × number and lasts 500 ns.
std::string kernelRow(std::int64_t number)
{
    return "(" + std::to_string(1000 * number) + "," + std::to_string(1000 * number + 500) +
           ",0,7,11,281476654432256,1)";
}

std::string insertKernels(int count)
{
    std::string sql = "BEGIN;";
    for (int i = 1; i <= count; ++i)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES " + kernelRow(i) + ";";
    return sql + "COMMIT;";
}

/// Two kernels.
std::string smallExport()
{
    return std::string(names) + kernels + insertKernels(2);
}

/// A schema row that no CREATE statement would write.
std::string rewriteSchema(const std::string& assignment, const std::string& table)
{
    return "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET " + assignment + " WHERE name='" + table +
           "'; PRAGMA writable_schema=OFF;";
}

std::int64_t peakOfProcess()
{
    struct rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss; // KiB
}

/// What lies in a folder: names, contents, and when they were written.
std::map<std::string, std::pair<std::string, files::file_time_type>> everythingIn(const files::path& folder)
{
    std::map<std::string, std::pair<std::string, files::file_time_type>> found;
    for (const files::directory_entry& entry : files::directory_iterator(folder)) {
        const bool isFile = entry.symlink_status().type() == files::file_type::regular;
        found[entry.path().filename().string()] = {
            isFile ? test::readFile(entry.path().string()) : std::string(),
            isFile ? entry.last_write_time() : files::file_time_type()};
    }
    return found;
}

bool mentions(const ImportLog& log, ImportCode code, std::string_view word)
{
    for (const ImportEntry& entry : log.entries()) {
        if (entry.code == code)
            return std::any_of(
                entry.examples.begin(), entry.examples.end(),
                [word](const std::string& example) { return example.find(word) != std::string::npos; });
    }
    return false;
}

} // namespace

/// SQLite asks once in a thousand of its steps: a measure of work that no clock disturbs.
class CountedWork final : public Progress {
public:
    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override
    {
        ++m_polls;
        return false;
    }
    std::uint64_t polls() const { return m_polls; }

private:
    mutable std::uint64_t m_polls = 0;
};

/// Databases that no profiler writes end with a trace that says so or with a sentence; the work is bounded,
/// and nothing appears or changes beside the file.
class TestHostileDatabase : public QObject {
    Q_OBJECT

private slots:
    void valueOf200Megabytes(); // the first: what the process took at most never falls
    void endlessViews_data();
    void endlessViews();
    void virtualTables_data();
    void virtualTables();
    void triggers();
    void computedColumns();
    void columnsComputedWhenRead();
    void cellsOfOtherTypes_data();
    void cellsOfOtherTypes();
    void absentColumnIsNoText();
    void statementsThatAreRefused_data();
    void statementsThatAreRefused();
    void writeAheadLog_data();
    void writeAheadLog();
    void tablesOnlyInTheLog();
    void emptyFile();
    void randomBytes();
    void spoiltHeaders_data();
    void spoiltHeaders();
    void rowsAtTheEndsOfTheNumbers();
    void damageBetweenFarRows();
    void columnsNamedLikeRowIds_data();
    void columnsNamedLikeRowIds();
    void indexOverAllColumns();
    void tableWithoutRowIds();
    void namesWithoutAKey();
    void oddNames();
    void tenThousandTables();
    void spoiltSchema_data();
    void spoiltSchema();
    void processesWithoutEnd();
    void utf16();
    void readOnlyFolder();
    void noPermission();
    void notAFile_data();
    void notAFile();
    void folderOfPipes();
    void pathsWithOddBytes_data();
    void pathsWithOddBytes();

private:
    std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    Result<Trace> read(const std::string& file) { return importTrace(file, m_work); }
    /// Writes a database in a folder of its own, reads it, and looks that nothing changed beside it.
    Result<Trace> import(const std::string& sql)
    {
        test::writeDatabase(path("hostile.sqlite"), sql);
        return readUntouched();
    }
    Result<Trace> readUntouched(const std::string& name = "hostile.sqlite")
    {
        const auto before = everythingIn(m_folder.path().toStdString());
        Result<Trace> trace = read(path(name));
        m_isUntouched = m_isUntouched && everythingIn(m_folder.path().toStdString()) == before;
        return trace;
    }
    std::uint64_t polls() const { return m_work.polls(); }

    QTemporaryDir m_folder;
    CountedWork m_work;
    bool m_isUntouched = true;

private slots:
    void init() { m_work = CountedWork(); }
    void cleanup()
    {
        QVERIFY(m_isUntouched);
        for (const files::directory_entry& entry : files::directory_iterator(m_folder.path().toStdString()))
            files::remove_all(entry);
    }
};

void TestHostileDatabase::valueOf200Megabytes()
{
    const std::string file = path("big.sqlite");
    test::writeDatabase(file, smallExport() + R"(
        INSERT INTO StringIds VALUES (3, zeroblob(200000000));
        INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (9000, 9500, 0, 7, 11, 281476654432256, 3);
        CREATE TABLE DIAGNOSTIC_EVENT (globalPid INTEGER, text TEXT);
        INSERT INTO DIAGNOSTIC_EVENT VALUES (1, zeroblob(200000000));
        INSERT INTO DIAGNOSTIC_EVENT VALUES (1, 'Number of CUPTI events: 5');)");
    const std::int64_t before = peakOfProcess();
    QVERIFY2(before < 150'000, qPrintable(QStringLiteral("%1 KiB").arg(before))); // else it measures nothing
    const Result<Trace> trace = read(file);
    const std::int64_t growth = peakOfProcess() - before;
    QVERIFY2(growth < 80'000, qPrintable(QStringLiteral("%1 KiB").arg(growth)));
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{3});
    QVERIFY(mentions(trace->log(), ImportCode::DamagedDatabase, "string or blob too big"));
    QCOMPARE(trace->log().count(ImportCode::MissingName), std::uint64_t{1});
    QCOMPARE(trace->name(trace->devices().front().activities.name(2)), std::string_view("[name 3]"));
}

void TestHostileDatabase::endlessViews_data()
{
    QTest::addColumn<QByteArray>("table");
    for (const char* table : {"StringIds", kernelTable, "cupti_activity_kind_memcpy", "NVTX_EVENTS",
                              "META_DATA_EXPORT", "ThreadNames", "DIAGNOSTIC_EVENT"})
        QTest::newRow(table) << QByteArray(table);
}

void TestHostileDatabase::endlessViews()
{
    QFETCH(QByteArray, table);
    const std::string view =
        "CREATE VIEW " + table.toStdString() +
        " AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS "
        "id, i AS start, i AS end, i AS name, i AS value, i AS text FROM n;";
    std::string others = table == "StringIds" ? "" : names;
    others += table == kernelTable ? "CREATE TABLE NVTX_EVENTS (start INTEGER);" : kernels;
    const Result<Trace> trace = import(others + view);
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::ViewInsteadOfTable);
    QCOMPARE(QString::fromStdString(trace.error().detail), QString::fromUtf8(table));
    QVERIFY(polls() < 100);

    // One that is not asked for is no obstacle, and is not run either.
    const Result<Trace> beside =
        import(smallExport() + "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 "
                               "UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;");
    QVERIFY(beside);
    QCOMPARE(beside->activityCount(), std::size_t{2});
    QVERIFY(polls() < 200);
}

void TestHostileDatabase::virtualTables_data()
{
    QTest::addColumn<QByteArray>("statement"); // as the schema tells it
    QTest::newRow("as it is") << QByteArray();
    QTest::newRow("behind a comment") << QByteArray(
        "CREATE /* a table as any other is, or is it not? */ VIRTUAL TABLE StringIds USING fts5(id, value)");
    QTest::newRow("behind many") << QByteArray("CREATE -- TABLE StringIds (id INTEGER PRIMARY KEY, "
                                               "value)\n/**//* VIRTUAL */\f VirTual TABLE StringIds "
                                               "USING fts5(id, value)");
}

void TestHostileDatabase::virtualTables()
{
    QFETCH(QByteArray, statement);
    if (sqlite3_compileoption_used("ENABLE_FTS5") == 0)
        QSKIP("SQLite was built without FTS5");
    std::string sql = std::string("CREATE VIRTUAL TABLE StringIds USING fts5(id, value);") + kernels;
    if (!statement.isEmpty())
        sql += rewriteSchema("sql='" + statement.toStdString() + "'", "StringIds");
    const Result<Trace> trace = import(sql);
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::ViewInsteadOfTable);
    QCOMPARE(trace.error().detail, std::string("StringIds"));

    const Result<Trace> realTable =
        import(smallExport() + "CREATE TABLE PROCESSES (virtual INTEGER, pid INTEGER, name TEXT);");
    QVERIFY(realTable);
}

void TestHostileDatabase::triggers()
{
    const Result<Trace> trace = import(
        smallExport() +
        "CREATE TRIGGER one AFTER INSERT ON CUPTI_ACTIVITY_KIND_KERNEL BEGIN DELETE FROM StringIds; END;"
        "CREATE TRIGGER two BEFORE UPDATE ON StringIds BEGIN SELECT RAISE(ABORT, 'no'); END;"
        "CREATE VIEW other AS SELECT 1 AS x;"
        "CREATE TRIGGER three INSTEAD OF INSERT ON other BEGIN DELETE FROM StringIds; END;");
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{2});
    QVERIFY(trace->log().entries().empty());
}

/// A column that is computed when it is written holds a number as any other; its row id is hidden by one.
void TestHostileDatabase::computedColumns()
{
    const Result<Trace> trace = import(
        std::string(names) +
        "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (base INTEGER, start INTEGER AS (base + 1000) STORED, "
        "end INTEGER AS (abs(base) + 1500) STORED, deviceId INTEGER, streamId INTEGER, globalPid INTEGER, "
        "demangledName INTEGER, rowid INTEGER AS (-base));"
        "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (1000, 0, 7, 281476654432256, 1), (3000, 0, 7, "
        "281476654432256, 1);");
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QVERIFY(trace->log().entries().empty());
    QCOMPARE(trace->activityCount(), std::size_t{2});
    QCOMPARE(trace->capture().origin, std::int64_t{2000});
    QCOMPARE(trace->extent().duration().count(), std::int64_t{2500});
}

/// One that is computed when it is read could call functions, which SQLite does not ask us about: it is as
/// if it were not there.
void TestHostileDatabase::columnsComputedWhenRead()
{
    for (const char* expression :
         {"base", "abs(base)", "length(replace(hex(zeroblob(base * 1000)), '0', 'abcd'))"}) {
        const std::string computed = "INTEGER AS (" + std::string(expression) + ") VIRTUAL";
        const Result<Trace> needed =
            import(std::string(names) + "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (base INTEGER, start " +
                   computed + ", end INTEGER, deviceId INTEGER, streamId INTEGER, demangledName INTEGER);");
        QVERIFY(!needed);
        QCOMPARE(needed.error().code, ErrorCode::BadSchema);
        QCOMPARE(needed.error().detail, std::string("CUPTI_ACTIVITY_KIND_KERNEL.start"));

        std::string sql =
            std::string(names) +
            "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (base INTEGER, start INTEGER, end INTEGER, deviceId "
            "INTEGER, streamId " +
            computed + ", demangledName INTEGER, rowid " + computed + "); BEGIN;";
        for (int i = 1; i <= 100; ++i)
            sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (8," + std::to_string(i) + "000," +
                   std::to_string(i) + "500,0,1);";
        const Result<Trace> optional = import(sql + "COMMIT;");
        QVERIFY(optional);
        QCOMPARE(optional->activityCount(), std::size_t{100});
        QCOMPARE(optional->devices().front().activities.stream(0), std::int64_t{0});
        QVERIFY(optional->log().entries().empty());
    }
}

void TestHostileDatabase::cellsOfOtherTypes_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isKept");
    for (const char* column :
         {"start", "end", "deviceId", "demangledName", "streamId", "correlationId", "globalPid"}) {
        const bool isOptional = QByteArray(column) == "streamId" || QByteArray(column) == "correlationId" ||
                                QByteArray(column) == "globalPid";
        for (const char* value : {"'soon'", "1e300", "-1e300", "0.5", "x'3130'", "''", "NULL"})
            QTest::addRow("%s %s", column, value)
                << QByteArray(column) << QByteArray(value) << (isOptional && QByteArray(value) == "NULL");
    }
    for (const char* column : {"start", "end"}) {
        for (const char* value : {"9223372036854775807", "-9223372036854775808"})
            QTest::addRow("%s %s", column, value) << QByteArray(column) << QByteArray(value) << false;
    }
}

/// SQLite would convert each of them into a number without a word.
void TestHostileDatabase::cellsOfOtherTypes()
{
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, value);
    QFETCH(bool, isKept);
    const Result<Trace> trace =
        import(smallExport() + "UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET " + column.toStdString() + " = " +
               value.toStdString() + " WHERE rowid = 2;");
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{isKept ? 2U : 1U});
    QCOMPARE(trace->log().count(ImportCode::BadCell), std::uint64_t{isKept ? 0U : 1U});
    if (!isKept)
        QVERIFY(mentions(trace->log(), ImportCode::BadCell, column.toStdString() + " in row 2"));
    QCOMPARE(trace->capture().origin, std::int64_t{1000});
}

/// SQLite as it is built by Debian reads a name in double quotes as a text where no column has it.
void TestHostileDatabase::absentColumnIsNoText()
{
    const Result<Trace> trace =
        import(smallExport() + "CREATE TABLE NVTX_EVENTS (start INTEGER, end INTEGER, "
                               "eventType INTEGER); INSERT INTO NVTX_EVENTS VALUES (1000, "
                               "9000, 59);");
    QVERIFY(trace);
    QVERIFY(trace->log().entries().empty());
    QCOMPARE(trace->devices().front().activities.graphNode(0), std::uint32_t{0});
    QCOMPARE(trace->ranges().size(), std::size_t{1});
    QCOMPARE(trace->name(trace->ranges()[0].name), std::string_view());

    const Result<Trace> needed =
        import(std::string(names) + "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, "
                                    "end INTEGER, deviceId INTEGER);");
    QVERIFY(!needed);
    QCOMPARE(needed.error().code, ErrorCode::BadSchema);

    Result<SqliteReader> database = SqliteReader::open(path("hostile.sqlite"), m_work);
    QVERIFY(database);
    const Result<SqliteRows> rows =
        database->query("SELECT \"graphNodeId\" FROM \"CUPTI_ACTIVITY_KIND_KERNEL\"");
    QVERIFY(!rows);
    QCOMPARE(rows.error().detail, std::string("no such column: graphNodeId"));
}

void TestHostileDatabase::statementsThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char* sql :
         {"ATTACH 'FOLDER/other.sqlite' AS other", "PRAGMA journal_mode = WAL", "PRAGMA query_only = OFF",
          "INSERT INTO StringIds VALUES (9, 'x')", "DELETE FROM StringIds", "CREATE TABLE more (x)",
          "CREATE TEMP TABLE more (x)", "DROP TABLE StringIds", "VACUUM INTO 'FOLDER/copy.sqlite'",
          "SELECT load_extension('x')", "SELECT randomblob(1000000)", "SELECT writefile('FOLDER/x', 'x')",
          "SELECT * FROM pragma_database_list", "BEGIN IMMEDIATE", "ANALYZE", "REINDEX", "SELECT 1; SELECT",
          ""})
        QTest::newRow(sql) << QByteArray(sql);
}

void TestHostileDatabase::statementsThatAreRefused()
{
    QFETCH(QByteArray, sql);
    test::writeDatabase(path("hostile.sqlite"), smallExport());
    const auto before = everythingIn(m_folder.path().toStdString());
    {
        Result<SqliteReader> database = SqliteReader::open(path("hostile.sqlite"), m_work);
        QVERIFY(database);
        sql.replace("FOLDER", m_folder.path().toUtf8());
        Result<SqliteRows> rows = database->query(sql.toStdString());
        std::uint64_t read = 0;
        while (rows && rows->next() == SqliteRows::Step::Row)
            ++read;
        QCOMPARE(read, std::uint64_t{sql.startsWith("SELECT 1;") ? 1U : 0U}); // and what follows is not run
    }
    QVERIFY(everythingIn(m_folder.path().toStdString()) == before);
}

void TestHostileDatabase::writeAheadLog_data()
{
    QTest::addColumn<int>("log");
    QTest::addColumn<bool>("isLink");
    QTest::newRow("none") << 0 << false;
    QTest::newRow("empty") << 1 << false;
    QTest::newRow("pending") << 2 << false;
    QTest::newRow("pending, opened through a link") << 2 << true;
    QTest::newRow("a folder") << 3 << false;
}

/// A plain read-only open would make a -shm and a -wal beside the user's file.
void TestHostileDatabase::writeAheadLog()
{
    QFETCH(int, log);
    QFETCH(bool, isLink);
    const QTemporaryDir other;
    const std::string source = other.path().toStdString() + "/source.sqlite";
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(source.c_str(), &database), SQLITE_OK);
    const auto run = [database](const std::string& sql) {
        return sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    QVERIFY(run("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;" + smallExport()));
    QVERIFY(run("PRAGMA wal_checkpoint(TRUNCATE)"));
    QVERIFY(run("INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES " + kernelRow(3)));
    files::copy(source, path("hostile.sqlite"));
    QVERIFY(files::file_size(source + "-wal") > 0);
    if (log == 1)
        test::writeFile(path("hostile.sqlite-wal"), "");
    if (log == 2)
        files::copy(source + "-wal", path("hostile.sqlite-wal"));
    if (log == 3)
        files::create_directory(path("hostile.sqlite-wal"));
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
    QCOMPARE(test::readFile(path("hostile.sqlite"))[19], '\2'); // it says so itself

    std::string name = "hostile.sqlite";
    if (isLink) {
        files::create_directory(path("links"));
        files::create_symlink(path("hostile.sqlite"), path("links/here.sqlite"));
        name = "links/here.sqlite";
    }
    const Result<Trace> trace = readUntouched(name);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->activityCount(), std::size_t{2});
    QCOMPARE(trace->log().count(ImportCode::PendingWal), std::uint64_t{log == 2 ? 1U : 0U});
    QCOMPARE(trace->log().entries().empty(), log != 2);
    if (isLink)
        QCOMPARE(everythingIn(path("links")).size(), std::size_t{1});
}

/// The writer still runs, and the file itself holds nothing yet.
void TestHostileDatabase::tablesOnlyInTheLog()
{
    const QTemporaryDir other;
    const std::string source = other.path().toStdString() + "/source.sqlite";
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(source.c_str(), &database), SQLITE_OK);
    QCOMPARE(
        sqlite3_exec(database,
                     ("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;" + smallExport()).c_str(),
                     nullptr, nullptr, nullptr),
        SQLITE_OK);
    files::copy(source, path("hostile.sqlite"));
    files::copy(source + "-wal", path("hostile.sqlite-wal"));
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
    const Result<Trace> trace = readUntouched();
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::NotNsysDatabase);
    QVERIFY(trace.error().detail.find("-wal") != std::string::npos);
}

void TestHostileDatabase::emptyFile()
{
    test::writeFile(path("hostile.sqlite"), "");
    const Result<Trace> trace = readUntouched();
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::EmptyFile);
    const Result<Trace> noTables = import("PRAGMA user_version = 1;");
    QVERIFY(!noTables);
    QCOMPARE(noTables.error().code, ErrorCode::NotNsysDatabase);
}

void TestHostileDatabase::randomBytes()
{
    std::mt19937 random(3);
    for (int round = 0; round < 100; ++round) {
        std::string bytes = round % 2 == 0 ? std::string() : std::string("SQLite format 3\0", 16);
        for (unsigned i = 0, size = 90 + static_cast<unsigned>(random() % 9000); i < size; ++i)
            bytes += static_cast<char>(random());
        test::writeFile(path("hostile.sqlite"), bytes);
        const Result<Trace> trace = readUntouched();
        QVERIFY(!trace);
        QCOMPARE(trace.error().code, round % 2 == 0 ? ErrorCode::UnknownFormat : ErrorCode::DamagedDatabase);
    }
    QVERIFY(polls() < 1000);
}

void TestHostileDatabase::spoiltHeaders_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("bytes");
    for (const int pageBytes : {0, 1, 3, 511, 513, 8192, 65535}) {
        const std::array<char, 2> bytes = {static_cast<char>(pageBytes >> 8), static_cast<char>(pageBytes)};
        QTest::addRow("pages of %d bytes", pageBytes) << 16 << QByteArray(bytes.data(), 2);
    }
    QTest::newRow("written by a later SQLite") << 18 << QByteArray("\3\3");
    QTest::newRow("all of a page reserved") << 20 << QByteArray("\xff");
    QTest::newRow("other payload fractions") << 21 << QByteArray("\x00\x00\x00", 3);
    QTest::newRow("more pages than any disk holds") << 28 << QByteArray("\xff\xff\xff\xff");
    QTest::newRow("schema format of the future") << 44 << QByteArray("\x7f\x7f\x7f\x7f");
    QTest::newRow("no first page") << 100 << QByteArray(12, '\xff');
}

void TestHostileDatabase::spoiltHeaders()
{
    QFETCH(int, at);
    QFETCH(QByteArray, bytes);
    test::writeDatabase(path("hostile.sqlite"), smallExport());
    std::string file = test::readFile(path("hostile.sqlite"));
    file.replace(static_cast<std::size_t>(at), static_cast<std::size_t>(bytes.size()), bytes.toStdString());
    test::writeFile(path("hostile.sqlite"), file);
    const Result<Trace> trace = readUntouched();
    if (trace) { // more pages than there are: what is there was read
        QVERIFY(trace->log().isDamaged());
        QCOMPARE(trace->activityCount(), std::size_t{2});
    } else {
        QCOMPARE(trace.error().code, ErrorCode::DamagedDatabase);
        QVERIFY(!trace.error().detail.empty());
    }
    QVERIFY(polls() < 1000);
}

void TestHostileDatabase::rowsAtTheEndsOfTheNumbers()
{
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
    const std::array<std::int64_t, 9> ids = {greatest, 0, least, -1, 1, greatest - 1, least + 1, 42, -42};
    std::string sql = std::string(names) + kernels;
    for (std::size_t i = 0; i < ids.size(); ++i)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, correlationId, "
               "globalPid, "
               "demangledName, rowid) VALUES (" +
               std::to_string(i + 1) + "000," + std::to_string(i + 1) + "500,0,7,11,281476654432256,1," +
               // SQL has no word for the least number.
               (ids[i] == least ? "-9223372036854775807 - 1" : std::to_string(ids[i])) + ");";
    const Result<Trace> trace = import(sql);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), ids.size());
    QVERIFY(trace->log().entries().empty());

    Result<SqliteReader> database = SqliteReader::open(path("hostile.sqlite"), m_work);
    QVERIFY(database);
    Result<TableScan> scan = TableScan::open(*database, kernelTable, "rowid", {});
    QVERIFY(scan);
    std::vector<std::int64_t> read;
    while (scan->next() == TableScan::Step::Row)
        read.push_back(scan->row().integer(0).value());
    std::vector<std::int64_t> sorted(ids.begin(), ids.end());
    std::sort(sorted.begin(), sorted.end());
    QCOMPARE(read, sorted);
    QVERIFY(scan->holes().empty());
}

/// One page after the other is spoilt: all rows of the others are read, whatever lies between their ids.
void TestHostileDatabase::damageBetweenFarRows()
{
    std::string sql = "PRAGMA page_size = 512;" + std::string(names) + kernels + "BEGIN;";
    int row = 0;
    for (const char* base : {"-9223372036854775807 - 1 +", "-100000 +", "-60 +", "1000 +",
                             "4611686018427387904 +", "9223372036854775747 +"}) {
        for (int i = 0; i < 60; ++i, ++row)
            sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, correlationId, "
                   "globalPid, "
                   "demangledName, rowid) VALUES (" +
                   std::to_string(1000 + 10 * row) + "," + std::to_string(1005 + 10 * row) +
                   ",0,7,11,281476654432256,1," + base + std::to_string(i) + ");";
    }
    const std::string file = path("far.sqlite");
    test::writeDatabase(file, sql + "COMMIT;");
    const std::string bytes = test::readFile(file);
    const testsupport::TablePages pages(file, kernelTable);
    QCOMPARE(pages.rows(), static_cast<std::uint64_t>(row));
    const std::vector<std::uint32_t> leaves = pages.leafPages();
    QVERIFY(leaves.size() > 20);
    for (const std::uint32_t leaf : leaves) {
        std::string spoilt = bytes;
        std::fill_n(spoilt.begin() + static_cast<std::ptrdiff_t>((leaf - 1) * 512), 8, '\x7f');
        test::writeFile(path("hostile.sqlite"), spoilt);
        const Result<Trace> trace = readUntouched();
        QVERIFY(trace);
        QCOMPARE(trace->activityCount(), static_cast<std::size_t>(pages.reachableRows(
                                             [leaf](std::uint32_t page) { return page != leaf; })));
        QVERIFY(trace->log().isDamaged());
        QVERIFY(trace->log().rowsLost() <= bytes.size()); // and not all the numbers between two ids
    }

    // All pages but the first, and all but the last: the search ends.
    for (const std::size_t kept : {std::size_t{0}, leaves.size() - 1}) {
        std::string spoilt = bytes;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            if (i != kept)
                std::fill_n(spoilt.begin() + static_cast<std::ptrdiff_t>((leaves[i] - 1) * 512), 8, '\x7f');
        }
        test::writeFile(path("hostile.sqlite"), spoilt);
        const Result<Trace> trace = readUntouched();
        QVERIFY(trace);
        QCOMPARE(trace->activityCount(),
                 static_cast<std::size_t>(pages.reachableRows([&leaves, kept](std::uint32_t page) {
                     return page == leaves[kept] ||
                            std::find(leaves.begin(), leaves.end(), page) == leaves.end();
                 })));
    }
}

void TestHostileDatabase::columnsNamedLikeRowIds_data()
{
    QTest::addColumn<QByteArray>("columns");
    QTest::newRow("rowid") << QByteArray("RowId INTEGER");
    QTest::newRow("two") << QByteArray("rowid INTEGER, _ROWID_ TEXT");
    QTest::newRow("all three") << QByteArray("oid INTEGER, rowid INTEGER, _rowid_ INTEGER");
    QTest::newRow("one is the id") << QByteArray("rowid INTEGER PRIMARY KEY");
}

void TestHostileDatabase::columnsNamedLikeRowIds()
{
    QFETCH(QByteArray, columns);
    const QByteArray first = columns.left(columns.indexOf(' '));
    std::string sql =
        std::string(names) +
        "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, end INTEGER, deviceId INTEGER, streamId "
        "INTEGER, globalPid INTEGER, demangledName INTEGER, " +
        columns.toStdString() + ");";
    for (int i = 1; i <= 50; ++i)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, globalPid, "
               "demangledName, " +
               first.toStdString() + ") VALUES (" + std::to_string(i * 1000) + "," +
               std::to_string(i * 1000 + 5) + ",0,7,281476654432256,1," + std::to_string(100 - i) + ");";
    const Result<Trace> trace = import(sql);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{50});
    QVERIFY(trace->log().entries().empty());
}

/// SQLite would rather read the index, which is smaller, in its own order.
void TestHostileDatabase::indexOverAllColumns()
{
    std::string sql = std::string(names) + kernels + "BEGIN;";
    for (int i = 1; i <= 500; ++i)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES " + kernelRow(1 + i * 7919 % 1009) + ";";
    sql +=
        "COMMIT; ALTER TABLE CUPTI_ACTIVITY_KIND_KERNEL ADD COLUMN note TEXT DEFAULT 'a long text that makes "
        "the "
        "table wider than the index is';"
        "CREATE INDEX everything ON CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, "
        "correlationId, "
        "globalPid, demangledName); CREATE TABLE ThreadNames (nameId INTEGER, globalTid INTEGER); CREATE "
        "INDEX more "
        "ON ThreadNames (nameId, globalTid); INSERT INTO ThreadNames VALUES (2, 5), (1, 6), (2, 7); ANALYZE;";
    const Result<Trace> trace = import(sql);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{500});
    QVERIFY(trace->log().entries().empty());
}

void TestHostileDatabase::tableWithoutRowIds()
{
    const Result<Trace> trace = import(
        "CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT) WITHOUT ROWID; INSERT INTO StringIds "
        "VALUES "
        "(1, 'gemm');"
        "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, end INTEGER, deviceId INTEGER, streamId "
        "INTEGER, "
        "correlationId INTEGER, globalPid INTEGER, demangledName INTEGER, PRIMARY KEY (end, start)) WITHOUT "
        "ROWID;" +
        insertKernels(100));
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{100});
    QVERIFY(trace->log().entries().empty());
    QCOMPARE(trace->name(trace->devices().front().activities.name(99)), std::string_view("gemm"));
}

/// CREATE TABLE … AS SELECT loses the key: a look-up for each name would go through all names.
void TestHostileDatabase::namesWithoutAKey()
{
    constexpr int count = 20'000;
    std::string sql = std::string("CREATE TABLE StringIds (id INTEGER, value TEXT);") + kernels + "BEGIN;";
    for (int i = 1; i <= count; ++i) {
        const std::string number = std::to_string(i);
        sql += "INSERT INTO StringIds VALUES (" + number + ", 'name " + number + "');";
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (" + number + "000," + number +
               "500,0,7,11,281476654432256," + number + ");";
    }
    sql += "INSERT INTO StringIds VALUES (1, 'second'), ('x', 'bad');";
    const Result<Trace> trace = import(sql + "COMMIT;");
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{count});
    const ActivityTable& work = trace->devices().front().activities;
    QCOMPARE(trace->name(work.name(0)), std::string_view("name 1"));
    QCOMPARE(trace->name(work.name(count - 1)), std::string_view("name 20000"));
    QVERIFY2(polls() < 10'000, qPrintable(QString::number(polls()))); // and not half a million
}

void TestHostileDatabase::oddNames()
{
    const Result<Trace> trace =
        import(smallExport() + R"(
        CREATE TABLE "a ""quoted"" name" ("it's" INTEGER, "a ""column""" TEXT, "" TEXT);
        INSERT INTO "a ""quoted"" name" VALUES (1, 'x', 'y');
        CREATE TABLE 'it''s; DROP TABLE StringIds; --' (x); INSERT INTO 'it''s; DROP TABLE StringIds; --' VALUES (1);
        CREATE TABLE [in brackets] (x); INSERT INTO [in brackets] VALUES (1);
        CREATE TABLE "" (x); INSERT INTO "" VALUES (1);
        CREATE TABLE bytes (x); INSERT INTO bytes VALUES (1);
        ALTER TABLE CUPTI_ACTIVITY_KIND_KERNEL ADD COLUMN "a ""quote";
        ALTER TABLE CUPTI_ACTIVITY_KIND_KERNEL ADD COLUMN 'start" FROM nothing; --';
        )" +
               rewriteSchema("name = CAST(x'ff62' AS TEXT), tbl_name = CAST(x'ff62' AS TEXT), "
                             "sql = CAST(x'435245415445205441424c4520ff62202878293b' AS TEXT)",
                             "bytes"));
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->activityCount(), std::size_t{2});
    std::vector<std::string> counted;
    for (const auto& [name, rows] : trace->capture().contents) {
        QVERIFY(!validUtf8(name).wasInvalid);
        counted.push_back(name);
    }
    for (const char* name : {"a \"quoted\" name", "it's; DROP TABLE StringIds; --", "in brackets", "",
                             "\xef\xbf\xbd"
                             "b"})
        QVERIFY2(std::find(counted.begin(), counted.end(), name) != counted.end(), name);
    QVERIFY(trace->log().entries().empty());
}

void TestHostileDatabase::tenThousandTables()
{
    // As rows of the schema, all on one page: to create each of them takes SQLite a quarter of a minute.
    const Result<Trace> trace = import("CREATE TABLE one (x); INSERT INTO one VALUES (1); PRAGMA "
                                       "writable_schema=ON; INSERT INTO sqlite_schema WITH "
                                       "RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                                       "10000) SELECT 'table', 't' || i, 't' || i, "
                                       "(SELECT rootpage FROM sqlite_schema WHERE name = 'one'), 'CREATE "
                                       "TABLE t' || i || ' (x)' FROM n; PRAGMA "
                                       "writable_schema=OFF;" +
                                       smallExport());
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{2});
    QVERIFY(trace->log().entries().empty());
    const auto& contents = trace->capture().contents;
    QVERIFY(contents.size() > 200 && contents.size() <= 310);
    const auto isKernels = [](const auto& table) { return table.first == kernelTable; };
    QVERIFY(std::any_of(contents.begin(), contents.end(), isKernels)); // although it comes last
    QVERIFY(polls() < 2000);
}

void TestHostileDatabase::spoiltSchema_data()
{
    QTest::addColumn<QByteArray>("assignment");
    QTest::newRow("garbage") << QByteArray("sql = 'garbage'");
    QTest::newRow("half a statement") << QByteArray("sql = 'CREATE TABLE StringIds (id INTEGER'");
    QTest::newRow("another statement") << QByteArray("sql = 'CREATE TABLE x AS SELECT 1'");
    QTest::newRow("two statements") << QByteArray(
        "sql = 'CREATE TABLE StringIds (id); DROP TABLE StringIds'");
    QTest::newRow("no text") << QByteArray("sql = x'ff00ff'");
    QTest::newRow("a number") << QByteArray("sql = 7");
    QTest::newRow("nothing") << QByteArray("sql = NULL");
    QTest::newRow("page 0") << QByteArray("rootpage = 0");
    QTest::newRow("page of the schema") << QByteArray("rootpage = 1");
    QTest::newRow("page that is not there") << QByteArray("rootpage = 2000000000");
    QTest::newRow("page below 0") << QByteArray("rootpage = -5");
    QTest::newRow("page of another table") << QByteArray(
        "rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'CUPTI_ACTIVITY_KIND_KERNEL')");
    QTest::newRow("no name") << QByteArray("name = NULL");
    QTest::newRow("type") << QByteArray("type = 'view'");
    QTest::newRow("deep statement") << QByteArray(
        "sql = 'CREATE TABLE StringIds (id CHECK (' || replace(hex(zeroblob("
        "100000)), '0', '(') || '1' || replace(hex(zeroblob(100000)), '0', "
        "')') || '))'");
    QTest::newRow("long statement") << QByteArray(
        "sql = 'CREATE TABLE StringIds (id /*' || hex(zeroblob(3000000)) || '*/)'");
}

void TestHostileDatabase::spoiltSchema()
{
    QFETCH(QByteArray, assignment);
    const Result<Trace> trace = import(smallExport() + rewriteSchema(assignment.toStdString(), "StringIds"));
    if (trace) { // the names are gone, the rows are not
        QCOMPARE(trace->activityCount(), std::size_t{2});
        QVERIFY(trace->log().count(ImportCode::MissingName) > 0);
    } else {
        QVERIFY(trace.error().code == ErrorCode::DamagedDatabase ||
                trace.error().code == ErrorCode::ViewInsteadOfTable);
        QVERIFY(!validUtf8(errorSentence(trace.error(), "x")).wasInvalid);
        QVERIFY(!trace.error().detail.empty());
    }
    QVERIFY(polls() < 1000);
}

/// A process, a thread, a GPU and a stream to each row.
void TestHostileDatabase::processesWithoutEnd()
{
    constexpr int rows = 6000;
    std::string sql =
        std::string(names) + kernels +
        "CREATE TABLE CUPTI_ACTIVITY_KIND_RUNTIME (start INTEGER, end INTEGER, globalTid INTEGER, "
        "correlationId INTEGER, nameId INTEGER); BEGIN;";
    for (std::int64_t i = 1; i <= rows; ++i) {
        const std::string begin = std::to_string(1000 * i);
        const std::string times = "(" + begin + "," + std::to_string(1000 * i + 500) + ",";
        const std::string globalId = std::to_string(i << 24 | i);
        const std::string number = std::to_string(i);
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_RUNTIME VALUES " + times + globalId + "," + number + ",2);";
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES " + times + number + "," + number + "," +
               number + "," + globalId + ",1);";
    }
    const Result<Trace> trace = import(sql + "COMMIT;");
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{rows});
    QCOMPARE(trace->calls().size(), std::size_t{rows});
    QVERIFY(trace->processes().size() <= 4097);
    QVERIFY(trace->threads().size() <= 2 * 4097);
    QVERIFY(trace->devices().size() <= 1025);
    QCOMPARE(trace->log().rowsLost(), std::uint64_t{0});
    // GPUs beyond 1024, streams beyond 4096, threads beyond 4096
    QCOMPARE(trace->log().count(ImportCode::FoldedLanes), std::uint64_t{(rows - 1024) + 2 * (rows - 4096)});
    // What was tied to its launch is tied to the one of its own process.
    std::size_t tied = 0;
    for (const Device& device : trace->devices()) {
        const ActivityTable& work = device.activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            if (!work.launch(row).isValid())
                continue;
            ++tied;
            QCOMPARE(trace->calls().begin(work.launch(row).value()), work.begin(row));
        }
    }
    QVERIFY(tied >= 1024);
}

void TestHostileDatabase::utf16()
{
    for (const char* encoding : {"UTF-16le", "UTF-16be"}) {
        const Result<Trace> trace =
            import("PRAGMA encoding = '" + std::string(encoding) + "';" + smallExport() +
                   "UPDATE StringIds SET value = 'g\xc3\xa9mm \xf0\x9f\x98\x80' WHERE id = 1;");
        QVERIFY(trace);
        QVERIFY(trace->log().entries().empty());
        QCOMPARE(trace->name(trace->devices().front().activities.name(0)),
                 std::string_view("g\xc3\xa9mm \xf0\x9f\x98\x80"));
    }
}

void TestHostileDatabase::readOnlyFolder()
{
    files::create_directory(path("locked"));
    test::writeDatabase(path("locked/x.sqlite"), smallExport());
    files::permissions(path("locked"), files::perms::owner_read | files::perms::owner_exec);
    const auto before = everythingIn(path("locked"));
    const Result<Trace> trace = read(path("locked/x.sqlite"));
    const auto behind = everythingIn(path("locked"));
    files::permissions(path("locked"), files::perms::owner_all);
    QVERIFY(trace);
    QCOMPARE(trace->activityCount(), std::size_t{2});
    QVERIFY(before == behind);
}

void TestHostileDatabase::noPermission()
{
    if (geteuid() == 0)
        QSKIP("root may read everything");
    for (const char* name : {"x.sqlite", "x.json"}) {
        test::writeDatabase(path(name), smallExport());
        files::permissions(path(name), files::perms::none);
        const Result<Trace> trace = read(path(name));
        QVERIFY(!trace);
        QCOMPARE(trace.error().code, ErrorCode::FileNotReadable);
    }
}

void TestHostileDatabase::notAFile_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    for (const char* name : {"x.sqlite", "x.json", "x.json.gz"}) {
        const auto row = [name](const char* what, int kind, ErrorCode code) {
            QTest::addRow("%s %s", what, name) << QByteArray(name) << kind << static_cast<int>(code);
        };
        row("pipe", 0, ErrorCode::FileNotReadable);
        row("socket", 1, ErrorCode::FileNotReadable);
        row("folder", 2, ErrorCode::IsDirectory);
        row("link to nothing", 3, ErrorCode::FileNotFound);
        row("link to itself", 4, ErrorCode::FileNotReadable);
        row("link to a device", 5, ErrorCode::FileNotReadable);
        row("link to a pipe", 6, ErrorCode::FileNotReadable);
    }
}

void TestHostileDatabase::notAFile()
{
    QFETCH(QByteArray, name);
    QFETCH(int, kind);
    QFETCH(int, code);
    const std::string file = path(name.toStdString());
    switch (kind) {
    case 0:
        QCOMPARE(mkfifo(file.c_str(), 0600), 0);
        break;
    case 1: {
        const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
        struct sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        QVERIFY(file.size() < sizeof(address.sun_path));
        std::copy(file.begin(), file.end(), address.sun_path);
        QCOMPARE(bind(descriptor, reinterpret_cast<struct sockaddr*>(&address), sizeof(address)), 0);
        close(descriptor);
        break;
    }
    case 2:
        files::create_directory(file);
        break;
    case 6:
        QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
        [[fallthrough]];
    default: {
        const std::array<std::string, 4> targets = {path("nothing"), file, "/dev/zero", path("pipe")};
        files::create_symlink(targets[static_cast<std::size_t>(kind - 3)], file);
    }
    }
    const Result<Trace> trace = readUntouched(name.toStdString());
    QVERIFY(!trace);
    QCOMPARE(static_cast<int>(trace.error().code), code);
    QVERIFY(errorSentence(trace.error(), file).size() > 10);
}

/// A set whose files are pipes: looking into the folder must not wait for their writers.
void TestHostileDatabase::folderOfPipes()
{
    for (const char* name : {"trace-rank-0.json", "trace-rank-1.json"})
        QCOMPARE(mkfifo(path(name).c_str(), 0600), 0);
    const Result<Trace> trace = read(m_folder.path().toStdString());
    QVERIFY(!trace);
    QCOMPARE(trace.error().code, ErrorCode::FileNotReadable);
    // A pipe beside a database is not its log either.
    QCOMPARE(mkfifo(path("hostile.sqlite-wal").c_str(), 0600), 0);
    test::writeDatabase(path("other.sqlite"), smallExport());
    files::rename(path("other.sqlite"), path("hostile.sqlite"));
    const Result<Trace> beside = readUntouched();
    QVERIFY(beside);
    QCOMPARE(beside->activityCount(), std::size_t{2});
    QVERIFY(beside->log().entries().empty());
}

void TestHostileDatabase::pathsWithOddBytes_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"a b", "100%", "%2e%00", "a#b", "a?mode=rwc&immutable=0", "it's", "\"quoted\"",
                             "two\nlines", "\xff\xfe", "e\xcc\x81\xe2\x80\xae", "-rf", "$(x)", "a\\b",
                             "file:x", ":memory:", "a&whole=1&all=9", "\x1b[31m"})
        QTest::newRow(QByteArray(name).toPercentEncoding().constData()) << QByteArray(name);
}

void TestHostileDatabase::pathsWithOddBytes()
{
    QFETCH(QByteArray, name);
    test::writeDatabase(path("plain.sqlite"), smallExport());
    const std::string bytes = test::readFile(path("plain.sqlite"));
    for (const char* ending : {".sqlite", ""}) {
        const std::string file = name.toStdString() + ending;
        test::writeFile(path(file), bytes);
        const Result<Trace> trace = readUntouched(file);
        QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
        QCOMPARE(trace->activityCount(), std::size_t{2});
        QCOMPARE(trace->capture().path, path(file));
        test::writeFile(path(file), bytes.substr(0, bytes.size() - 1)); // read through our own VFS
        const Result<Trace> cut = readUntouched(file);
        QCOMPARE(cut ? cut->log().count(ImportCode::TruncatedDatabase) : 1, std::uint64_t{1});
        files::create_directory(path("folder"));
        files::create_directory(path("folder/" + file));
        test::writeFile(path("folder/" + file + "/x.sqlite"), bytes);
        QVERIFY(read(path("folder/" + file + "/x.sqlite")));
        files::remove_all(path("folder"));
    }
}

QTEST_GUILESS_MAIN(TestHostileDatabase)
#include "tst_hostiledatabase.moc"
