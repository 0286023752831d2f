#include "app/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stepscope {

Arguments::Arguments(const std::vector<std::string>& words, const std::vector<std::string_view>& valued,
                     const std::vector<std::string_view>& switches)
{
    const auto knows = [](const std::vector<std::string_view>& options, std::string_view name) {
        return std::find(options.begin(), options.end(), name) != options.end();
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.size() < 2 || word[0] != '-' || word[1] != '-') {
            m_positional.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (knows(switches, name) && equals == std::string::npos) {
            m_options.push_back({name, {}});
        } else if (!knows(valued, name)) {
            m_fault = "unknown option " + name;
        } else if (equals != std::string::npos) {
            m_options.push_back({name, word.substr(equals + 1)});
        } else if (i + 1 < words.size()) {
            m_options.push_back({name, words[++i]});
        } else {
            m_fault = name + " needs a value";
        }
    }
}

std::optional<std::string> Arguments::value(std::string_view option) const
{
    const auto found = std::find_if(m_options.rbegin(), m_options.rend(),
                                    [option](const Option& o) { return o.name == option; });
    return found == m_options.rend() ? std::nullopt : std::optional(found->value);
}

std::vector<std::string> Arguments::values(std::string_view option) const
{
    std::vector<std::string> all;
    for (const Option& each : m_options) {
        if (each.name == option)
            all.push_back(each.value);
    }
    return all;
}

bool Arguments::has(std::string_view option) const
{
    return value(option).has_value();
}

std::optional<double> parseNumber(std::string_view text)
{
    double value = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace stepscope
