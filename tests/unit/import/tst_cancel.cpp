#include "core/import/traceimporter.h"
#include "core/trace/tracebuilder.h"
#include "tests/support/closedform.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace stepscope;
namespace support = testsupport;

namespace {

/// Cancels once it was reported to `last` times.
class CountedProgress final : public Progress {
public:
    explicit CountedProgress(std::uint64_t last) : m_last(last) {}

    void report(std::uint64_t, std::uint64_t) override { ++m_reports; }
    bool isCancelled() const override { return m_reports >= m_last; }
    std::uint64_t reports() const { return m_reports; }

private:
    std::uint64_t m_last;
    std::uint64_t m_reports = 0;
};

/// Cancels the n-th time it is asked.
class CountedPolls final : public Progress {
public:
    explicit CountedPolls(int last) : m_left(last) {}

    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override { return --m_left <= 0; }

private:
    mutable int m_left;
};

} // namespace

/// A reader notices a cancel before it reports again, wherever it is: reports come far more often than one
/// could press a key.
class TestCancel : public QObject {
    Q_OBJECT

private slots:
    void readersStopAtOnce_data();
    void readersStopAtOnce();
    void buildingListens();
};

void TestCancel::readersStopAtOnce_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"loop.sqlite", "loop.json", "loop.json.gz"})
        QTest::addRow("%s", name) << name;
}

void TestCancel::readersStopAtOnce()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const std::vector<std::string> paths =
        support::writeClosedForm(support::eightRanksCase(), folder.filePath(name).toStdString());
    CountedProgress whole(std::numeric_limits<std::uint64_t>::max());
    QVERIFY(importTraces(paths, whole, {}));
    QVERIFY(whole.reports() >= 4);
    for (std::uint64_t part = 1; part <= 3; ++part) {
        CountedProgress progress(std::max<std::uint64_t>(1, whole.reports() * part / 4));
        const Result<Trace> trace = importTraces(paths, progress, {});
        const bool isCancelled = !trace && trace.error().code == ErrorCode::Cancelled;
        QVERIFY2(isCancelled, "read on");
        QVERIFY2(progress.reports() <= whole.reports() * part / 4 + 2,
                 qPrintable(QStringLiteral("%1 of %2").arg(progress.reports()).arg(whole.reports())));
    }
}

/// Sorting and linking the rows of a large trace takes longer than a person waits for a cancel: it asks
/// between the tables, at least once a device in each stage.
void TestCancel::buildingListens()
{
    constexpr int devices = 8;
    int polls = 0;
    bool isBuilt = false;
    while (!isBuilt && polls < 1000) {
        TraceBuilder builder(TraceFormat::NsysSqlite);
        const ProcessId process = builder.process(1);
        for (int key = 0; key < devices; ++key) {
            Activity activity;
            activity.begin = TimePoint(Duration(100 + 100 * key));
            activity.end = activity.begin + Duration(50);
            builder.addActivity(builder.device(process, key), activity);
        }
        const Result<Trace> trace = builder.build(CountedPolls(++polls));
        isBuilt = static_cast<bool>(trace);
        QVERIFY(isBuilt || trace.error().code == ErrorCode::Cancelled);
        QVERIFY(!isBuilt || trace->activityCount() == devices);
    }
    QVERIFY2(isBuilt, "it asks without end");
    QVERIFY2(polls > 2 * devices, qPrintable(QStringLiteral("asked only %1 times").arg(polls)));
}

QTEST_GUILESS_MAIN(TestCancel)

#include "tst_cancel.moc"
