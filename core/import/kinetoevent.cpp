#include "core/import/kinetoevent.h"

#include "core/base/decimaltime.h"

#include <charconv>

namespace stepscope {

std::optional<std::int64_t> JsonScalar::toInteger() const
{
    if (kind == Kind::Integer)
        return integer;
    if (kind != Kind::Text && kind != Kind::Decimal)
        return std::nullopt;
    const std::size_t lastBlank = kind == Kind::Text ? text.find_last_of(' ') : std::string_view::npos;
    std::string_view digits = lastBlank == std::string_view::npos ? text : text.substr(lastBlank + 1);
    if (kind == Kind::Decimal && digits.ends_with(".0"))
        digits.remove_suffix(2);
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> JsonScalar::toNanoseconds() const
{
    if (kind == Kind::Integer) {
        std::int64_t nanoseconds = 0;
        if (__builtin_mul_overflow(integer, std::int64_t{1000}, &nanoseconds))
            return std::nullopt;
        return nanoseconds;
    }
    if (kind != Kind::Decimal && kind != Kind::Text)
        return std::nullopt;
    return nanosecondsFromMicroseconds(text);
}

void KinetoEvent::clearArguments()
{
    device.reset();
    stream.reset();
    correlation = 0;
    bytes = 0;
    graphId = 0;
    graphNodeId = 0;
    copyKind = {};
    label = {};
}

} // namespace stepscope
