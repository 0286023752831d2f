#pragma once

#include "core/analysis/pattern.h"
#include "core/analysis/timeclass.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stepscope {

/// What the name of a CPU event says of idle time that lies in it.
struct HostFrame {
    /// Sampling, Scheduler, Prepare, Draft or Allocate; none where the name says nothing.
    std::optional<TimeClass> owner;
    /// Only drives the step (`execute_model`, `forward`, a busy loop): what lies above it explains nothing.
    bool isDriver = false;
    /// Frames a step and owns nothing (`execute_…`, `step[…]`, `ProfilerStep#n`).
    bool isStepRange = false;
};

/// The rules of definitions.md §3.8, asked once for each name. Not thread-safe.
class HostFrameClassifier {
public:
    HostFrameClassifier();
    HostFrame classify(std::string_view name) const;

private:
    struct Rule {
        TimeClass owner;
        Pattern pattern;
    };
    std::optional<TimeClass> ownerOf(std::string_view text) const;

    std::vector<Rule> m_rules;
    Pattern m_loop;   ///< execute_model and the loops of the engines
    Pattern m_module; ///< forward, __call__
};

} // namespace stepscope
