#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/detailvalue.h"
#include "widgets/panels/nameview.h"
#include "widgets/panels/topkernelspanel.h"
#include "widgets/panels/topkernelstable.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/topkernelsmodel.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

Q_DECLARE_METATYPE(stepscope::SpanRef)
Q_DECLARE_METATYPE(stepscope::NameId)

/// Top kernels and the selected span, driven by keys and clicks.
class TestKernelPanels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void detailsFollowTheSelection();
    void detailLinksLeadOn();
    void anotherTraceEmptiesTheDetails();
    void longNamesKeepTheLayout();
    void kernelsCopyInTheOrderShown();
    void kernelsAreActivatedByKey();

private:
    static SpanRef kernel(std::uint32_t row) { return {SpanRef::Kind::Operation, DeviceId(0), row}; }

    std::shared_ptr<const TraceIndex> m_index;
};

void TestKernelPanels::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    qRegisterMetaType<SpanRef>("stepscope::SpanRef");
    qRegisterMetaType<NameId>("stepscope::NameId");
    m_index = testing::smallIndex(1, 40);
    QVERIFY(m_index);
}

void TestKernelPanels::detailsFollowTheSelection()
{
    TraceDocument document;
    SpanSelection selection(document);
    document.setIndex(m_index);
    DetailPanel panel(selection);
    panel.setIndex(m_index);
    panel.resize(800, 200);
    panel.show();
    QVERIFY(panel.details().name.isEmpty());
    selection.select(kernel(3));
    QCOMPARE(panel.details().name, QStringLiteral("gemm_kernel"));
    QCOMPARE(panel.findChild<NameView*>()->toPlainText(), QStringLiteral("gemm_kernel"));
    QPushButton* copy = nullptr;
    for (QPushButton* const button : panel.findChildren<QPushButton*>())
        copy = button->text() == QStringLiteral("Copy name") ? button : copy;
    QVERIFY(copy && copy->isVisible());
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gemm_kernel"));
    selection.clear();
    QVERIFY(panel.details().name.isEmpty());
    QVERIFY(!copy->isVisible());
}

void TestKernelPanels::detailLinksLeadOn()
{
    TraceDocument document;
    SpanSelection selection(document);
    document.setIndex(m_index);
    DetailPanel panel(selection);
    panel.setIndex(m_index);
    panel.resize(800, 200);
    panel.show();
    // As the window does: what is asked for becomes the selection, while the link is still being clicked.
    connect(&panel, &DetailPanel::showRequested, &selection, &SpanSelection::select);
    QSignalSpy requests(&panel, &DetailPanel::showRequested);
    const auto follow = [&panel] {
        for (DetailValue* const value : panel.findChildren<DetailValue*>()) {
            if (value->isVisible() && !value->link().isNone()) {
                QTest::keyClick(value, Qt::Key_Return);
                return true;
            }
        }
        return false;
    };
    selection.select(kernel(3));
    QVERIFY(follow());
    QCOMPARE(selection.current().kind, SpanRef::Kind::Call);
    QCOMPARE(panel.details().kind, QStringLiteral("API call"));
    QVERIFY(follow());
    QCOMPARE(selection.current(), kernel(3)); // and back
    QCOMPARE(requests.count(), 2);
}

void TestKernelPanels::anotherTraceEmptiesTheDetails()
{
    TraceDocument document;
    SpanSelection selection(document);
    document.setIndex(m_index);
    DetailPanel panel(selection);
    panel.setIndex(m_index);
    selection.select(kernel(100));
    QVERIFY(!panel.details().name.isEmpty());
    panel.setIndex(testing::smallIndex(1, 5)); // has no row 100
    QVERIFY(panel.details().name.isEmpty());
    panel.setIndex(nullptr);
    QVERIFY(panel.details().name.isEmpty());
}

void TestKernelPanels::longNamesKeepTheLayout()
{
    NameView view;
    view.resize(500, 100);
    view.setName(QStringLiteral("gemm"));
    view.show();
    const int oneLine = view.height();
    view.setName(QStringLiteral("void f<") + QString(2000, QLatin1Char('T')) + QStringLiteral(">()"));
    QVERIFY(view.height() > oneLine);
    QVERIFY(view.height() <= NameView::mostLines * oneLine + 2);
    QVERIFY(view.minimumSizeHint().width() <= 500);
}

void TestKernelPanels::kernelsCopyInTheOrderShown()
{
    TraceDocument document;
    document.setIndex(m_index);
    TopKernelsPanel panel;
    panel.resize(390, 400);
    panel.setAssessment(document.index(), document.assessment());
    panel.show();
    QCOMPARE(panel.shownSnapshot(), document.assessment()->snapshot);
    panel.table().setFocus();
    panel.table().clearSelection();
    panel.table().sortByColumn(TopKernelsModel::TimePerStep, Qt::AscendingOrder);
    QTest::keyClick(&panel.table(), Qt::Key_C, Qt::ControlModifier);
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    QVERIFY(mime->hasHtml());
    QStringList lines = mime->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 5); // nothing is selected: all
    QVERIFY(lines[2].startsWith(QStringLiteral("memcpy DtoH\t")));
    QVERIFY(lines[4].startsWith(QStringLiteral("gemm_kernel\t")));
    panel.table().selectRow(2);
    QTest::keyClick(&panel.table(), Qt::Key_C, Qt::ControlModifier);
    lines = QGuiApplication::clipboard()->mimeData()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[2].startsWith(QStringLiteral("gemm_kernel\t")));
    // No number and no header is cut at this width.
    const QAbstractItemModel& shown = *panel.table().model();
    for (int column = TopKernelsModel::Class; column < shown.columnCount(); ++column) {
        if (panel.table().isColumnHidden(column))
            continue;
        QVERIFY(panel.table().columnWidth(column) >
                panel.fontMetrics().horizontalAdvance(shown.headerData(column, Qt::Horizontal).toString()));
    }
}

void TestKernelPanels::kernelsAreActivatedByKey()
{
    TraceDocument document;
    document.setIndex(m_index);
    TopKernelsPanel panel;
    panel.resize(390, 400);
    panel.setAssessment(document.index(), document.assessment());
    panel.show();
    QSignalSpy activations(&panel, &TopKernelsPanel::kernelActivated);
    panel.table().sortByColumn(TopKernelsModel::Name, Qt::DescendingOrder);
    panel.table().setCurrentIndex(panel.table().model()->index(0, 0));
    QTest::keyClick(&panel.table(), Qt::Key_Return);
    QCOMPARE(activations.count(), 1);
    const auto name = activations.front().front().value<NameId>();
    QVERIFY(m_index->trace().name(name) == "ncclDevKernel_AllReduce_Sum_f16_RING_LL");
    panel.setAssessment(nullptr, nullptr);
    QVERIFY(!panel.table().isVisible());
}

QTEST_MAIN(TestKernelPanels)
#include "tst_kernelpanels.moc"
