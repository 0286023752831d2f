#include "core/import/optionvalue.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace stepscope {

std::optional<std::int64_t> positiveCount(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = fault == std::errc() && end == text.data() + text.size();
    return isWhole && number > 0 ? std::optional(number) : std::nullopt;
}

namespace {

std::optional<double> decimalOf(std::string_view text)
{
    double number = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = fault == std::errc() && end == text.data() + text.size();
    return isWhole && std::isfinite(number) && number > 0.0 ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> sizeOf(std::string_view text)
{
    constexpr std::string_view units = "kmgtKMGT";
    const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text.back());
    if (unit == std::string_view::npos)
        return positiveCount(text);
    text.remove_suffix(1);
    const std::size_t power = unit % 4 + 1;
    const bool isDecimal = unit < 4;
    const std::optional<double> number =
        isDecimal ? decimalOf(text)
                  : std::optional<double>(static_cast<double>(positiveCount(text).value_or(0)));
    const double factor = std::pow(isDecimal ? 1000.0 : 1024.0, static_cast<double>(power));
    constexpr double tooMuch = 1e15;
    if (!number || *number * factor < 1.0 || *number * factor > tooMuch)
        return std::nullopt;
    return static_cast<std::int64_t>(*number * factor);
}

} // namespace

std::optional<std::string> optionValue(OptionKind kind, const std::string& text)
{
    if (kind == OptionKind::Count || kind == OptionKind::Size) {
        const std::optional<std::int64_t> number =
            kind == OptionKind::Count ? positiveCount(text) : sizeOf(text);
        return number ? std::optional(std::to_string(*number)) : std::nullopt;
    }
    if (kind == OptionKind::Share && decimalOf(text).value_or(2.0) > 1.0)
        return std::nullopt;
    const bool isPrintable =
        std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
    return isPrintable && !text.empty() ? std::optional(text) : std::nullopt;
}

} // namespace stepscope
