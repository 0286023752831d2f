#include "core/import/filereader.h"
#include "core/nsysexport/nsysexport.h"
#include "core/nsysexport/reportimporter.h"
#include "tests/golden/testfiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

namespace {

/// As the real one: `nsys export --type=sqlite --force-overwrite=true --output=FILE REPORT`; what it does is
/// written in the report.
constexpr const char* fakeNsys = R"(#!/bin/sh
[ "$1" = export ] || exit 64
shift
for word; do
    case $word in
    --output=*) output=${word#--output=} ;;
    --type=sqlite | --force-overwrite=true) ;;
    --*) echo "unrecognised option $word" >&2; exit 64 ;;
    *) report=$word ;;
    esac
done
echo "$output" > "$FAKE_NSYS_SEEN"
case $(tail -c 20 "$report") in
*sleep)
    sleep 600 &
    echo $! >> "$FAKE_NSYS_SEEN"
    printf '\rProcessing events: [=        10%%]'
    wait ;;
*fail)
    printf '\rProcessing events: [====     40%%]\n' >&2
    echo "Cannot read this file: it was made by version 2031.1." >&2
    exit 3 ;;
*nothing) exit 0 ;;
*)
    for percent in 20 60 100; do printf '\rProcessing events: [=   %d%%]' $percent; done
    echo
    cp "$FAKE_NSYS_DATABASE" "$output" ;;
esac
)";

class Recorder final : public Progress {
public:
    void report(std::uint64_t done, std::uint64_t total) override
    {
        const auto perMille = static_cast<int>(done * 1000 / total);
        m_isMonotone = m_isMonotone && perMille >= m_last;
        m_last = perMille;
        m_sawHalf = m_sawHalf || perMille == 500;
    }
    bool isCancelled() const override { return m_cancelsAfterFirst && m_last > 0; }
    bool isMonotone() const { return m_isMonotone; }
    bool sawHalf() const { return m_sawHalf; }
    void cancelAfterFirst() { m_cancelsAfterFirst = true; }

private:
    int m_last = 0;
    bool m_isMonotone = true;
    bool m_sawHalf = false;
    bool m_cancelsAfterFirst = false;
};

} // namespace

