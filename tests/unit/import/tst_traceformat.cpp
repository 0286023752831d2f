#include "core/import/traceformat.h"
#include "tests/golden/testfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace stepscope;

namespace {

const std::string oneEvent =
    R"({"ph": "X", "cat": "kernel", "name": "k", "ts": 1, "dur": 1, "pid": 0, "tid": 7})";
const std::string kineto = R"({"schemaVersion": 1, "traceEvents": [)" + oneEvent + "]}";
const std::string sqlite = std::string("SQLite format 3\0", 16) + std::string(84, '\0');

} // namespace

Q_DECLARE_METATYPE(stepscope::ErrorCode)

class TestTraceFormat : public QObject {
    Q_OBJECT

private slots:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void notAFile();

private:
    std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    QTemporaryDir m_folder;
};

void TestTraceFormat::accepted_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isDatabase");
    QTest::addColumn<bool>("isGzip");
    const auto row = [](const char* title, const std::string& content, const char* name, bool isDatabase,
                        bool isGzip) {
        QTest::newRow(title) << QByteArray::fromStdString(content) << QString::fromLatin1(name) << isDatabase
                             << isGzip;
    };
    row("kineto", kineto, "a.json", false, false);
    row("kineto, packed", test::gzip(kineto), "a.json.gz", false, true);
    row("packed, named as if not", test::gzip(kineto), "a.json", false, true);
    row("not packed, named as if", kineto, "a.json.gz", false, false);
    row("no name to go by", kineto, "trace", false, false);
    row("named as a report", kineto, "a.nsys-rep", false, false);
    row("byte-order mark", "\xef\xbb\xbf" + kineto, "a.json", false, false);
    row("blanks before", "\n\n  \t" + kineto, "a.json", false, false);
    row("bare array", "[" + oneEvent + "]", "a.json", false, false);
    row("empty array", "[]", "a.json", false, false);
    row("long head without events yet", R"({"deviceProperties": [")" + std::string(100'000, 'x') + "\"]",
        "a.json", false, false);
    row("two documents", kineto + "\n" + kineto, "a.json", false, false);
    row("database", sqlite, "a.sqlite", true, false);
    row("database under another name", sqlite, "a.json", true, false);
}

void TestTraceFormat::accepted()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    QFETCH(bool, isDatabase);
    QFETCH(bool, isGzip);
    const std::string file = m_folder.filePath(name).toStdString();
    test::writeFile(file, content.toStdString());
    const Result<TraceFormatProbe> probe = probeTrace(file);
    QVERIFY2(probe, probe ? "" : probe.error().detail.c_str());
    QCOMPARE(probe->format == TraceFormat::NsysSqlite, isDatabase);
    QCOMPARE(probe->isGzip, isGzip);
    QCOMPARE(probe->fileBytes, static_cast<std::uint64_t>(content.size()));
}

