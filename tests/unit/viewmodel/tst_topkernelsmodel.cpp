#include "widgets/viewmodel/topkernelsmodel.h"

#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/topkernels.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QMimeData>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <numeric>

using namespace stepscope;

namespace {

/// What names may look like, and what a spreadsheet or a table must make of them.
const std::vector<std::pair<std::string, QString>>& hostileNames()
{
    static const std::vector<std::pair<std::string, QString>> names = {
        {"void f<int>(int)::{lambda()#1}", QStringLiteral("void f<int>(int)::{lambda()#1}")},
        {"=cmd|' /C calc'!A0", QStringLiteral("'=cmd|' /C calc'!A0")},
        {"+plus", QStringLiteral("'+plus")},
        {"@at", QStringLiteral("'@at")},
        {"a\tb\nc", QStringLiteral("a\\x09b\\x0ac")},
        {"\"quoted\", x", QStringLiteral("\"quoted\", x")},
        {"<b>bold</b> & <img src=x>", QStringLiteral("<b>bold</b> & <img src=x>")},
        {"middle\"quote", QStringLiteral("middle\"quote")},
    };
    return names;
}

/// 30 steps of 1 ms with one kernel of each hostile name: the k-th takes (k + 1) µs.
std::shared_ptr<const TraceIndex> hostileIndex()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    builder.capture().path = "/data/<trace>.json";
    builder.capture().sha256 = std::string("0123456789abcdef0123456789abcdef");
    const ProcessId process = builder.process(1);
    const ThreadId thread = builder.thread(process, 1);
    const DeviceId device = builder.device(process, 0);
    std::int64_t correlation = 0;
    for (int step = 0; step < 30; ++step) {
        HostRange range;
        range.name = builder.intern("execute_context_0(0)_generation_1(1)");
        range.thread = thread;
        range.begin = timePointAt(1'000'000LL * step);
        range.end = timePointAt(1'000'000LL * step + 900'000);
        builder.addRange(range);
        std::int64_t at = 1'000'000LL * step + 10'000;
        std::int64_t length = 0;
        for (const auto& [name, shown] : hostileNames()) {
            length += 1'000;
            ApiCall call;
            call.name = builder.intern("cudaLaunchKernel");
            call.thread = thread;
            call.correlation = ++correlation;
            call.begin = timePointAt(at);
            call.end = timePointAt(at + 1'000);
            builder.addCall(call);
            Activity activity;
            activity.name = builder.intern(name);
            activity.process = process;
            activity.correlation = correlation;
            activity.begin = timePointAt(at + 2'000);
            activity.end = timePointAt(at + 2'000 + length);
            builder.addActivity(device, activity);
            at += 20'000;
        }
    }
    NoProgress progress;
    auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                   KernelClassifier::standard(), progress);
    return *index;
}

/// As a spreadsheet takes a pasted text: cells between tabs; one that begins with a quote ends at the next
/// single one.
QList<QStringList> pasted(const QString& text)
{
    QList<QStringList> rows;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        QStringList cells = line.split(QLatin1Char('\t'));
        for (QString& cell : cells) {
            if (cell.startsWith(QLatin1Char('"')))
                cell = cell.mid(1, cell.size() - 2).replace(QStringLiteral("\"\""), QStringLiteral("\""));
        }
        rows += cells;
    }
    return rows;
}

} // namespace

class TestTopKernelsModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void isAValidModel();
    void showsSumsPerStep();
    void sortsByRawValues();
    void withoutStepsShowsTheWindow();
    void manyNamesAreSummedInTheBackground();
    void operationsAreSortedInTheBackgroundOnce();
    void anotherTraceClearsAtOnce();
    void typedValuesOnlyMoveTheSnapshot();
    void rowsStayWhileTheWindowMoves();
    void copiesHostileNames();
    void copiesWithContext();
    void findsTheFirstOperation();
    void shortNames_data();
    void shortNames();

private:
    static std::shared_ptr<const Assessment> assess(const TraceIndex& index, TimeRange window,
                                                    std::uint64_t snapshot = 17);
    static std::vector<int> allRows(const TopKernelsModel& model);

    std::shared_ptr<const TraceIndex> m_index;
};

void TestTopKernelsModel::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    m_index = testing::smallIndex(1, 40);
    QVERIFY(m_index);
}

std::shared_ptr<const Assessment> TestTopKernelsModel::assess(const TraceIndex& index, TimeRange window,
                                                              std::uint64_t snapshot)
{
    auto assessment = std::make_shared<Assessment>(assessWindow(index, window, DeviceId(0), {}));
    assessment->snapshot = snapshot;
    return assessment;
}

