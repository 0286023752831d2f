#include "widgets/viewmodel/importlogmodel.h"

#include "tests/gui/timeline/damagedtrace.h"
#include "tests/gui/timeline/smalltrace.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace stepscope;

namespace {

/// 3 rows that are odd in three ways, on a trace of 10 ms.
std::shared_ptr<const Trace> oddTrace()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const DeviceId device = builder.device(process, 4);
    const auto add = [&](const char* name, std::int64_t begin, std::int64_t end) {
        Activity activity;
        activity.name = builder.intern(name);
        activity.process = process;
        activity.begin = timePointAt(begin);
        activity.end = timePointAt(end);
        builder.addActivity(device, activity);
    };
    add("first", 0, 1'000);
    add("empty", 2'000'000, 2'000'000);
    add("<b>back\twards</b>", 5'000'000, 4'000'000);
    add("late", 50'000'000, 40'000'000); // beyond what the trace shows
    add("last", 9'000'000, 10'000'000);
    builder.log().add(ImportCode::TruncatedJson, "byte 17 of the text");
    return std::make_shared<const Trace>(builder.build());
}

QString cell(const ImportLogModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestImportLogModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void isEmptyForAWholeFile();
    void worstComesFirst();
    void examplesLeadToTheirPlace();
    void copiesAsText();
    void listsDamagedPlaces();
    void countsWhatIsTooMuch();
};

void TestImportLogModel::isEmptyForAWholeFile()
{
    ImportLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setTrace(testing::smallIndex(1, 10)->sharedTrace());
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.entryCount(), std::size_t{0});
    QCOMPARE(model.textOf({}), QString());
}

void TestImportLogModel::worstComesFirst()
{
    ImportLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTrace(oddTrace());
    QStringList words;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (!model.index(row, 0).data(ImportLogModel::IsExampleRole).toBool())
            words += cell(model, row, ImportLogModel::Severity);
    }
    QCOMPARE(words,
             (QStringList{QStringLiteral("error"), QStringLiteral("data loss"), QStringLiteral("info")}));
    QCOMPARE(model.entryCount(), std::size_t{3});
    // A single example without a place is part of the sentence.
    QVERIFY(cell(model, 0, ImportLogModel::What).contains(QStringLiteral("byte 17 of the text")));
    QCOMPARE(cell(model, 1, ImportLogModel::Count), QStringLiteral("2"));
    // The count stands in its own column alone.
    QCOMPARE(cell(model, 1, ImportLogModel::What),
             QStringLiteral("Rows that end before they begin, left out"));
}

void TestImportLogModel::examplesLeadToTheirPlace()
{
    ImportLogModel model;
    model.setTrace(oddTrace());
    QVERIFY(!model.placeAt(0) && !model.placeAt(1));
    QVERIFY((model.placeAt(2) == ImportPlace{timePointAt(5'000'000), DeviceId(0)}));
    QVERIFY(model.index(2, 0).data(ImportLogModel::IsLinkRole).toBool());
    QCOMPARE(cell(model, 2, ImportLogModel::Place), QStringLiteral("at 0.0050 s, GPU 4"));
    QVERIFY2(cell(model, 2, ImportLogModel::What).startsWith(QStringLiteral("<b>back\\x09wards</b> at ")),
             qPrintable(cell(model, 2, ImportLogModel::What)));
    QVERIFY2(!model.index(2, ImportLogModel::What)
                  .data(Qt::ToolTipRole)
                  .toString()
                  .contains(QStringLiteral("<b>")),
             "a tooltip takes names for HTML");
    QVERIFY2(!model.placeAt(3), "a time that the trace does not show is a place");
    QCOMPARE(cell(model, 3, ImportLogModel::Place), QString());
    QVERIFY((model.placeAt(5) == ImportPlace{timePointAt(2'000'000), DeviceId(0)}));
    QVERIFY(!model.placeAt(-1) && !model.placeAt(model.rowCount()));
}

void TestImportLogModel::copiesAsText()
{
    ImportLogModel model;
    model.setTrace(oddTrace());
    const QStringList lines = model.textOf({}).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), model.rowCount());
    QVERIFY(lines.first().startsWith(QStringLiteral("error\t1\t")));
    QVERIFY(lines.at(2).startsWith(QStringLiteral("data loss\t\t<b>back\\x09wards</b>")));
    QVERIFY(lines.at(2).endsWith(QStringLiteral("GPU 4")));
    QCOMPARE(model.textOf({0, 2}), lines.at(0) + QLatin1Char('\n') + lines.at(2));
}

void TestImportLogModel::listsDamagedPlaces()
{
    DamagedPlace inside;
    inside.offset = 100;
    inside.lostBytes = 12'345;
    ImportLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTrace(testing::damagedIndex({30}, {inside, testing::cutText()})->sharedTrace());
    QCOMPARE(model.entryCount(), std::size_t{3});
    QVERIFY(!model.isDamageAt(0) && model.isDamageAt(1) && model.isDamageAt(2));
    QVERIFY(cell(model, 1, ImportLogModel::What).contains(QStringLiteral("12 345")));
    QVERIFY(cell(model, 2, ImportLogModel::What).contains(QStringLiteral("1 234 567")));
    QVERIFY(model.index(2, 0).data(ImportLogModel::IsLinkRole).toBool());
}

void TestImportLogModel::countsWhatIsTooMuch()
{
    ImportLogModel model;
    model.setTrace(testing::damagedIndex({30}, std::vector<DamagedPlace>(ImportLogModel::mostPlaces + 7))
                       ->sharedTrace());
    QCOMPARE(model.rowCount(), static_cast<int>(ImportLogModel::mostPlaces) + 1);
    QCOMPARE(cell(model, model.rowCount() - 1, ImportLogModel::Count), QStringLiteral("7"));
}

QTEST_GUILESS_MAIN(TestImportLogModel)

#include "tst_importlogmodel.moc"
