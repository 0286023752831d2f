#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// Exit codes of every verb.
inline constexpr int exitDone = 0;
inline constexpr int exitUsageOrUnreadable = 1;
inline constexpr int exitWithheld = 2; ///< a gate failed
inline constexpr int exitWarned = 3;   ///< a gate warned, under --strict

/// The words after a verb: options with a value (`--window X`, `--window=X`), switches, and the rest.
class Arguments {
public:
    /// `valued` and `switches` are the options the verb knows, with their dashes.
    Arguments(const std::vector<std::string>& words, const std::vector<std::string_view>& valued,
              const std::vector<std::string_view>& switches);

    /// What is wrong with the words, empty when nothing is.
    const std::string& fault() const { return m_fault; }
    const std::vector<std::string>& positional() const { return m_positional; }
    std::optional<std::string> value(std::string_view option) const;
    /// Every value of an option that may come several times, in order.
    std::vector<std::string> values(std::string_view option) const;
    bool has(std::string_view option) const;

private:
    struct Option {
        std::string name;
        std::string value;
    };
    std::vector<Option> m_options;
    std::vector<std::string> m_positional;
    std::string m_fault;
};

/// A whole decimal number; nullopt for anything else.
std::optional<double> parseNumber(std::string_view text);

} // namespace stepscope
