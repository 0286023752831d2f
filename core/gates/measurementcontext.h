#pragma once

#include "core/analysis/traceindex.h"
#include "core/gates/assessmentinput.h"

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

/// Where a value comes from, from the weakest to the strongest: what is typed goes before what the trace
/// says, and that before the server's command and the driver's record. A hint is likely, and not said
/// anywhere; it does not count as filled until the user confirms it.
enum class ContextSource : std::uint8_t { Unknown, Hint, Driver, Server, Trace, User };

/// What another source says of a field.
struct ContextClaim {
    std::string value;
    ContextSource source = ContextSource::Unknown;

    friend bool operator==(const ContextClaim&, const ContextClaim&) = default;
};

struct ContextField {
    const char* key = ""; ///< stable word: "kv_cache_dtype"
    ContextGroup group = ContextGroup::Model;
    bool isRequired = false;
    std::optional<std::string> value; ///< as it stands in files; none when unknown
    ContextSource source = ContextSource::Unknown;
    std::vector<ContextClaim> others; ///< what weaker sources say otherwise

    bool isFilled() const { return source != ContextSource::Unknown && source != ContextSource::Hint; }
    /// The strongest source that contradicts the value, where both are said and nobody has decided: the
    /// trace may be of another configuration. Null: none.
    const ContextClaim* contradiction() const;
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
    /// The strongest source holds the field, the last one of equals; what a weaker one says otherwise stays
    /// beside it. An unknown key or an empty value is ignored: nothing is made up.
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
/// The same with what the user typed, the server's command and the driver's record say.
MeasurementContext contextOf(const TraceIndex& index, const AssessmentInput& input);

/// Whether a user can state a field of that key: all but what the trace or the driver measured.
bool isStatable(std::string_view key);
/// The threshold of that name ("host", "host_strong"); null for a name that none has.
double* thresholdOf(VerdictThresholds& thresholds, std::string_view name);
/// The names, in order, with their values.
std::vector<std::pair<const char*, double>> thresholdValues(const VerdictThresholds& thresholds);

} // namespace stepscope
