#pragma once

#include "core/gates/drivernumbers.h"
#include "core/gates/gate.h"
#include "core/gates/sharedecision.h"
#include "core/trace/contextvalues.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// What the user says of a trace: an assessment is a pure function of the trace, the window, and this.
struct AssessmentInput {
    DriverNumbers driver;
    /// Gates that the user overrides, each with a reason that is not empty. It counts while the gate fails.
    std::map<GateId, std::string> overrides = {};
    std::vector<ContextValue> context = {}; ///< fields that were typed, or stand in a context file
    std::optional<ServerCommand> command = std::nullopt; ///< what started the server
    VerdictThresholds thresholds = {};

    friend bool operator==(const AssessmentInput&, const AssessmentInput&) = default;
};

} // namespace stepscope
