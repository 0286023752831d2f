#include "core/import/writtenoption.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace stepscope {

namespace {

constexpr std::size_t longestName = 64;

} // namespace

std::string variableName(std::string_view word)
{
    const std::size_t begin = word.find('$');
    if (begin == std::string_view::npos)
        return "`…`";
    std::string name = "$";
    for (char c : word.substr(begin + (word.substr(begin).starts_with("${") ? 2 : 1))) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_')
            break;
        name += c;
    }
    return name.size() > 1 ? name : "$(…)";
}

std::string plainOptionName(std::string_view text)
{
    const auto end = std::find_if(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) == 0 &&
               std::string_view("-_.+").find(static_cast<char>(c)) == std::string_view::npos;
    });
    return std::string(text.substr(0, std::min(static_cast<std::size_t>(end - text.begin()), longestName)));
}

bool mayHoldOptions(std::string_view word)
{
    constexpr std::array<std::string_view, 8> marks = {"ARG",   "OPT", "FLAG", "PARAM",
                                                       "EXTRA", "[@]", "$@",   "$*"};
    std::string upper(word);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return upper.find(mark) != std::string::npos; });
}

bool isWrittenOption(std::string_view word)
{
    if (word.starts_with("–") || word.starts_with("—")) // a text processor's idea of --
        return true;
    return word.size() > 1 && word[0] == '-' && std::isdigit(static_cast<unsigned char>(word[1])) == 0 &&
           word[1] != '.';
}

WrittenOption splitWrittenOption(std::string_view word)
{
    constexpr std::size_t longDash = std::string_view("—").size();
    WrittenOption option;
    std::size_t dashes = word.find_first_not_of('-');
    std::string prefix(word.substr(0, dashes));
    if (prefix.empty()) {
        dashes = longDash;
        prefix = "--";
    }
    std::string_view rest = dashes < word.size() ? word.substr(dashes) : std::string_view();
    std::size_t end = rest.find('=');
    if (prefix == "-" && rest.starts_with('O') && rest.size() > 1 && rest[1] != '.' && rest[1] != '=') {
        option.value = rest.substr(1); // -O3
        end = 1;
    } else if (end != std::string_view::npos) {
        option.value = rest.substr(end + 1);
    }
    rest = rest.substr(0, end);
    option.shown = prefix + std::string(rest);
    const std::size_t dot = rest.find('.');
    option.name = rest.substr(0, dot);
    std::replace(option.name.begin(), option.name.end(), '_', '-');
    if (dot != std::string_view::npos)
        option.member = rest.substr(dot + 1);
    return option;
}

} // namespace stepscope
