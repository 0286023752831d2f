#pragma once

#include <cstdint>
#include <string_view>

namespace stepscope {

/// What a trace event is read as (formats.md §2.2).
enum class EventCategory : std::uint8_t {
    Ignored,
    Kernel,
    Memcpy,
    Memset,
    Call,
    Annotation,
    Operator,
    PythonFunction,
    Overhead,
    Recording,
    Names,
    Mark,
};

EventCategory eventCategory(std::string_view phase, std::string_view category);

} // namespace stepscope
