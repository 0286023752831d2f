#include "core/base/decimaltime.h"

#include <charconv>
#include <string>

namespace stepscope {

namespace {

constexpr int nanosecondDigits = 3;     // a microsecond has three decimal places of nanoseconds
constexpr std::size_t longestText = 64; // no clock needs more digits; guards against 1e999999999

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The digits of the number with the position of its decimal point.
struct Decimal {
    bool negative = false;
    std::string digits;
    int pointAt = 0; // digits before the point; may lie outside the digits
};

std::optional<Decimal> parseDecimal(std::string_view text)
{
    if (text.empty() || text.size() > longestText)
        return std::nullopt;
    Decimal number;
    std::size_t at = 0;
    if (text[at] == '-' || text[at] == '+')
        number.negative = text[at++] == '-';
    while (at < text.size() && isDigit(text[at]))
        number.digits += text[at++];
    number.pointAt = static_cast<int>(number.digits.size());
    if (at < text.size() && text[at] == '.') {
        ++at;
        while (at < text.size() && isDigit(text[at]))
            number.digits += text[at++];
    }
    if (number.digits.empty())
        return std::nullopt;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && text[at] == '+')
            ++at;
        int exponent = 0;
        const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (fault != std::errc() || exponent > 40 || exponent < -80)
            return std::nullopt;
        number.pointAt += exponent;
        at = static_cast<std::size_t>(end - text.data());
    }
    if (at != text.size())
        return std::nullopt;
    return number;
}

/// Whether the digits from `at` on round the number before them up, ties to even.
bool roundsUp(std::string_view digits, std::size_t at, bool lastKeptIsOdd)
{
    if (at >= digits.size() || digits[at] < '5')
        return false;
    if (digits[at] > '5' || digits.find_first_not_of('0', at + 1) != std::string_view::npos)
        return true;
    return lastKeptIsOdd;
}

} // namespace

std::optional<std::int64_t> nanosecondsFromMicroseconds(std::string_view text)
{
    const std::optional<Decimal> number = parseDecimal(text);
    if (!number)
        return std::nullopt;
    const int kept = number->pointAt + nanosecondDigits; // digits that make whole nanoseconds
    std::int64_t magnitude = 0;
    for (int i = 0; i < kept; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const int digit = index < number->digits.size() ? number->digits[index] - '0' : 0;
        if (__builtin_mul_overflow(magnitude, std::int64_t{10}, &magnitude) ||
            __builtin_add_overflow(magnitude, std::int64_t{digit}, &magnitude))
            return std::nullopt;
    }
    if (kept >= 0 && roundsUp(number->digits, static_cast<std::size_t>(kept), magnitude % 2 != 0) &&
        __builtin_add_overflow(magnitude, std::int64_t{1}, &magnitude))
        return std::nullopt;
    return number->negative ? -magnitude : magnitude;
}

} // namespace stepscope
