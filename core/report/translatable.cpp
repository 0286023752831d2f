#include "core/report/translatable.h"

namespace stepscope {

std::string fillIn(std::string_view text, const std::vector<std::string>& arguments)
{
    std::string filled;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isPlace =
            text[at] == '%' && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
        const auto index = isPlace ? static_cast<std::size_t>(text[at + 1] - '1') : 0;
        if (isPlace && index < arguments.size()) {
            filled += arguments[index];
            ++at;
        } else {
            filled += text[at];
        }
    }
    return filled;
}

std::string Sentence::english() const
{
    return fillIn(text, arguments);
}

} // namespace stepscope
