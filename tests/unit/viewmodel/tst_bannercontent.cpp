#include "widgets/viewmodel/bannercontent.h"

#include "tests/gui/timeline/smalltrace.h"

#include <QTest>

using namespace stepscope;

class TestBannerContent : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void saysTheClassAndHowFarToTrustIt();
    void saysWhichGateWithholds();
    void saysWhichDeviceDiffers();

private:
    std::shared_ptr<const TraceIndex> m_index;
};

void TestBannerContent::initTestCase()
{
    m_index = testing::smallIndex(2, 40);
    QVERIFY(m_index);
}

void TestBannerContent::saysTheClassAndHowFarToTrustIt()
{
    const Assessment assessment =
        assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), {});
    QVERIFY(assessment.referenceVerdict().verdict == VerdictClass::HostBound);
    const BannerContent content = bannerContent(*m_index, assessment);
    QCOMPARE(content.badge, QStringLiteral("HOST-BOUND"));
    QVERIFY(content.tone == VerdictTone::Host);
    QVERIFY(content.headline.startsWith(QStringLiteral("GPU 0")));
    QCOMPARE(content.details.size(), 2); // the margin and the robust interval; no device differs
    QVERIFY(content.details.last().startsWith(QStringLiteral("if the profiler makes the server up to 1.3")));
    QCOMPARE(content.trust, QStringLiteral("shape only"));
    QVERIFY(!content.isTrusted);
    QVERIFY(content.tool.contains(QStringLiteral("no graph replays")));
}

void TestBannerContent::saysWhichGateWithholds()
{
    // Three steps are too few for gate 4.
    const Assessment assessment =
        assessWindow(*m_index, {timePointAt(5'000'000), timePointAt(8'000'000)}, DeviceId(0), {});
    QVERIFY(assessment.referenceVerdict().verdict == VerdictClass::Withheld);
    const BannerContent content = bannerContent(*m_index, assessment);
    QCOMPARE(content.badge, QStringLiteral("WITHHELD"));
    QVERIFY(content.headline.contains(QStringLiteral("gate 4")));
    QVERIFY(content.details.contains(QStringLiteral("without that it would read host-bound")));
}

void TestBannerContent::saysWhichDeviceDiffers()
{
    Assessment assessment = assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), {});
    assessment.verdicts[1].verdict = VerdictClass::CommBound;
    const BannerContent content = bannerContent(*m_index, assessment);
    QCOMPARE(content.details.last(), QStringLiteral("GPU 1 differs: comm-bound"));
}

QTEST_GUILESS_MAIN(TestBannerContent)
#include "tst_bannercontent.moc"
