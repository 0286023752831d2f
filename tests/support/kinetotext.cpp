#include "tests/support/kinetotext.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace stepscope::testsupport {

namespace {

// Of times before zero as well: -1 ns is microsecond -1, 999 ns into it.
Nanos floorMicros(Nanos time)
{
    return time / 1000 - (time % 1000 < 0 ? 1 : 0);
}

} // namespace

void appendNumber(std::string& out, std::int64_t number)
{
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(letter));
            out += escaped.data();
        } else {
            out += letter;
        }
    }
    out += '"';
}

void KinetoClock::appendDuration(std::string& out, Nanos begin, Nanos end) const
{
    if (m_form == KinetoTime::WholeMicros)
        appendNumber(out, floorMicros(m_zero + end) - floorMicros(m_zero + begin));
    else
        appendMicros(out, end - begin);
}

void KinetoClock::appendMicros(std::string& out, Nanos time) const
{
    if (m_form == KinetoTime::WholeMicros) {
        appendNumber(out, floorMicros(time));
        return;
    }
    const Nanos size = time < 0 ? -time : time;
    if (time < 0)
        out += '-';
    appendNumber(out, size / 1000);
    out += '.';
    const auto rest = static_cast<int>(size % 1000);
    out += static_cast<char>('0' + rest / 100);
    out += static_cast<char>('0' + rest / 10 % 10);
    out += static_cast<char>('0' + rest % 10);
    if (!m_trimZeros)
        return;
    while (out.ends_with('0') && !out.ends_with(".0"))
        out.pop_back();
}

} // namespace stepscope::testsupport
