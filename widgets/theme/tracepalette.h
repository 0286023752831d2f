#pragma once

#include <QByteArray>
#include <QColor>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

class QPalette;

namespace stepscope {

/// What a colour means. The values stand in resources/palette.json under the same names in lowerCamel.
enum class Colour : std::uint8_t {
    // Marks: at least 3:1 on LaneGround.
    Compute,
    Attention,
    Comm,
    Copies,
    Graph,      ///< outline of a graph replay; also time inside one whose kernels were not recorded
    HostIdle,   ///< idle that the host owns; the only mark that is red
    DeviceIdle, ///< idle that the device or the profiler made
    OtherIdle,  ///< idle nobody explains
    // Owners of host idle; each has a pattern too, see ownerlook.h.
    OwnerSynchronize,
    OwnerLaunch,
    OwnerGraphLaunch,
    OwnerSampling,
    OwnerScheduler,
    OwnerPrepare,
    OwnerDraft,
    OwnerAllocate,
    OwnerOther,
    GapCount,  ///< number of gaps, beside the red share of time
    ChosenGap, ///< gaps of the chosen lengths, in the histogram and on the lane
    // Grounds.
    GraphFill,
    LaneGround, ///< idle
    Canvas,     ///< behind lanes and plots
    Panel,
    Raised, ///< ruler, table headers, pressed buttons
    Separator,
    Grid,
    // Text: at least 4.5:1 on Canvas, Panel and Raised.
    Text,
    DimText,
    FaintText,
    Link,
    // Window and view.
    Window,      ///< edge and label of the steady window
    WindowFill,  ///< translucent
    WindowShade, ///< translucent; laid over what is outside the window
    ViewThumb,
    Cadence,
    CadenceBand, ///< translucent
    Boundary,    ///< dotted step boundaries
    Cursor,
    Selection, ///< translucent rubber band
    Area,      ///< outline of a selected area
    AreaFill,  ///< translucent
    Focus,
    // States. OnVerdict is readable on the four verdict grounds.
    HostBound,
    CommBound,
    KernelBound,
    NeutralVerdict,
    OnVerdict,
    Pass,
    Warn,
    Fail,
};

inline constexpr std::size_t colourCount = static_cast<std::size_t>(Colour::Fail) + 1;

/// The colours of one scheme. A value; immutable.
class TracePalette {
public:
    enum class Scheme : std::uint8_t { Light, Dark };

    /// Nothing when the text is no JSON or a colour is missing or unreadable.
    static std::optional<TracePalette> fromJson(const QByteArray& json, Scheme scheme);
    /// The table compiled in from resources/palette.json. Parsed once; GUI thread.
    static const TracePalette& of(Scheme scheme);
    /// The scheme that goes with a widget palette: dark where its window is.
    static const TracePalette& matching(const QPalette& palette);
    static Scheme schemeOf(const QPalette& palette);

    Scheme scheme() const { return m_scheme; }
    bool isDark() const { return m_scheme == Scheme::Dark; }
    const QColor& operator[](Colour colour) const { return m_colours[static_cast<std::size_t>(colour)]; }

private:
    explicit TracePalette(Scheme scheme) : m_scheme(scheme) {}

    Scheme m_scheme;
    std::array<QColor, colourCount> m_colours;
};

} // namespace stepscope
