#include "app/cli/windowargument.h"

#include "app/cli/arguments.h"

#include <array>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

std::optional<TimePoint> parseTime(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, double>, 5> units = {
        {{"ns", 1.0}, {"us", 1e3}, {"µs", 1e3}, {"ms", 1e6}, {"s", 1e9}}};
    double unit = 1e9;
    for (const auto& [suffix, size] : units) {
        if (text.ends_with(suffix)) {
            unit = size;
            text.remove_suffix(suffix.size());
            break;
        }
    }
    const std::optional<double> value = parseNumber(text);
    if (!value || std::abs(*value * unit) > 9e18)
        return std::nullopt;
    return timePointAt(std::llround(*value * unit));
}

} // namespace

std::optional<TimeRange> parseWindow(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::optional<TimePoint> begin = parseTime(text.substr(0, colon));
    const std::optional<TimePoint> end = parseTime(text.substr(colon + 1));
    if (!begin || !end || *end <= *begin)
        return std::nullopt;
    return TimeRange{*begin, *end};
}

} // namespace stepscope
