#include "widgets/theme/apptheme.h"
#include "widgets/theme/tracepalette.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace stepscope;

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Contrast of two opaque colours as WCAG 2 defines it: 1 … 21.
double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& colour) {
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const double bright = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (bright + 0.05) / (dark + 0.05);
}

QColor over(const QColor& ground, const QColor& layer)
{
    const auto mix = [&](float below, float above) { return below + (above - below) * layer.alphaF(); };
    return QColor::fromRgbF(mix(ground.redF(), layer.redF()), mix(ground.greenF(), layer.greenF()),
                            mix(ground.blueF(), layer.blueF()));
}

} // namespace

class TestTracePalette : public QObject {
    Q_OBJECT

private slots:
    void marksStandOutOnLanes_data() { schemes(); }
    void marksStandOutOnLanes();
    void textIsReadable_data() { schemes(); }
    void textIsReadable();
    void widgetPaletteIsReadable_data() { schemes(); }
    void widgetPaletteIsReadable();
    void refusesIncompleteTables();
    void followsTheWidgetPalette();

private:
    void schemes();
};

void TestTracePalette::schemes()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(TracePalette::Scheme::Light);
    QTest::newRow("dark") << int(TracePalette::Scheme::Dark);
}

void TestTracePalette::marksStandOutOnLanes()
{
    QFETCH(int, scheme);
    const TracePalette& colours = TracePalette::of(static_cast<TracePalette::Scheme>(scheme));
    for (const Colour mark : {Colour::Compute,
                              Colour::Attention,
                              Colour::Comm,
                              Colour::Copies,
                              Colour::Graph,
                              Colour::HostIdle,
                              Colour::DeviceIdle,
                              Colour::OtherIdle,
                              Colour::OwnerSynchronize,
                              Colour::OwnerLaunch,
                              Colour::OwnerGraphLaunch,
                              Colour::OwnerSampling,
                              Colour::OwnerScheduler,
                              Colour::OwnerPrepare,
                              Colour::OwnerDraft,
                              Colour::OwnerAllocate,
                              Colour::OwnerOther,
                              Colour::GapCount,
                              Colour::ChosenGap,
                              Colour::Window,
                              Colour::Cadence,
                              Colour::ViewThumb,
                              Colour::Cursor,
                              Colour::Focus}) {
        for (const Colour ground : {Colour::LaneGround, Colour::Canvas}) {
            const double value = contrast(colours[mark], colours[ground]);
            QVERIFY2(
                value >= 3.0,
                qPrintable(
                    QStringLiteral("mark %1 on ground %2: %3").arg(int(mark)).arg(int(ground)).arg(value)));
        }
    }
}

void TestTracePalette::textIsReadable()
{
    QFETCH(int, scheme);
    const TracePalette& colours = TracePalette::of(static_cast<TracePalette::Scheme>(scheme));
    const auto check = [&](Colour text, const QColor& ground) {
        const double value = contrast(colours[text], ground);
        QVERIFY2(
            value >= 4.5,
            qPrintable(QStringLiteral("text %1 on %2: %3").arg(int(text)).arg(ground.name()).arg(value)));
    };
    for (const Colour ground : {Colour::Canvas, Colour::Panel, Colour::Raised}) {
        for (const Colour text : {Colour::Text, Colour::DimText, Colour::FaintText, Colour::Link,
                                  Colour::Pass, Colour::Warn, Colour::Fail})
            check(text, colours[ground]);
    }
    check(Colour::Window, over(colours[Colour::Panel], colours[Colour::WindowFill]));
    for (const Colour ground :
         {Colour::HostBound, Colour::CommBound, Colour::KernelBound, Colour::NeutralVerdict})
        check(Colour::OnVerdict, colours[ground]);
}

void TestTracePalette::widgetPaletteIsReadable()
{
    QFETCH(int, scheme);
    const QPalette palette = widgetPalette(static_cast<TracePalette::Scheme>(scheme));
    QCOMPARE(int(TracePalette::schemeOf(palette)), scheme);
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base},
        {QPalette::PlaceholderText, QPalette::Base}};
    for (const auto& [text, ground] : pairs)
        QVERIFY2(contrast(palette.color(text), palette.color(ground)) >= 4.5,
                 qPrintable(QString::number(int(text))));
}

void TestTracePalette::refusesIncompleteTables()
{
    QVERIFY(!TracePalette::fromJson("", TracePalette::Scheme::Dark));
    QVERIFY(!TracePalette::fromJson("{\"dark\": {\"compute\": \"#123456\"}}", TracePalette::Scheme::Dark));
    QFile file(QStringLiteral(STEPSCOPE_SOURCE_DIR "/resources/palette.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray json = file.readAll();
    QVERIFY(TracePalette::fromJson(json, TracePalette::Scheme::Light).has_value());
    json.replace("\"comm\"", "\"com\"");
    QVERIFY(!TracePalette::fromJson(json, TracePalette::Scheme::Light).has_value());
}

void TestTracePalette::followsTheWidgetPalette()
{
    QVERIFY(TracePalette::matching(QPalette(QColor(40, 40, 40))).isDark());
    QVERIFY(!TracePalette::matching(QPalette(QColor(239, 239, 239))).isDark());
}

QTEST_MAIN(TestTracePalette)
#include "tst_tracepalette.moc"
