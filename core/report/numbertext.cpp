#include "core/report/numbertext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace stepscope {

std::string fixed(double value, int digits)
{
    if (!std::isfinite(value))
        return "n/a";
    std::array<char, 400> buffer{};
    const auto [end, fault] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
    std::string text(buffer.data(), end);
    if (fault != std::errc())
        return "n/a";
    // "-0.00" says nothing that "0.00" does not.
    if (text.size() > 1 && text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos)
        text.erase(0, 1);
    return text;
}

std::string milliseconds(Duration duration, int digits)
{
    return fixed(static_cast<double>(duration.count()) / 1e6, digits);
}

std::string seconds(TimePoint time, int digits)
{
    return fixed(static_cast<double>(nanosecondsOf(time)) / 1e9, digits);
}

std::string percent(double share, int digits)
{
    return fixed(100.0 * share, digits);
}

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ' ');
    return digits;
}

std::string shortDuration(Duration duration)
{
    const auto ns = static_cast<double>(duration.count());
    const double size = std::abs(ns);
    if (size < 1e3)
        return std::to_string(duration.count()) + " ns";
    const auto scaled = [size, ns](double unit) {
        const double value = size / unit;
        return fixed(ns / unit, value < 10.0 ? 2 : value < 100.0 ? 1 : 0);
    };
    if (size < 999.5e3)
        return scaled(1e3) + " µs";
    if (size < 999.5e6)
        return scaled(1e6) + " ms";
    return scaled(1e9) + " s";
}

std::string shortBytes(std::uint64_t bytes)
{
    constexpr double mega = 1e6;
    const double megabytes = static_cast<double>(bytes) / mega;
    if (megabytes < 999.5)
        return fixed(std::max(megabytes, 1.0), 0) + " MB";
    const double gigabytes = megabytes / 1000.0;
    return fixed(gigabytes, gigabytes < 9.95 ? 1 : 0) + " GB";
}

} // namespace stepscope
