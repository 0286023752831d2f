#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

/// A field of the measurement context as it was stated somewhere. What it may be is known to core/gates.
struct ContextValue {
    std::string key;
    std::string value;

    friend bool operator==(const ContextValue&, const ContextValue&) = default;
};

/// What the command that starts a server says about the measurement (domain.md §8).
struct ServerCommand {
    std::string text;                 ///< as pasted, trimmed; "…" stands for each secret in it
    std::vector<ContextValue> values; ///< each key once, in the order of the context's fields
    std::optional<std::int64_t> speculativeTokens = std::nullopt; ///< K: drafts a step
    /// Options and variables that no field holds, and those whose value is not known before the shell has
    /// expanded it. Names without values, sorted, each once.
    std::vector<std::string> ignored;

    friend bool operator==(const ServerCommand&, const ServerCommand&) = default;
};

/// A context file: fields, and thresholds of gates by their name. In the order of the file.
struct ContextStatement {
    std::vector<ContextValue> fields;
    std::vector<std::pair<std::string, double>> thresholds;

    friend bool operator==(const ContextStatement&, const ContextStatement&) = default;
};

} // namespace stepscope
