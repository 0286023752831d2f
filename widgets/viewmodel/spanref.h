#pragma once

#include "core/base/ids.h"

#include <cstdint>

namespace stepscope {

/// One thing of the trace that the timeline draws as a span and that can be selected. A value: valid for the
/// trace it was made from.
struct SpanRef {
    enum class Kind : std::uint8_t {
        None,
        Operation, ///< row of the device's ActivityTable
        Replay,    ///< index into the device's DeviceOccupancy::replays()
        Call,      ///< row of the ApiCallTable
        Range,     ///< row of the RangeTable
        Step,      ///< index into the device's StepIndex::steps; drawn as a band over all lanes
    };

    Kind kind = Kind::None;
    DeviceId device; ///< of Operation, Replay and Step, else invalid
    std::uint32_t row = 0;

    bool isNone() const { return kind == Kind::None; }
    friend bool operator==(const SpanRef&, const SpanRef&) = default;
};

} // namespace stepscope