void TestTraceFormat::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* title, const std::string& content, const char* name, ErrorCode code,
                        const char* detail) {
        QTest::newRow(title) << QByteArray::fromStdString(content) << QString::fromLatin1(name) << code
                             << QString::fromLatin1(detail);
    };
    const std::string binary("\x01\x02\x03\x00\xfe\xff binary", 13);
    row("empty", "", "a.json", ErrorCode::EmptyFile, "");
    row("empty gzip", test::gzip(""), "a.json.gz", ErrorCode::EmptyFile, "gzip");
    row("report", binary, "a.nsys-rep", ErrorCode::NsysReport, "");
    row("old report", binary, "A.QDREP", ErrorCode::NsysReport, "");
    row("binary", binary, "a.bin", ErrorCode::UnknownFormat, "binary");
    row("text", "Decode finished in 3.2 s\n", "a.txt", ErrorCode::UnknownFormat, "text");
    row("web page", "<!DOCTYPE html>\n<html>", "a.json", ErrorCode::UnknownFormat, "web page");
    row("number", "42", "a.json", ErrorCode::UnknownFormat, "text");
    row("LFS pointer", "version https://git-lfs.github.com/spec/v1\n", "a.json.gz", ErrorCode::UnknownFormat,
        "LFS");
    row("array of numbers", "[1, 2, 3]", "a.json", ErrorCode::UnknownFormat, "no events");
    row("HDF5", "\x89HDF\r\n\x1a\n....", "a.h5", ErrorCode::OtherExport, "HDF5");
    row("Arrow", "ARROW1\0\0", "a.arrow", ErrorCode::OtherExport, "Arrow");
    row("Parquet", "PAR1....", "a.parquet", ErrorCode::OtherExport, "Parquet");
    row("zip", "PK\x03\x04....", "a.zip", ErrorCode::PackedFile, "ZIP");
    row("zstd", "\x28\xb5\x2f\xfd....", "a.json.zst", ErrorCode::PackedFile, "Zstandard");
    row("tar in gzip", test::gzip(std::string(257, 'x') + "ustar" + std::string(300, ' ')), "a.tar.gz",
        ErrorCode::PackedFile, "tar");
    row("database in gzip", test::gzip(sqlite), "a.sqlite.gz", ErrorCode::PackedFile, "SQLite");
    row("gzip in gzip", test::gzip(test::gzip(kineto)), "a.json.gz.gz", ErrorCode::PackedFile,
        "gzip inside gzip");
    row("two bytes of gzip", "\x1f\x8b", "a.json.gz", ErrorCode::DamagedGzip, "byte 2");
    row("gzip of another method", "\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00", "a.json.gz",
        ErrorCode::DamagedGzip, "");
    row("object without events", R"({"a": 1})", "a.json", ErrorCode::UnknownFormat, "traceEvents");
    row("cut before the first event", R"({"schemaVersion": 1, "dev)", "a.json", ErrorCode::DamagedJson,
        "byte 25");
}

void TestTraceFormat::refused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    QFETCH(QString, detail);
    const std::string file = m_folder.filePath(name).toStdString();
    test::writeFile(file, content.toStdString());
    const Result<TraceFormatProbe> probe = probeTrace(file);
    QVERIFY(!probe);
    QCOMPARE(probe.error().code, code);
    QVERIFY2(QString::fromStdString(probe.error().detail).contains(detail), probe.error().detail.c_str());
}

void TestTraceFormat::notAFile()
{
    QCOMPARE(probeTrace(path("missing")).error().code, ErrorCode::FileNotFound);
    QCOMPARE(probeTrace("").error().code, ErrorCode::FileNotFound);
    test::writeFile(path("plain"), kineto);
    QCOMPARE(probeTrace(path("plain/child")).error().code, ErrorCode::FileNotFound);

    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("empty")));
    const Result<TraceFormatProbe> empty = probeTrace(path("empty"));
    QCOMPARE(empty.error().code, ErrorCode::IsDirectory);
    QCOMPARE(empty.error().detail, std::string());
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("run")));
    for (const char* name :
         {"run/h_9.async_llm.1784000000000000000.pt.trace.json.gz", "run/profiler_out_0.txt",
          "run/dp0_pp0_tp1_dcp0_ep0_rank1.1784000000000000000.pt.trace.json.gz"})
        test::writeFile(path(name), kineto);
    const Result<TraceFormatProbe> run = probeTrace(path("run"));
    QCOMPARE(run.error().code, ErrorCode::IsDirectory);
    QCOMPARE(run.error().detail,
             std::string("dp0_pp0_tp1_dcp0_ep0_rank1.1784000000000000000.pt.trace.json.gz"));

    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0); // must not wait for a writer
    QCOMPARE(probeTrace(path("pipe")).error().code, ErrorCode::FileNotReadable);
    if (::geteuid() != 0) { // root may read everything
        QVERIFY(QFile::setPermissions(QString::fromStdString(path("plain")), QFileDevice::Permissions()));
        QCOMPARE(probeTrace(path("plain")).error().code, ErrorCode::FileNotReadable);
    }
}

QTEST_GUILESS_MAIN(TestTraceFormat)
#include "tst_traceformat.moc"
