#pragma once

#include "core/base/time.h"
#include "core/gates/assessmentinput.h"
#include "widgets/viewmodel/markerlist.h"

#include <QFlags>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace stepscope {

/// What the user did to one trace, and wants to find again. What is absent was never changed, and stands at
/// its default. A value.
struct TraceState {
    enum Field : std::uint16_t {
        Window = 1,
        View = 2,
        Tpot = 4,
        TokensPerStep = 8,
        ExpandedGroups = 16,
        Reference = 32,
        DrawnSteps = 64,
        Input = 128,
        Markers = 256,
    };
    Q_DECLARE_FLAGS(Fields, Field)
    static constexpr int everyField = 2 * Markers - 1;

    std::optional<TimeRange> window; ///< absent: the automatic one
    std::optional<TimeRange> view;
    std::optional<double> tpotMilliseconds;
    std::optional<double> tokensPerStep;
    /// What else the user said: driver records, the captured round, overridden gates, context, thresholds.
    /// The two numbers above are not in it.
    std::optional<AssessmentInput> input;
    std::optional<QStringList> expandedGroups;
    std::optional<std::uint32_t> reference; ///< DeviceId
    /// Step boundaries that the user drew, by DeviceId; absent: as they are found.
    std::optional<std::map<std::uint32_t, std::vector<TimePoint>>> drawnSteps;
    std::optional<std::vector<Marker>> markers;

    friend bool operator==(const TraceState&, const TraceState&) = default;

    /// Takes `fields` from `other`, absent ones too.
    void take(Fields fields, const TraceState& other);
    /// In which fields the two differ.
    Fields differing(const TraceState& other) const;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(TraceState::Fields)

} // namespace stepscope