std::vector<int> TestTopKernelsModel::allRows(const TopKernelsModel& model)
{
    std::vector<int> rows(static_cast<std::size_t>(model.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

void TestTopKernelsModel::isAValidModel()
{
    TopKernelsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.shownSnapshot(), std::uint64_t(0));
    model.setAssessment(m_index, assess(*m_index, m_index->automaticWindow(DeviceId(0))));
    QCOMPARE(model.rowCount(), 3);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(25'000'000)}));
    QCOMPARE(resets.count(), 0); // the same names in the same order: a selection stays
    QCOMPARE(changes.count(), 1);
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(5'100'000)}));
    QCOMPARE(resets.count(), 1);
    model.setAssessment(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.shownSnapshot(), std::uint64_t(0));
}

void TestTopKernelsModel::showsSumsPerStep()
{
    TopKernelsModel model;
    const auto assessment = assess(*m_index, {timePointAt(5'000'000), timePointAt(25'000'000)});
    model.setAssessment(m_index, assessment);
    QCOMPARE(model.shownSnapshot(), std::uint64_t(17));
    QCOMPARE(model.summary()->steps, assessment->referenceWindow().budget.steps);
    const auto check = [&model](int row, const QStringList& texts, double nanoseconds, double share) {
        QStringList shown;
        for (int column = 0; column < model.columnCount(); ++column)
            shown += model.index(row, column).data().toString();
        QCOMPARE(shown, texts);
        QCOMPARE(
            model.index(row, TopKernelsModel::TimePerStep).data(TopKernelsModel::RawValueRole).toDouble(),
            nanoseconds);
        QCOMPARE(model.index(row, TopKernelsModel::Share).data(TopKernelsModel::RawValueRole).toDouble(),
                 share);
    };
    const QString one = QStringLiteral("1");
    const QString no = QStringLiteral("no");
    check(0,
          {QStringLiteral("gemm_kernel"), QStringLiteral("gemm"), one, QStringLiteral("200.0"),
           QStringLiteral("66.7"), no},
          200'000.0, 200.0 / 300.0);
    check(1,
          {QStringLiteral("ncclDevKernel_AllReduce_Sum_f16_RING_LL"), QStringLiteral("comm"), one,
           QStringLiteral("80.0"), QStringLiteral("26.7"), no},
          80'000.0, 80.0 / 300.0);
    check(2,
          {QStringLiteral("memcpy DtoH"), QStringLiteral("copy"), one, QStringLiteral("20.0"),
           QStringLiteral("6.7"), no},
          20'000.0, 20.0 / 300.0);
    qlonglong sum = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        sum += model.index(row, 0).data(TopKernelsModel::TotalRole).toLongLong();
    QCOMPARE(sum, qlonglong(model.summary()->total.count()));
    QCOMPARE(sum, qlonglong(300'000 * static_cast<std::int64_t>(model.summary()->steps)));
}

void TestTopKernelsModel::sortsByRawValues()
{
    TopKernelsModel model;
    const auto index = hostileIndex();
    model.setAssessment(index, assess(*index, index->automaticWindow(DeviceId(0))));
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(TopKernelsModel::RawValueRole);
    sorted.sort(TopKernelsModel::TimePerStep, Qt::DescendingOrder);
    // By time: 8 µs a step comes before 7, and text order would say the same of neither 10 and 9.
    const auto time = [&sorted](int row) {
        return sorted.index(row, TopKernelsModel::TimePerStep).data(TopKernelsModel::RawValueRole).toDouble();
    };
    for (int row = 1; row < sorted.rowCount(); ++row)
        QVERIFY(time(row - 1) > time(row));
    QCOMPARE(model.headerData(TopKernelsModel::TimePerStep, Qt::Horizontal, Qt::InitialSortOrderRole)
                 .value<Qt::SortOrder>(),
             Qt::DescendingOrder);
}

void TestTopKernelsModel::withoutStepsShowsTheWindow()
{
    TopKernelsModel model;
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'100'000), timePointAt(5'900'000)}));
    QVERIFY(model.summary());
    QCOMPARE(model.summary()->steps, std::size_t(0));
    QVERIFY(model.rowCount() > 0);
    QCOMPARE(model.headerData(TopKernelsModel::TimePerStep, Qt::Horizontal).toString(), QStringLiteral("µs"));
    const std::unique_ptr<QMimeData> mime(model.tableOf(allRows(model)));
    QVERIFY(mime->text().contains(QStringLiteral("no whole decode step")));
    QVERIFY(mime->text().contains(QStringLiteral("time in window [us]")));
}

void TestTopKernelsModel::manyNamesAreSummedInTheBackground()
{
    TopKernelsModel expected;
    TopKernelsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMostAtOnce({0, 0});
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(9'000'000)}, 1));
    QVERIFY(model.isUpdating());
    model.waitForFinished();
    QCOMPARE(model.shownSnapshot(), std::uint64_t(1));
    // While the next ones run, the last result stays; of many requests the latest is what remains.
    for (std::uint64_t snapshot = 2; snapshot <= 20; ++snapshot)
        model.setAssessment(m_index,
                            assess(*m_index,
                                   {timePointAt(5'000'000),
                                    timePointAt(9'000'000 + 500'000 * static_cast<std::int64_t>(snapshot))},
                                   snapshot));
    QVERIFY(model.isUpdating());
    QCOMPARE(model.shownSnapshot(), std::uint64_t(1));
    QCOMPARE(model.rowCount(), 3);
    QSignalSpy updates(&model, &TopKernelsModel::updated);
    QTRY_VERIFY(!model.isUpdating()); // delivered by the event loop
    QCOMPARE(model.shownSnapshot(), std::uint64_t(20));
    QVERIFY(updates.count() >= 1 && updates.count() <= 2); // one ran, one waited, the rest was dropped
    expected.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(19'000'000)}));
    QVERIFY(*model.summary() == *expected.summary());
}

