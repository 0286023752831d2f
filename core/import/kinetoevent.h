#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepscope {

/// A JSON value that is neither object nor array.
struct JsonScalar {
    enum class Kind { Null, Boolean, Integer, Decimal, Text };
    Kind kind = Kind::Null;
    std::int64_t integer = 0; ///< Integer, Boolean
    std::string_view text;    ///< Text; Decimal as it stands in the file

    /// A whole number, also one that is quoted or ends a text ("stream 7").
    std::optional<std::int64_t> toInteger() const;
    /// Microseconds, a number or quoted, as nanoseconds (formats.md §2.3).
    std::optional<std::int64_t> toNanoseconds() const;
};

/// The members of one trace event that are used, whatever their order was.
struct KinetoEvent {
    std::string phase;
    std::string category;
    std::string name;
    std::optional<std::int64_t> begin;    ///< ns on the file's clock; none when missing or no number
    std::optional<std::int64_t> duration; ///< ns; 0 when missing, none when no number
    std::optional<std::int64_t> pid;
    std::optional<std::int64_t> tid;

    std::optional<std::int64_t> device;
    std::optional<std::int64_t> stream;
    std::int64_t correlation = 0;
    std::int64_t bytes = 0;
    std::int64_t graphId = 0;
    std::int64_t graphNodeId = 0;
    std::string copyKind; ///< ROCm: args.kind
    std::string label;    ///< args.name of a metadata event

    /// Forgets everything but keeps the memory.
    void clear();
    void clearArguments();
};

} // namespace stepscope
