#pragma once

#include "core/analysis/traceindex.h"
#include "core/gates/gateinput.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// How the fields of the measurement context belong together (product.md, context fields).
enum class ContextGroup : std::uint8_t {
    Model,
    Parallelism,
    Server,
    Workload,
    Conditions,
    Software,
    Evidence, ///< what a claim about speed rests on
    Driver,   ///< the driver's numbers; not required
    Capture,  ///< the trace's own; not required
};

/// Where a value comes from. Assumed: likely, and not said anywhere; it does not count as filled.
enum class ContextSource : std::uint8_t { Unknown, Trace, Driver, User, Assumed };

struct ContextField {
    const char* key = ""; ///< stable word: "kv_cache_dtype"
    ContextGroup group = ContextGroup::Model;
    bool isRequired = false;
    std::optional<std::string> value; ///< as it stands in files; none when unknown
    ContextSource source = ContextSource::Unknown;

    bool isFilled() const { return source != ContextSource::Unknown && source != ContextSource::Assumed; }
    friend bool operator==(const ContextField&, const ContextField&) = default;
};

/// What a number needs beside it to be compared with another: every field, in order, known or not.
class MeasurementContext {
public:
    /// All fields, unknown.
    MeasurementContext();

    const std::vector<ContextField>& fields() const { return m_fields; }
    friend bool operator==(const MeasurementContext&, const MeasurementContext&) = default;
    /// The field of that key; nullptr when there is none.
    const ContextField* find(std::string_view key) const;
    /// An unknown key or an empty value is ignored: nothing is made up.
    void set(std::string_view key, std::string value, ContextSource source);

    std::size_t requiredCount() const;
    /// Required fields that are not filled.
    std::size_t missingCount() const;
    bool isComplete() const { return missingCount() == 0; }

private:
    std::vector<ContextField> m_fields;
};

/// What the file itself says; what it does not say stays unknown. O(facts + log n): looks at one step of the
/// steady stretch.
MeasurementContext contextFromTrace(const TraceIndex& index);
/// The same with the numbers that the user typed, and what a loaded driver record says.
MeasurementContext contextOf(const TraceIndex& index, const DriverNumbers& driver);

} // namespace stepscope
