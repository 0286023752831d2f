#include "core/import/contextfilereader.h"

#include "core/base/utf8.h"
#include "core/import/wholefile.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

namespace stepscope {

namespace {

using ContextJson = nlohmann::json;

constexpr std::size_t mostContextBytes = 1U << 20;
constexpr std::size_t mostKeyBytes = 64; // of one that a message quotes
constexpr int numberTooLarge = 406;      // nlohmann's id of the error
constexpr std::string_view contextByteOrderMark = "\xef\xbb\xbf";
constexpr const char* thresholdsKey = "thresholds";

Error notAContextFile(std::string what)
{
    return Error{ErrorCode::NotAContextFile, std::move(what)};
}

/// Stops at the first thing that no context file holds, so nothing is ever nested deeper than two levels.
class ContextFileSax : public nlohmann::json_sax<ContextJson> {
public:
    ContextStatement statement;
    std::string fault;

    bool null() override { return takesScalar(); }
    bool boolean(bool value) override { return takeText(value ? "yes" : "no"); }
    bool number_integer(number_integer_t value) override
    {
        return takeNumber(static_cast<double>(value), std::to_string(value));
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        return takeNumber(static_cast<double>(value), std::to_string(value));
    }
    bool number_float(number_float_t value, const string_t& text) override { return takeNumber(value, text); }
    bool string(string_t& value) override { return takeText(std::move(value)); }
    bool binary(binary_t&) override { return fail("it is binary"); } // not in JSON texts

    bool start_object(std::size_t) override
    {
        if (m_level == Level::Outside)
            return enter(Level::Fields);
        if (m_level == Level::Fields && m_key == thresholdsKey)
            return enter(Level::Thresholds);
        return failValue("an object");
    }

    bool end_object() override
    {
        return enter(m_level == Level::Thresholds ? Level::Fields : Level::Outside);
    }

    bool start_array(std::size_t) override
    {
        return m_level == Level::Outside ? fail("it is a list, not one object") : failValue("a list");
    }
    bool end_array() override { return true; }

    bool key(string_t& name) override
    {
        m_key = std::move(name);
        std::set<std::string>& known = m_level == Level::Thresholds ? m_thresholds : m_fields;
        return known.insert(m_key).second || fail("the key " + quotedKey() + " is there twice");
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override
    {
        if (error.id == numberTooLarge)
            return fail("the value of " + quotedKey() + " is no finite number");
        return fail("its JSON is damaged at byte " + std::to_string(position));
    }

private:
    enum class Level { Outside, Fields, Thresholds };

    bool fail(std::string what)
    {
        fault = std::move(what);
        return false;
    }

    bool failValue(const std::string& what)
    {
        return fail(
            "the value of " + quotedKey() + " is " + what +
            (m_level == Level::Thresholds ? ", not a number" : ", not a text, a number, true or false"));
    }

    bool enter(Level level)
    {
        m_level = level;
        return true;
    }

    std::string quotedKey() const
    {
        const std::string_view shown = cutUtf8(m_key, mostKeyBytes);
        return "\"" + std::string(shown) + (shown.size() < m_key.size() ? "…\"" : "\"");
    }

    bool takesScalar() { return m_level != Level::Outside || fail("it is no JSON object"); }

    bool takeText(std::string text)
    {
        if (!takesScalar())
            return false;
        if (m_level == Level::Thresholds)
            return failValue("a text or true or false");
        if (m_key == thresholdsKey)
            return failThresholds();
        if (!text.empty())
            statement.fields.push_back({m_key, std::move(text)});
        return true;
    }

    bool takeNumber(double number, std::string text)
    {
        if (!takesScalar())
            return false;
        if (m_level == Level::Thresholds)
            statement.thresholds.emplace_back(m_key, number);
        else if (m_key == thresholdsKey)
            return failThresholds();
        else
            statement.fields.push_back({m_key, std::move(text)});
        return true;
    }

    bool failThresholds() { return fail("the value of \"thresholds\" is no object"); }

    Level m_level = Level::Outside;
    std::string m_key;
    std::set<std::string> m_fields;
    std::set<std::string> m_thresholds;
};

} // namespace

Result<ContextStatement> parseContextFile(std::string_view text)
{
    if (text.starts_with(contextByteOrderMark))
        text.remove_prefix(contextByteOrderMark.size());
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return notAContextFile("it is empty");
    ContextFileSax sax;
    if (ContextJson::sax_parse(text, &sax))
        return std::move(sax.statement);
    return notAContextFile(std::move(sax.fault));
}

Result<ContextStatement> readContextFile(const std::string& path)
{
    const Result<std::string> text =
        readWholeFile(path, mostContextBytes, notAContextFile("it is larger than 1 MiB"));
    return text ? parseContextFile(*text) : Result<ContextStatement>(text.error());
}

} // namespace stepscope
