#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/errorscale.h"
#include "widgets/panels/gaterow.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/intervalbar.h"
#include "widgets/panels/reconcilepanel.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/viewmodel/budgetmodel.h"
#include "widgets/viewmodel/topkernelsmodel.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace stepscope;

/// Gates, reconcile panel and banner as a user meets them.
class TestGatePanels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        m_index = testing::smallIndex(1, 40);
        QVERIFY(m_index);
    }

    /// Every gate and every column says what it means.
    void everythingExplainsItself()
    {
        TraceDocument document;
        document.setIndex(m_index);
        GatesPanel panel;
        panel.setAssessment(document.assessment());
        const auto rows = panel.findChildren<GateRow*>();
        QCOMPARE(rows.size(), 9);
        QSet<QString> meanings;
        for (const GateRow* const row : rows) {
            QVERIFY(row->toolTip().size() > 80 && row->whatsThis() == row->toolTip());
            meanings.insert(row->whatsThis());
        }
        QCOMPARE(meanings.size(), 9);
        BudgetModel budget;
        TopKernelsModel kernels;
        for (const QAbstractItemModel* const model :
             {static_cast<QAbstractItemModel*>(&budget), static_cast<QAbstractItemModel*>(&kernels)}) {
            for (int column = 0; column < model->columnCount(); ++column) {
                QVERIFY(!model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
                QVERIFY(!model->headerData(column, Qt::Horizontal, Qt::WhatsThisRole).toString().isEmpty());
            }
        }
    }

    /// A reason is typed, the verdict goes on, the gate stays failed, and it can be taken back.
    void aFailureIsOverriddenWithAReason()
    {
        TraceDocument document;
        document.setIndex(m_index);
        document.setWindow({timePointAt(5'000'000), timePointAt(8'000'000)}); // three steps: gate 4 fails
        GatesPanel panel;
        connect(&panel, &GatesPanel::overrideEntered, &document, &TraceDocument::overrideGate);
        connect(&document, &TraceDocument::assessmentChanged, &panel, &GatesPanel::setAssessment);
        panel.setAssessment(document.assessment());
        panel.resize(400, 900);
        panel.show();
        GateRow* const row = panel.findChildren<GateRow*>()[4];
        QVERIFY(row->gate().state == GateState::Fail);
        QVERIFY(row->findChild<QLineEdit*>() == nullptr || !row->findChild<QLineEdit*>()->isVisible());
        row->setOpened(true);
        auto* const field = row->findChild<QLineEdit*>();
        auto* const button = row->findChild<QPushButton*>();
        QVERIFY(field && field->isVisible() && button && !button->isEnabled());
        QTest::keyClicks(field, QStringLiteral("   "));
        QVERIFY(!button->isEnabled()); // blanks are no reason
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(document.input().overrides.empty());
        field->clear();
        QTest::keyClicks(field, QStringLiteral("three steps will do"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(document.input().overrides.at(GateId::CaptureQuality), std::string("three steps will do"));
        QVERIFY(document.assessment()->referenceVerdict().verdict == VerdictClass::HostBound);
        QVERIFY(row->gate().state == GateState::Fail && row->gate().isOverridden());
        row->setOpened(false);
        QVERIFY(button->isVisible()); // what is overridden shows always
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(document.input().overrides.empty());
        QVERIFY(document.assessment()->referenceVerdict().verdict == VerdictClass::Withheld);
    }

    /// While the window is dragged the class waits until it is five points past its line.
    void theBannerDoesNotFlickerUnderTheMouse()
    {
        const Assessment first = assess({});
        VerdictBanner banner;
        const double share = first.referenceVerdict().shares.host;
        banner.setAssessment(m_index, shared(first));
        QCOMPARE(banner.shownContent().badge, QStringLiteral("HOST-BOUND"));
        AssessmentInput input;
        input.thresholds.host = share + 0.045; // as if the share had fallen by as much
        input.thresholds.leaning = 0.0;
        const Assessment other = assess(input);
        QVERIFY(other.referenceVerdict().verdict != VerdictClass::HostBound);
        banner.setAssessment(m_index, shared(other), true);
        QCOMPARE(banner.shownContent().badge, QStringLiteral("HOST-BOUND"));
        banner.setAssessment(m_index, shared(other), false); // the mouse is released
        QVERIFY(banner.shownContent().badge != QStringLiteral("HOST-BOUND"));
        banner.setAssessment(m_index, shared(first));
        input.thresholds.host = share + 0.055;
        banner.setAssessment(m_index, shared(assess(input)), true);
        QVERIFY(banner.shownContent().badge != QStringLiteral("HOST-BOUND"));
    }

    void theReconcilePanelShowsErrorAndInterval()
    {
        TraceDocument document;
        document.setIndex(m_index);
        ReconcilePanel panel;
        connect(&document, &TraceDocument::assessmentChanged, &panel, &ReconcilePanel::setAssessment);
        panel.resize(1000, 260);
        panel.show();
        const double cadence = document.assessment()->referenceReconciliation().cadence;
        DriverNumbers driver;
        driver.clean.tokensPerStep = 1.0;
        driver.clean.tpotMilliseconds = cadence / 1.2;
        driver.profiled.tpotMilliseconds = cadence / 1.03;
        document.setDriver(driver);
        QCOMPARE(panel.shownSnapshot(), document.assessment()->snapshot);
        const std::optional<double> error = panel.findChild<ErrorScale*>()->error();
        QVERIFY(error && std::abs(*error - 0.03) < 1e-9);
        const IntervalBar::Content& bar = panel.findChild<IntervalBar*>()->content();
        const Verdict& verdict = document.assessment()->referenceVerdict();
        QVERIFY(bar.low && *bar.low == verdict.robust->shareLow && *bar.high == verdict.robust->shareHigh);
        QVERIFY(*bar.low < bar.measured && bar.measured < *bar.high);
        panel.hide(); // out of sight it rests
        document.setDriver({});
        QVERIFY(panel.shownContent().error);
        panel.show();
        QVERIFY(!panel.shownContent().error);
    }

private:
    Assessment assess(const AssessmentInput& input) const
    {
        return assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), input);
    }
    static std::shared_ptr<const Assessment> shared(const Assessment& assessment)
    {
        return std::make_shared<const Assessment>(assessment);
    }

    std::shared_ptr<const TraceIndex> m_index;
};

QTEST_MAIN(TestGatePanels)
#include "tst_gatepanels.moc"
