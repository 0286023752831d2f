#include "widgets/viewmodel/budgetmodel.h"

#include "tests/gui/timeline/smalltrace.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

class TestBudgetModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void isAValidModel();
    void showsTheBudgetToTheNanosecond();
    void partsSumToTheirSum();
    void showsNoTokensAsADash();
    void dividesByTokens();
    void showsDashesWithoutSteps();
    void saysWhichSnapshot();

private:
    std::shared_ptr<const Assessment> assess(TimeRange window, const DriverNumbers& driver = {}) const;
    static int rowOf(const BudgetModel& model, const QString& name);

    std::shared_ptr<const TraceIndex> m_index;
};

void TestBudgetModel::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    m_index = testing::smallIndex(1, 40);
    QVERIFY(m_index);
}

std::shared_ptr<const Assessment> TestBudgetModel::assess(TimeRange window, const DriverNumbers& driver) const
{
    auto assessment = std::make_shared<Assessment>(assessWindow(*m_index, window, DeviceId(0), {driver}));
    assessment->snapshot = 17;
    return assessment;
}

int TestBudgetModel::rowOf(const BudgetModel& model, const QString& name)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, BudgetModel::Name).data().toString() == name)
            return row;
    }
    return -1;
}

void TestBudgetModel::isAValidModel()
{
    BudgetModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setAssessment(m_index, assess(m_index->automaticWindow(DeviceId(0))));
    QVERIFY(model.rowCount() > 0);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setAssessment(m_index, assess({timePointAt(2'000'000), timePointAt(22'000'000)}));
    QCOMPARE(resets.count(), 0); // the same rows: the view keeps its place
    QCOMPARE(changes.count(), 1);
    model.setAssessment(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.count(), 1);
}

void TestBudgetModel::showsTheBudgetToTheNanosecond()
{
    // Steps of 1 ms: 200 µs compute, 80 µs communication, 20 µs copy, 700 µs idle.
    BudgetModel model;
    const auto assessment = assess({timePointAt(5'000'000), timePointAt(25'000'000)});
    model.setAssessment(m_index, assessment);
    QCOMPARE(assessment->referenceWindow().budget.steps, std::size_t(20));
    const auto check = [&](const char* name, double nanoseconds, const char* text, const char* share) {
        const int row = rowOf(model, QString::fromUtf8(name));
        QVERIFY2(row >= 0, name);
        QCOMPARE(model.index(row, BudgetModel::PerStep).data(BudgetModel::RawValueRole).toDouble(),
                 nanoseconds);
        QCOMPARE(model.index(row, BudgetModel::PerStep).data().toString(), QString::fromUtf8(text));
        QCOMPARE(model.index(row, BudgetModel::Share).data().toString(), QString::fromUtf8(share));
    };
    check("GPU busy", 300'000.0, "0.300", "30.0");
    check("compute", 200'000.0, "0.200", "20.0");
    check("exposed comm", 80'000.0, "0.080", "8.0");
    check("copies", 20'000.0, "0.020", "2.0");
    check("Host idle", 700'000.0, "0.700", "70.0");
    check("Step cadence (mean)", 1'000'000.0, "1.000", "100");
}

void TestBudgetModel::partsSumToTheirSum()
{
    BudgetModel model;
    model.setAssessment(m_index, assess({timePointAt(3'300'000), timePointAt(31'700'000)}));
    qlonglong sums[3] = {0, 0, 0}; // parts, sums above them, cadence
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, BudgetModel::Name);
        const bool isPart = index.data(BudgetModel::LevelRole).toInt() == 1;
        const bool isCadence = index.data(BudgetModel::MarkRole).toInt() == BudgetModel::CadenceRow;
        sums[isPart ? 0 : isCadence ? 2 : 1] += index.data(BudgetModel::TotalRole).toLongLong();
    }
    QVERIFY(sums[0] > 0);
    QCOMPARE(sums[0], sums[1]);
    QCOMPARE(sums[1], sums[2]);
}

void TestBudgetModel::showsNoTokensAsADash()
{
    BudgetModel model;
    model.setAssessment(m_index, assess({timePointAt(5'000'000), timePointAt(25'000'000)}));
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, BudgetModel::PerToken);
        QCOMPARE(index.data().toString(), QStringLiteral("—"));
        QVERIFY(!index.data(BudgetModel::RawValueRole).isValid());
        QCOMPARE(index.data(Qt::ToolTipRole).toString(),
                 QStringLiteral("<qt>enter TPOT and tokens per step</qt>"));
    }
}

void TestBudgetModel::dividesByTokens()
{
    BudgetModel model;
    DriverNumbers driver;
    driver.clean.tokensPerStep = 2.0;
    model.setAssessment(m_index, assess({timePointAt(5'000'000), timePointAt(25'000'000)}, driver));
    const int row = rowOf(model, QStringLiteral("Step cadence (mean)"));
    QCOMPARE(model.index(row, BudgetModel::PerToken).data().toString(), QStringLiteral("0.500"));
}

void TestBudgetModel::showsDashesWithoutSteps()
{
    BudgetModel model;
    model.setAssessment(m_index, assess({timePointAt(5'100'000), timePointAt(5'200'000)}));
    QVERIFY(model.rowCount() > 0);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = BudgetModel::PerStep; column < model.columnCount(); ++column)
            QCOMPARE(model.index(row, column).data().toString(), QStringLiteral("—"));
    }
}

void TestBudgetModel::saysWhichSnapshot()
{
    BudgetModel model;
    QCOMPARE(model.shownSnapshot(), std::uint64_t(0));
    model.setAssessment(m_index, assess({timePointAt(5'000'000), timePointAt(25'000'000)}));
    QCOMPARE(model.shownSnapshot(), std::uint64_t(17));
}

QTEST_GUILESS_MAIN(TestBudgetModel)
#include "tst_budgetmodel.moc"
