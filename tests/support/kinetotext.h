#pragma once

#include "tests/support/tracerows.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepscope::testsupport {

/// How times stand in a kineto file (formats.md 2.3).
enum class KinetoTime {
    Relative,   ///< microseconds after baseTimeNanoseconds, three decimals; since 2024-04
    Absolute,   ///< microseconds of UTC, three decimals, no base; March and April 2024
    WholeMicros ///< whole microseconds of UTC, no base; before. Exact only for multiples of 1000 ns
};

/// Writes ts and dur from the digits of int64 nanoseconds; no double is involved.
class KinetoClock {
public:
    /// `zero` is what the file clock's 0 becomes, in ns on the scale of the file.
    KinetoClock(KinetoTime form, Nanos zero, bool trimZeros)
        : m_form(form), m_zero(zero), m_trimZeros(trimZeros)
    {}

    void appendTime(std::string& out, Nanos time) const { appendMicros(out, m_zero + time); }
    void appendDuration(std::string& out, Nanos begin, Nanos end) const;
    /// The raw time stamp 0.
    void appendZero(std::string& out) const { appendMicros(out, 0); }

private:
    void appendMicros(std::string& out, Nanos time) const;

    KinetoTime m_form;
    Nanos m_zero;
    bool m_trimZeros;
};

void appendNumber(std::string& out, std::int64_t number);

/// A JSON string with quotes; escapes what JSON wants escaped.
void appendQuoted(std::string& out, std::string_view text);

} // namespace stepscope::testsupport
