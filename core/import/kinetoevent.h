#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <optional>
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

/// The members of one trace event that are used, whatever their order was. The texts are the reader's.
struct KinetoEvent {
    std::string_view phase;
    std::string_view category;
    std::string_view name;
    NameId* nameId = nullptr;                 ///< where the id of `name` is kept, once it has one
    std::optional<std::int64_t> begin;        ///< ns on the file's clock; none when missing or no number
    std::optional<std::int64_t> duration = 0; ///< ns; 0 when missing, none when no number
    std::optional<std::int64_t> pid;
    std::optional<std::int64_t> tid;

    std::optional<std::int64_t> device;
    std::optional<std::int64_t> stream;
    std::int64_t correlation = 0;
    std::int64_t bytes = 0;
    std::int64_t graphId = 0;
    std::int64_t graphNodeId = 0;
    std::string_view copyKind; ///< ROCm: args.kind
    std::string_view label;    ///< args.name of a metadata event

    void clearArguments();
};

} // namespace stepscope
