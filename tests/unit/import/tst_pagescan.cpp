#include "core/import/nsystable.h"
#include "core/import/pagescan.h"
#include "tests/golden/testfiles.h"
#include "tests/support/tablepages.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace stepscope;

namespace {

constexpr const char* table = "CUPTI_ACTIVITY_KIND_KERNEL";
constexpr const char* create = "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, shape TEXT, "
                               "\"end\" INTEGER, extra, deviceId INTEGER, tail TEXT)";
const std::vector<std::string> columns = {"start", "end", "deviceId", "", "extra"};

/// A cell: its number, or what else it is.
using Cell = std::pair<char, std::int64_t>;
using Rows = std::vector<std::vector<Cell>>;

struct Reading {
    Rows rows;
    bool isWhole = false; ///< read to the end, without a word of damage
};

std::string textOf(std::int64_t number)
{
    // SQL has no word for the least number.
    return number == std::numeric_limits<std::int64_t>::min() ? "(-9223372036854775807 - 1)"
                                                              : std::to_string(number);
}

std::string randomNumber(std::mt19937_64& random)
{
    const int bits = std::uniform_int_distribution<int>(0, 63)(random);
    const auto value = static_cast<std::int64_t>(random() >> bits);
    return textOf(std::uniform_int_distribution<int>(0, 1)(random) == 0 ? value : -value);
}

std::string randomCell(std::mt19937_64& random)
{
    switch (std::uniform_int_distribution<int>(0, 12)(random)) {
    case 0:
        return "NULL";
    case 1:
        return "0";
    case 2:
        return "1";
    case 4:
        return "'text'";
    case 5:
        return "x'0102'";
    default:
        return randomNumber(random);
    }
}

struct Contents {
    int pageBytes = 4096;
    int rows = 0;
    std::size_t longestText = 20;
    std::int64_t firstId = 1;
    std::int64_t farthestId = 1; ///< between neighbours
    std::string afterwards = {}; ///< more SQL
};

std::string sqlOf(const Contents& contents, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::string sql = "PRAGMA page_size=" + std::to_string(contents.pageBytes) + ";" + create + ";BEGIN;";
    std::int64_t id = contents.firstId;
    for (int row = 0; row < contents.rows; ++row) {
        const auto text = [&] { return "'" + std::string(random() % (contents.longestText + 1), 'x') + "'"; };
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (rowid, start, shape, \"end\", extra, deviceId, tail) "
               "VALUES (" +
               textOf(id) + "," + randomCell(random) + "," + text() + "," + randomCell(random) + "," +
               randomCell(random) + "," + randomCell(random) + "," + text() + ");";
        if (row + 1 < contents.rows) // the last id may be the greatest there is
            id += std::uniform_int_distribution<std::int64_t>(1, contents.farthestId)(random);
    }
    return sql + "COMMIT;" + contents.afterwards;
}

Reading readBySqlite(SqliteReader& database)
{
    Reading reading;
    Result<TableScan> scan =
        TableScan::open(database, table, "\"start\", \"end\", \"deviceId\", NULL, \"extra\"", {});
    if (!scan)
        return reading;
    TableScan::Step step = scan->next();
    for (; step == TableScan::Step::Row; step = scan->next()) {
        std::vector<Cell> row;
        for (int cell = 0; cell < 5; ++cell) {
            const std::optional<std::int64_t> number = scan->row().integer(cell);
            row.emplace_back(number ? 'i' : scan->row().isNull(cell) ? '0' : '?', number.value_or(0));
        }
        reading.rows.push_back(std::move(row));
    }
    reading.isWhole = step == TableScan::Step::Done && scan->holes().empty();
    return reading;
}

/// nullopt where it does not even begin.
std::optional<Reading> readByPages(SqliteReader& database)
{
    std::optional<PageScan> scan = PageScan::open(database, table, columns);
    if (!scan)
        return std::nullopt;
    Reading reading;
    RowBlock block;
    PageScan::Step step = PageScan::Step::Rows;
    while (step == PageScan::Step::Rows) {
        step = scan->next(block);
        for (std::size_t row = 0; row < block.rows; ++row) {
            std::vector<Cell> cells;
            for (std::size_t cell = 0; cell < block.columns; ++cell) {
                const bool isNull = (block.nulls[row] >> cell & 1U) != 0;
                const bool isOther = (block.others[row] >> cell & 1U) != 0;
                cells.emplace_back(isNull    ? '0'
                                   : isOther ? '?'
                                             : 'i',
                                   block.cells[row * block.columns + cell]);
            }
            reading.rows.push_back(std::move(cells));
        }
    }
    reading.isWhole = step == PageScan::Step::Done;
    return reading;
}

bool isBeginOf(const Rows& part, const Rows& whole)
{
    return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

/// All that reading a table leaves behind.
struct Outcome {
    Rows rows;
    std::vector<std::tuple<ImportCode, std::uint64_t, std::vector<std::string>>> log;
    std::vector<std::tuple<std::optional<std::uint64_t>, std::optional<TimePoint>, bool>> damage;
    std::vector<std::pair<std::string, std::uint64_t>> contents;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome readAsImporter(const std::string& path, bool byPages)
{
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(path, progress);
    const Result<NsysSchema> schema = NsysSchema::read(*database);
    TraceBuilder builder(TraceFormat::NsysSqlite);
    builder.capture().contents.emplace_back("before", 1);
    if (byPages) // it is left to be told
        builder.capture().contents.emplace_back(table, 1'000'000);
    else if (const Result<std::uint64_t> count = database->countRows(table); count && *count > 0)
        builder.capture().contents.emplace_back(table, *count);
    builder.capture().contents.emplace_back("behind", 2);
    Outcome outcome;
    NsysTable rows(*database, *schema, builder, table,
                   {{"start", NsysTable::Need::Needed}, {"end"}, {"deviceId"}, {"absent"}, {"extra"}},
                   {{}, byPages, !byPages});
    while (rows.next()) {
        std::vector<Cell> cells = {{'t', nanosecondsOf(rows.time(0))}};
        for (std::size_t cell = 0; cell < 5; ++cell)
            cells.emplace_back(rows.isNull(cell) ? '0' : '.', rows.integer(cell, -5));
        cells.emplace_back(rows.isBadRow() ? 'b' : 'g', static_cast<std::int64_t>(rows.rowsRead()));
        outcome.rows.push_back(std::move(cells));
    }
    for (const ImportEntry& entry : builder.log().entries())
        outcome.log.emplace_back(entry.code, entry.count, entry.examples);
    for (const DamagedPlace& place : builder.capture().damage)
        outcome.damage.emplace_back(place.lostRows, place.after, place.reachesEnd);
    outcome.contents = builder.capture().contents;
    return outcome;
}

} // namespace

/// Rows read straight from the pages are those that SQLite hands out.
class TestPageScan : public QObject {
    Q_OBJECT

private slots:
    void sameAsSqlite_data();
    void sameAsSqlite();
    void leavesToSqlite_data();
    void leavesToSqlite();
    void nothingElseOfDamagedPages_data();
    void nothingElseOfDamagedPages();
    void shortRecord();
    void importsTheSame_data();
    void importsTheSame();
    void stopsInTheMiddle();

private:
    std::string path() const { return m_folder.filePath("pages.sqlite").toStdString(); }

    QTemporaryDir m_folder;
};

void TestPageScan::sameAsSqlite_data()
{
    QTest::addColumn<Contents>("contents");
    for (const int pageBytes : {512, 1024, 4096, 65536}) {
        QTest::addRow("pages of %d bytes", pageBytes) << Contents{pageBytes, 3000};
        QTest::addRow("pages of %d bytes, long texts", pageBytes)
            << Contents{pageBytes, 1000, static_cast<std::size_t>(pageBytes) / 4 - 60};
    }
    QTest::newRow("one row") << Contents{4096, 1};
    QTest::newRow("gaps in the ids") << Contents{4096, 3000, 20, 1, 1'000'000'000'000};
    QTest::newRow("negative ids") << Contents{4096, 3000, 20, std::numeric_limits<std::int64_t>::min(), 9};
    QTest::newRow("the greatest ids")
        << Contents{4096, 3000, 20, std::numeric_limits<std::int64_t>::max() - 2999, 1};
    QTest::newRow("rows taken away") << Contents{
        512, 3000, 20, 1, 1, "DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE rowid % 3 <> 1;"};
    QTest::newRow("pages of other tables between")
        << Contents{512, 3000, 20, 1, 1, "CREATE INDEX own ON CUPTI_ACTIVITY_KIND_KERNEL (start);"};
    QTest::newRow("with pointers for a vacuum")
        << Contents{512, 3000, 20, 1, 1, "PRAGMA auto_vacuum=FULL; VACUUM;"};
}

void TestPageScan::sameAsSqlite()
{
    QFETCH(Contents, contents);
    test::writeDatabase(path(), sqlOf(contents, 7));
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(path(), progress);
    QVERIFY(database);
    const Reading expected = readBySqlite(*database);
    QVERIFY(expected.isWhole);
    const std::optional<Reading> read = readByPages(*database);
    QVERIFY(read);
    QVERIFY(read->isWhole);
    QCOMPARE(read->rows.size(), expected.rows.size());
    QVERIFY(read->rows == expected.rows);
}

void TestPageScan::leavesToSqlite_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("rows"); // read before; -1: none is even tried
    const std::string hundred = sqlOf({4096, 100}, 8);
    const auto withTable = [&hundred](const char* definition) {
        std::string sql = hundred;
        return QString::fromStdString(
            sql.replace(sql.find(create), std::string_view(create).size(), definition));
    };
    QTest::newRow("a column of reals")
        << withTable("CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start REAL, shape TEXT, \"end\" INTEGER, "
                     "extra, deviceId INTEGER, tail TEXT)")
        << -1;
    QTest::newRow("a column that is computed")
        << withTable(
               "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, shape TEXT, twice AS (2 * start), "
               "\"end\" INTEGER, extra, deviceId INTEGER, tail TEXT)")
        << -1;
    QTest::newRow("an id as a column")
        << "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER PRIMARY KEY, \"end\" INTEGER, extra, "
           "deviceId INTEGER); INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (1, 2, 3, 4);"
        << -1;
    QTest::newRow("no ids")
        << "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (own INTEGER PRIMARY KEY, start INTEGER, \"end\" "
           "INTEGER, "
           "extra, deviceId INTEGER) WITHOUT ROWID; INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES "
           "(1, 2, 3, 4, 5);"
        << 0;
    QTest::newRow("no rows") << QString::fromStdString(sqlOf({4096, 0}, 8)) << 0;
    QTest::newRow("a column that came later")
        << QString::fromLatin1(
               "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, \"end\" INTEGER, extra);"
               "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (1, 2, 3);"
               "ALTER TABLE CUPTI_ACTIVITY_KIND_KERNEL ADD COLUMN deviceId INTEGER DEFAULT 17;")
        << 0;
    QTest::newRow("a number that is not whole")
        << QString::fromStdString(hundred + "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (start) VALUES (1.5);")
        << 0;
    QTest::newRow("a text that goes on in other pages")
        << QString::fromStdString(hundred + "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL (start, tail) VALUES (1, "
                                            "hex(zeroblob(5000)));")
        << 0; // its page holds all others, too
}

void TestPageScan::leavesToSqlite()
{
    QFETCH(QString, sql);
    QFETCH(int, rows);
    test::writeDatabase(path(), sql.toStdString());
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(path(), progress);
    QVERIFY(database);
    const std::optional<Reading> read = readByPages(*database);
    QCOMPARE(read.has_value(), rows >= 0);
    if (!read)
        return;
    QVERIFY(!read->isWhole);
    QVERIFY(isBeginOf(read->rows, readBySqlite(*database).rows));
    QVERIFY(static_cast<int>(read->rows.size()) >= rows);
}

void TestPageScan::nothingElseOfDamagedPages_data()
{
    QTest::addColumn<int>("pageBytes");
    for (const int pageBytes : {512, 4096})
        QTest::addRow("pages of %d bytes", pageBytes) << pageBytes;
}

void TestPageScan::nothingElseOfDamagedPages()
{
    QFETCH(int, pageBytes);
    test::writeDatabase(path(), sqlOf({pageBytes, 2000}, 9));
    const std::string whole = test::readFile(path());
    std::mt19937 random(10);
    int left = 0;
    for (int round = 0; round < 400; ++round) {
        std::string spoilt = whole;
        // A byte, some bytes, or a page that is in two places.
        const auto place = [&](std::size_t end) {
            return std::uniform_int_distribution<std::size_t>(static_cast<std::size_t>(pageBytes),
                                                              end)(random);
        };
        const int bytes = round % 3 == 0 ? 1 : round % 3 == 1 ? 16 : pageBytes;
        const std::size_t target = place(whole.size() - static_cast<std::size_t>(bytes));
        const std::size_t source = place(whole.size() - static_cast<std::size_t>(bytes));
        for (int i = 0; i < bytes; ++i) {
            const std::size_t at = static_cast<std::size_t>(i);
            if (bytes == pageBytes)
                spoilt[target / static_cast<std::size_t>(pageBytes) * static_cast<std::size_t>(pageBytes) +
                       at] =
                    whole[source / static_cast<std::size_t>(pageBytes) * static_cast<std::size_t>(pageBytes) +
                          at];
            else
                spoilt[target + at] = static_cast<char>(random());
        }
        test::writeFile(path(), spoilt);
        NoProgress progress;
        Result<SqliteReader> database = SqliteReader::open(path(), progress);
        if (!database)
            continue;
        const Reading bySqlite = readBySqlite(*database);
        const std::optional<Reading> byPages = readByPages(*database);
        if (!byPages)
            continue;
        QVERIFY2(isBeginOf(byPages->rows, bySqlite.rows), qPrintable(QString::number(round)));
        QVERIFY2(!byPages->isWhole || (bySqlite.isWhole && byPages->rows.size() == bySqlite.rows.size()),
                 qPrintable(QString::number(round)));
        left += byPages->isWhole ? 0 : 1;
    }
    QVERIFY(left > 50); // else nothing was spoilt
}

/// A length that is too small for what the header of the record says, as the rows before had it: the cells
/// lie behind the record, and of the last one in the file behind the page.
void TestPageScan::shortRecord()
{
    constexpr int pageBytes = 32768;
    std::string sql = "PRAGMA page_size=" + std::to_string(pageBytes) + ";" + create + ";BEGIN;";
    for (int row = 1; row <= 9; ++row)
        sql += "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (1000, '" + std::string(20'000, 'x') +
               "', 2000, 3000, 4000, 't');";
    test::writeDatabase(path(), sql + "COMMIT;");
    std::string file = test::readFile(path());
    // A cell begins with the length of its record, here of three bytes, and the row id.
    std::size_t found = 0;
    for (std::size_t at = pageBytes; at + 10 < file.size(); ++at) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(file[at + i]); };
        const bool isCell = byte(0) == 0x81 && byte(1) == 0x9c && byte(2) < 0x80 && byte(3) == 9;
        if (isCell) {
            file[at] = '\x80';
            file[at + 1] = '\x80'; // now it is of one byte's length
            ++found;
        }
    }
    QCOMPARE(found, std::size_t{1});
    test::writeFile(path(), file);
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(path(), progress);
    QVERIFY(database);
    const std::optional<Reading> read = readByPages(*database);
    QVERIFY(read && !read->isWhole);
    QVERIFY(read->rows.size() <= 8);
}

void TestPageScan::importsTheSame_data()
{
    QTest::addColumn<int>("rows"); // many of them are read on a thread
    QTest::addColumn<int>("rounds");
    QTest::newRow("a small table") << 2000 << 60;
    QTest::newRow("a large table") << 25'000 << 12;
}

void TestPageScan::importsTheSame()
{
    QFETCH(int, rows);
    QFETCH(int, rounds);
    test::writeDatabase(path(), sqlOf({1024, rows}, 11));
    const std::string whole = test::readFile(path());
    QVERIFY(readAsImporter(path(), true) == readAsImporter(path(), false));
    const std::vector<std::uint32_t> leaves = testsupport::TablePages(path(), table).leafPages();
    std::mt19937 random(12);
    int damaged = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string spoilt = whole;
        for (int place = 0; place <= round % 3; ++place) {
            const std::size_t leaf =
                leaves[std::uniform_int_distribution<std::size_t>(0, leaves.size() - 1)(random)];
            const std::size_t at = std::uniform_int_distribution<std::size_t>(0, 1000)(random);
            std::fill_n(spoilt.begin() + static_cast<std::ptrdiff_t>((leaf - 1) * 1024 + (round % 2) * at), 8,
                        '\x7f');
        }
        test::writeFile(path(), spoilt);
        const Outcome expected = readAsImporter(path(), false);
        QVERIFY2(readAsImporter(path(), true) == expected, qPrintable(QString::number(round)));
        damaged += expected.damage.empty() ? 0 : 1;
    }
    QVERIFY(damaged > rounds / 3);
}

/// Whoever stops does not wait for the rest.
void TestPageScan::stopsInTheMiddle()
{
    test::writeDatabase(path(), sqlOf({4096, 40'000}, 13));
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(path(), progress);
    QVERIFY(database);
    for (const int blocks : {0, 1, 3}) {
        std::optional<PageScan> scan = PageScan::open(*database, table, columns);
        QVERIFY(scan);
        RowAhead ahead(std::move(*scan), true);
        RowBlock block;
        for (int i = 0; i < blocks; ++i) {
            QCOMPARE(ahead.next(block), PageScan::Step::Rows);
            QVERIFY(block.rows < 10'000);
        }
    }
}

QTEST_APPLESS_MAIN(TestPageScan)
#include "tst_pagescan.moc"
