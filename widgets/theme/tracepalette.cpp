#include "widgets/theme/tracepalette.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>

namespace stepscope {

namespace {

struct ColourName {
    Colour colour;
    QLatin1String name;
};

constexpr std::array<ColourName, colourCount> colourNames = {{
    {Colour::Compute, QLatin1String("compute")},
    {Colour::Attention, QLatin1String("attention")},
    {Colour::Comm, QLatin1String("comm")},
    {Colour::Copies, QLatin1String("copies")},
    {Colour::Graph, QLatin1String("graph")},
    {Colour::HostIdle, QLatin1String("hostIdle")},
    {Colour::DeviceIdle, QLatin1String("deviceIdle")},
    {Colour::OtherIdle, QLatin1String("otherIdle")},
    {Colour::OwnerSynchronize, QLatin1String("ownerSynchronize")},
    {Colour::OwnerLaunch, QLatin1String("ownerLaunch")},
    {Colour::OwnerGraphLaunch, QLatin1String("ownerGraphLaunch")},
    {Colour::OwnerSampling, QLatin1String("ownerSampling")},
    {Colour::OwnerScheduler, QLatin1String("ownerScheduler")},
    {Colour::OwnerPrepare, QLatin1String("ownerPrepare")},
    {Colour::OwnerDraft, QLatin1String("ownerDraft")},
    {Colour::OwnerAllocate, QLatin1String("ownerAllocate")},
    {Colour::OwnerOther, QLatin1String("ownerOther")},
    {Colour::GapCount, QLatin1String("gapCount")},
    {Colour::ChosenGap, QLatin1String("chosenGap")},
    {Colour::GraphFill, QLatin1String("graphFill")},
    {Colour::LaneGround, QLatin1String("laneGround")},
    {Colour::Canvas, QLatin1String("canvas")},
    {Colour::Panel, QLatin1String("panel")},
    {Colour::Raised, QLatin1String("raised")},
    {Colour::Separator, QLatin1String("separator")},
    {Colour::Grid, QLatin1String("grid")},
    {Colour::Text, QLatin1String("text")},
    {Colour::DimText, QLatin1String("dimText")},
    {Colour::FaintText, QLatin1String("faintText")},
    {Colour::Link, QLatin1String("link")},
    {Colour::Window, QLatin1String("window")},
    {Colour::WindowFill, QLatin1String("windowFill")},
    {Colour::WindowShade, QLatin1String("windowShade")},
    {Colour::ViewThumb, QLatin1String("viewThumb")},
    {Colour::Cadence, QLatin1String("cadence")},
    {Colour::CadenceBand, QLatin1String("cadenceBand")},
    {Colour::Boundary, QLatin1String("boundary")},
    {Colour::Cursor, QLatin1String("cursor")},
    {Colour::Selection, QLatin1String("selection")},
    {Colour::Area, QLatin1String("area")},
    {Colour::AreaFill, QLatin1String("areaFill")},
    {Colour::Focus, QLatin1String("focus")},
    {Colour::HostBound, QLatin1String("hostBound")},
    {Colour::CommBound, QLatin1String("commBound")},
    {Colour::KernelBound, QLatin1String("kernelBound")},
    {Colour::NeutralVerdict, QLatin1String("neutralVerdict")},
    {Colour::OnVerdict, QLatin1String("onVerdict")},
    {Colour::Pass, QLatin1String("pass")},
    {Colour::Warn, QLatin1String("warn")},
    {Colour::Fail, QLatin1String("fail")},
}};

TracePalette builtIn(TracePalette::Scheme scheme)
{
    QFile file(QStringLiteral(":/theme/palette.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    std::optional<TracePalette> palette;
    if (opened)
        palette = TracePalette::fromJson(file.readAll(), scheme);
    Q_ASSERT_X(palette, "TracePalette", "the compiled-in palette.json is incomplete");
    return *palette;
}

} // namespace

std::optional<TracePalette> TracePalette::fromJson(const QByteArray& json, Scheme scheme)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    const QJsonObject table = all.value(QLatin1String(scheme == Scheme::Dark ? "dark" : "light")).toObject();
    TracePalette palette(scheme);
    for (const ColourName& entry : colourNames) {
        const QColor colour(table.value(entry.name).toString());
        if (!colour.isValid())
            return std::nullopt;
        palette.m_colours[static_cast<std::size_t>(entry.colour)] = colour;
    }
    return palette;
}

const TracePalette& TracePalette::of(Scheme scheme)
{
    static const TracePalette light = builtIn(Scheme::Light);
    static const TracePalette dark = builtIn(Scheme::Dark);
    return scheme == Scheme::Dark ? dark : light;
}

TracePalette::Scheme TracePalette::schemeOf(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

const TracePalette& TracePalette::matching(const QPalette& palette)
{
    return of(schemeOf(palette));
}

} // namespace stepscope