void TestTopKernelsModel::operationsAreSortedInTheBackgroundOnce()
{
    TopKernelsModel expected;
    TopKernelsModel model;
    model.setMostAtOnce({0, 1'000});
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(9'000'000)}, 1));
    QVERIFY(model.isUpdating());
    model.waitForFinished();
    for (std::uint64_t snapshot = 2; snapshot <= 20; ++snapshot) { // from now on with all other panels
        const TimeRange window{timePointAt(5'000'000),
                               timePointAt(9'000'000 + 500'000 * static_cast<std::int64_t>(snapshot))};
        model.setAssessment(m_index, assess(*m_index, window, snapshot));
        QVERIFY(!model.isUpdating());
        QCOMPARE(model.shownSnapshot(), snapshot);
        expected.setAssessment(m_index, assess(*m_index, window));
        QVERIFY(*model.summary() == *expected.summary());
    }
}

void TestTopKernelsModel::anotherTraceClearsAtOnce()
{
    TopKernelsModel model;
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(9'000'000)}));
    QCOMPARE(model.rowCount(), 3);
    model.setMostAtOnce({0, 0});
    const auto other = testing::smallIndex(1, 30);
    model.setAssessment(other, assess(*other, {timePointAt(5'000'000), timePointAt(9'000'000)}));
    QCOMPARE(model.rowCount(), 0); // never the numbers of the other trace
    model.setAssessment(nullptr, nullptr);
    QVERIFY(!model.isUpdating());
    QTest::qWait(20);
    QCOMPARE(model.rowCount(), 0); // nor a late result after closing
}

void TestTopKernelsModel::typedValuesOnlyMoveTheSnapshot()
{
    TopKernelsModel model;
    const TimeRange window{timePointAt(5'000'000), timePointAt(9'000'000)};
    model.setAssessment(m_index, assess(*m_index, window, 3));
    const KernelSummary* const before = model.summary();
    model.setMostAtOnce({0, 0});
    model.setAssessment(m_index, assess(*m_index, window, 4));
    QVERIFY(!model.isUpdating());
    QCOMPARE(model.shownSnapshot(), std::uint64_t(4));
    QCOMPARE(model.summary(), before);
}

void TestTopKernelsModel::rowsStayWhileTheWindowMoves()
{
    TopKernelsModel model;
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'000'000), timePointAt(9'000'000)}));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const QPersistentModelIndex first(model.index(0, TopKernelsModel::Name));
    const QString name = first.data().toString();
    model.setAssessment(m_index, assess(*m_index, {timePointAt(5'250'000), timePointAt(8'000'000)}));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(first.data().toString(), name);
}

