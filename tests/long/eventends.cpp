#include "tests/long/eventends.h"

namespace stepscope::test {

std::vector<std::size_t> eventEnds(std::string_view text)
{
    std::vector<std::size_t> ends;
    std::string_view lastString;
    int depth = 0;
    int listDepth = 0; // inside the event list; 0 elsewhere
    bool isEmpty = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c == '{' || c == '[') {
            ++depth;
            if (c == '[' && (depth == 1 || (depth == 2 && lastString == "traceEvents")))
                listDepth = depth;
            isEmpty = true;
            continue;
        }
        if (c == '}' && listDepth > 0 && depth == listDepth + 1 && !isEmpty)
            ends.push_back(at + 1);
        isEmpty = false;
        if (c == '}' || c == ']') {
            if (--depth < listDepth)
                listDepth = 0;
            if (depth == 0)
                break;
        } else if (c == '"') {
            const std::size_t first = at + 1;
            for (++at; at < text.size() && text[at] != '"'; ++at)
                at += text[at] == '\\' ? 1 : 0;
            if (depth == 1)
                lastString = text.substr(first, at - first);
        }
    }
    return ends;
}

} // namespace stepscope::test
