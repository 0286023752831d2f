#include "core/import/jsonhead.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// The position behind the closing quote of the string that begins at `at`; npos when it is cut.
std::size_t afterString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return std::string_view::npos;
}

} // namespace

bool JsonHead::hasKey(std::string_view key) const
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

JsonHead JsonHead::of(std::string_view text)
{
    JsonHead head;
    if (text.starts_with(utf8ByteOrderMark))
        text.remove_prefix(utf8ByteOrderMark.size());
    std::size_t at = text.find_first_not_of(blanks);
    if (at == std::string_view::npos)
        return head;
    head.root = text[at];
    if (head.root != '{' && head.root != '[')
        return head;
    int depth = 0;
    for (; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            const std::size_t after = afterString(text, at);
            if (after == std::string_view::npos)
                return head;
            const std::size_t next = text.find_first_not_of(blanks, after);
            if (depth == 1 && head.root == '{' && next != std::string_view::npos && text[next] == ':')
                head.keys.emplace_back(text.substr(at + 1, after - at - 2));
            if (depth == 1 && head.firstElement == '\0')
                head.firstElement = c;
            at = after;
            continue;
        }
        if (depth == 1 && head.firstElement == '\0' && blanks.find(c) == std::string_view::npos)
            head.firstElement = c;
        if (c == '{' || c == '[')
            ++depth;
        if ((c == '}' || c == ']') && --depth == 0) {
            head.isClosed = true;
            const std::size_t next = text.find_first_not_of(blanks, at + 1);
            head.anotherFollows = next != std::string_view::npos && (text[next] == '{' || text[next] == '[');
            return head;
        }
        ++at;
    }
    return head;
}

} // namespace stepscope