/// Closed reports of Nsight Systems, opened through a program that behaves as nsys does.
class TestNsysReport : public QObject {
    Q_OBJECT

private slots:
    void init();
    void opensAReport();
    void databaseUnderTheNameOfAReport();
    void saysWhatNsysSaid();
    void exportThatMakesNothing();
    void cancelEndsNsys();
    void withoutNsys();

private:
    std::string writeReport(const QString& name, const char* does)
    {
        const std::string file = m_folder->filePath(name).toStdString();
        test::writeFile(file, std::string("\0\1\2report", 9) + does);
        return file;
    }
    QStringList leftFiles() const
    {
        QStringList files;
        for (QDirIterator all(m_folder->filePath(QStringLiteral("cache")), QDir::Files,
                              QDirIterator::Subdirectories);
             all.hasNext();)
            files += all.next();
        return files;
    }
    QByteArray seen() const
    {
        QFile file(m_folder->filePath(QStringLiteral("seen")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path = qgetenv("PATH");
};

void TestNsysReport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto path = [this](const char* name) { return m_folder->filePath(QString::fromLatin1(name)); };
    QVERIFY(QDir().mkpath(path("bin")));
    test::writeFile(path("bin/nsys").toStdString(), fakeNsys);
    QVERIFY(QFile::setPermissions(path("bin/nsys"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    test::writeDatabase(path("made.sqlite").toStdString(),
                        "CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT);"
                        "INSERT INTO StringIds VALUES (1, 'gemm');"
                        "CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INT, end INT, deviceId INT, "
                        "streamId INT, globalPid INT, correlationId INT, shortName INT);"
                        "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (100, 150, 0, 7, 0, 1, 1);");
    qputenv("PATH", path("bin").toUtf8() + ':' + m_path);
    qputenv("XDG_CACHE_HOME", path("cache").toUtf8());
    qputenv("FAKE_NSYS_DATABASE", path("made.sqlite").toUtf8());
    qputenv("FAKE_NSYS_SEEN", path("seen").toUtf8());
}

void TestNsysReport::opensAReport()
{
    const std::string report = writeReport(QStringLiteral("it's $(a) report.nsys-rep"), "export");
    Recorder progress;
    const Result<Trace> trace = importReportOrTraces({report}, progress);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(trace->activityCount(), std::size_t{1});
    QVERIFY(progress.isMonotone());
    QVERIFY(progress.sawHalf());
    // It is called by the report and known by its bytes, whatever the export holds.
    QCOMPARE(trace->capture().path, report);
    Result<FileReader> file = FileReader::open(report);
    QVERIFY(file);
    std::vector<unsigned char> bytes(100);
    QCOMPARE(trace->capture().fileBytes, std::uint64_t{file->read(bytes)});
    QCOMPARE(trace->capture().sha256.text(), file->sha256());
    QVERIFY(seen().contains("it's $(a) report.sqlite"));
    QVERIFY(leftFiles().isEmpty());
}

void TestNsysReport::databaseUnderTheNameOfAReport()
{
    const std::string file = m_folder->filePath(QStringLiteral("renamed.nsys-rep")).toStdString();
    test::writeFile(file, test::readFile(m_folder->filePath(QStringLiteral("made.sqlite")).toStdString()));
    NoProgress progress;
    QVERIFY(importReportOrTraces({file}, progress));
    QVERIFY(seen().isEmpty());
}

void TestNsysReport::saysWhatNsysSaid()
{
    NoProgress progress;
    const Result<Trace> trace =
        importReportOrTraces({writeReport(QStringLiteral("new.nsys-rep"), "fail")}, progress);
    QVERIFY(!trace);
    QVERIFY(trace.error().code == ErrorCode::NsysExportFailed);
    const QString detail = QString::fromStdString(trace.error().detail);
    QVERIFY2(detail.endsWith(QStringLiteral("Cannot read this file: it was made by version 2031.1.")),
             qPrintable(detail));
    QVERIFY(!detail.contains(QLatin1Char('%')));
    QVERIFY(leftFiles().isEmpty());
}

void TestNsysReport::exportThatMakesNothing()
{
    NoProgress progress;
    const Result<Trace> trace =
        importReportOrTraces({writeReport(QStringLiteral("empty.qdrep"), "nothing")}, progress);
    QVERIFY(!trace);
    QVERIFY(trace.error().code == ErrorCode::NsysExportFailed);
    QVERIFY(!trace.error().detail.empty());
}

void TestNsysReport::cancelEndsNsys()
{
    Recorder progress;
    progress.cancelAfterFirst();
    const Result<Trace> trace =
        importReportOrTraces({writeReport(QStringLiteral("slow.nsys-rep"), "sleep")}, progress);
    QVERIFY(!trace);
    QVERIFY(trace.error().code == ErrorCode::Cancelled);
    const QList<QByteArray> lines = seen().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    // What nsys itself started is gone, too: it waits to be buried at most.
    const QString sleeper = QStringLiteral("/proc/%1/cmdline").arg(lines.at(1).toInt());
    QTRY_VERIFY([&sleeper] {
        QFile file(sleeper);
        return !file.open(QIODevice::ReadOnly) || file.readAll().isEmpty();
    }());
    QVERIFY(leftFiles().isEmpty());
}

void TestNsysReport::withoutNsys()
{
    qputenv("PATH", m_folder->filePath(QStringLiteral("nowhere")).toUtf8());
    const bool isInstalled = NsysExport::tool().has_value();
    NoProgress progress;
    const std::string report = writeReport(QStringLiteral("a.nsys-rep"), "export");
    if (isInstalled)
        QSKIP("an nsys stands in a usual place of this machine");
    const Result<Trace> trace = importReportOrTraces({report}, progress);
    QVERIFY(!trace);
    QVERIFY(trace.error().code == ErrorCode::NsysReport);
}

QTEST_APPLESS_MAIN(TestNsysReport)
#include "tst_nsysreport.moc"