void TestTopKernelsModel::copiesHostileNames()
{
    const auto index = hostileIndex();
    TopKernelsModel model;
    model.setAssessment(index, assess(*index, index->automaticWindow(DeviceId(0))));
    QCOMPARE(model.rowCount(), static_cast<int>(hostileNames().size()));
    const std::unique_ptr<QMimeData> mime(model.tableOf(allRows(model)));
    const QList<QStringList> rows = pasted(mime->text());
    QCOMPARE(rows.size(), 2 + model.rowCount()); // context, header, rows: no name broke a line
    const auto steps = static_cast<double>(model.summary()->steps);
    qlonglong total = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QStringList& cells = rows[2 + row];
        QCOMPARE(cells.size(), rows[1].size()); // nor a cell
        const auto k = static_cast<std::size_t>(row);
        QCOMPARE(cells[0], hostileNames()[k].second);
        QCOMPARE(cells[3].toDouble(), static_cast<double>(k + 1));
        QCOMPARE(cells[6].toDouble(), steps);
        total += cells[7].toLongLong();
        QVERIFY(mime->html().contains(QLatin1String("<td>") + hostileNames()[k].second.toHtmlEscaped() +
                                      QLatin1String("</td>")));
        QCOMPARE(model.index(row, 0).data(TopKernelsModel::WholeNameRole).toString(),
                 QString::fromStdString(hostileNames()[k].first));
        // As a tooltip, a name is text and not markup.
        QVERIFY(!model.index(row, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
    }
    QCOMPARE(total, qlonglong(model.summary()->total.count()));
    QVERIFY(!mime->html().contains(QStringLiteral("<img")));
    QCOMPARE(mime->html().count(QStringLiteral("<tr>")), 1 + model.rowCount());
}

void TestTopKernelsModel::copiesWithContext()
{
    const auto index = hostileIndex();
    QLocale::setDefault(QLocale(QLocale::German)); // numbers that leave the program do not follow it
    TopKernelsModel model;
    model.setAssessment(index, assess(*index, {timePointAt(2'500'000), timePointAt(12'500'000)}));
    const std::unique_ptr<QMimeData> mime(
        model.mimeData({model.index(2, 0), model.index(2, 1), model.index(0, 0)}));
    QLocale::setDefault(QLocale::c());
    const QStringList lines = mime->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4); // two rows, in the order asked for
    for (const char* part : {"<trace>.json", "sha256 0123456789ab", "GPU 0", "window 0.002500 to 0.012500 s",
                             "9 steps from annotations", "DRAFT"})
        QVERIFY2(lines[0].contains(QLatin1String(part)), part);
    QVERIFY(lines[1].contains(QStringLiteral("time per step [us]")));
    QVERIFY(lines[2].contains(QStringLiteral("\t3.000\t")));
    QVERIFY(lines[3].contains(QStringLiteral("\t1.000\t")));
    QVERIFY(mime->html().contains(QStringLiteral("&lt;trace&gt;.json")));
    QVERIFY(mime->html().contains(QStringLiteral("<caption>")));
}

void TestTopKernelsModel::findsTheFirstOperation()
{
    const Trace& trace = m_index->trace();
    const NameId comm = trace.names().find("ncclDevKernel_AllReduce_Sum_f16_RING_LL");
    const TimeRange window{timePointAt(5'250'000), timePointAt(9'000'000)};
    const SpanRef first = firstOperation(*m_index, DeviceId(0), window, comm);
    QCOMPARE(first.kind, SpanRef::Kind::Operation);
    QCOMPARE(trace.device(DeviceId(0)).activities.begin(first.row), timePointAt(6'200'000));
    QVERIFY(firstOperation(*m_index, DeviceId(0), {timePointAt(0), timePointAt(10)}, comm).isNone());
}

void TestTopKernelsModel::shortNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    const auto add = [](const char* name, const char* shown) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(shown);
    };
    add("nvjet_tst_64x8_64x16_4x1_v_bz_TNN", "nvjet_tst_64x8_64x16_4x1_v_bz_TNN");
    add("void at::native::copy_kernel<4, at::X<int> >(int, float*)", "copy_kernel<4, at::X<int> >");
    add("void (anonymous namespace)::f<int>(int)", "f<int>");
    add("std::enable_if<!(false), void>::type internal::gemvx::kernel<int, (int)4>(P<x>)",
        "kernel<int, (int)4>");
    add("void cutlass::device_kernel<X>(X::Params)", "device_kernel<X>");
    add("a->b", "a->b");
    add("(", "(");
    add("", "");
    add("Memcpy DtoH (Device -> Pinned)", "Memcpy DtoH (Device -> Pinned)");
}

void TestTopKernelsModel::shortNames()
{
    QFETCH(QString, name);
    QFETCH(QString, shown);
    QCOMPARE(kerneltext::shortName(name), shown);
}

QTEST_GUILESS_MAIN(TestTopKernelsModel)
#include "tst_topkernelsmodel.moc"
