#include "core/import/serveroptions.h"

#include "core/import/optionvalue.h"
#include "core/import/serverfacts.h"
#include "core/import/serveroptiontable.h"
#include "core/import/writtenoption.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace stepscope {

namespace {

using OptionJson = nlohmann::json;

constexpr std::ptrdiff_t mostBrackets = 256; // in the JSON of an option, which nests three levels

std::optional<std::string> memberValue(OptionKind kind, const OptionJson& value)
{
    if (kind == OptionKind::Text)
        return value.is_string() ? optionValue(kind, value.get<std::string>()) : std::nullopt;
    return value.is_number_integer() ? optionValue(kind, value.dump()) : std::nullopt;
}

OptionJson objectOf(const std::string& text)
{
    const auto brackets =
        std::count_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '['; });
    return brackets > mostBrackets ? OptionJson() : OptionJson::parse(text, nullptr, false);
}

/// "0.11.0" of vllm/vllm-openai:v0.11.0; other images count their own versions.
std::string engineVersionOf(std::string_view image)
{
    image = image.substr(0, image.find('@'));
    const std::size_t slash = image.find_last_of('/');
    const std::string_view name = slash == std::string_view::npos ? image : image.substr(slash + 1);
    const std::size_t colon = name.find(":v");
    if (colon == std::string_view::npos)
        return {};
    const std::string_view repository = name.substr(0, colon);
    if (!repository.starts_with("vllm-openai") && repository != "sglang")
        return {};
    const std::string_view tag = name.substr(colon + 2);
    const std::string_view version = tag.substr(0, tag.find_first_of("-+_"));
    const bool isVersion = !version.empty() && std::isdigit(static_cast<unsigned char>(version[0])) != 0 &&
                           version.find('.') != std::string_view::npos;
    return isVersion ? std::string(version) : std::string();
}

class ServerOptionReader {
public:
    explicit ServerOptionReader(const ServerLaunch& launch) : m_launch(launch), m_facts(launch.engine)
    {
        if (launch.isOpen)
            m_facts.expectMore();
    }

    ServerCommand read()
    {
        const std::span<const ShellWord> words = m_launch.arguments;
        for (std::size_t at = 0; at < words.size();) {
            if (isWrittenOption(words[at].text))
                at = takeOption(words, at);
            else
                takeBareWord(words[at++]);
        }
        takeEnvironment();
        takeImage();
        return m_facts.finish();
    }

private:
    void ignore(const WrittenOption& option) { m_facts.ignore(plainOptionName(option.shown)); }

    void takeBareWord(const ShellWord& word)
    {
        const bool isModel = m_launch.namesModelFirst && !m_facts.knows("hf_path");
        if (word.hasVariable) {
            m_facts.ignore(variableName(word.text));
            if (!isModel || mayHoldOptions(word.text))
                m_facts.expectMore();
            if (isModel)
                m_facts.state("hf_path", std::nullopt);
        } else if (isModel) {
            m_facts.state("hf_path", optionValue(OptionKind::Text, word.text));
        }
    }

    std::size_t takeOption(std::span<const ShellWord> words, std::size_t at)
    {
        WrittenOption option = splitWrittenOption(words[at].text);
        bool hasVariable = words[at].hasVariable;
        const bool isNegated = option.name.starts_with("no-");
        const ServerOption* row = findServerOption(option.name, m_launch.engine);
        if (isNegated)
            row = findServerOption(std::string_view(option.name).substr(3), m_launch.engine);
        if (row && (row->kind == OptionKind::On || row->kind == OptionKind::Off)) {
            takeSwitch(*row, option, isNegated, hasVariable);
            return at + 1;
        }
        const std::size_t next = at + 1;
        const bool hasNext = next < words.size() && !isWrittenOption(words[next].text);
        std::size_t end = next;
        if (!option.value && hasNext && (row || !isServerFlag(option.name))) {
            option.value = words[next].text;
            hasVariable = hasVariable || words[next].hasVariable;
            ++end;
        }
        while (takesSeveralWords(option.name) && end < words.size() && !isWrittenOption(words[end].text))
            ++end;
        if (row && !isNegated)
            takeValue(*row, option, hasVariable);
        else
            takeUnknown(option, words[at].hasVariable);
        return end;
    }

    void takeUnknown(const WrittenOption& option, bool hasVariable)
    {
        const bool isVariable = hasVariable && option.shown.find_first_of("$`") != std::string::npos;
        if (isVariable || option.name == "config") // a file of options
            m_facts.expectMore();
        if (isVariable)
            m_facts.ignore(variableName(option.shown));
        else if (!option.name.empty())
            ignore(option);
        if (option.name.starts_with("prefill-context-parallel") || option.name == "pcp")
            m_facts.state("more_expert_ranks", "yes");
    }

    void takeSwitch(const ServerOption& row, const WrittenOption& option, bool isNegated, bool hasVariable)
    {
        const bool isOn = (row.kind == OptionKind::On) != isNegated;
        if (hasVariable || option.value)
            takeFault(row, option);
        else
            m_facts.state(row.slot, isOn ? "yes" : "no");
    }

    void takeFault(const ServerOption& row, const WrittenOption& option)
    {
        m_facts.state(row.slot, std::nullopt);
        ignore(option);
    }

    void takeValue(const ServerOption& row, const WrittenOption& option, bool hasVariable)
    {
        if (row.kind == OptionKind::Object)
            return option.member.empty() ? takeObject(row, option, hasVariable)
                                         : takeMember(row, option, hasVariable);
        const bool isUsable = option.value && !hasVariable && option.member.empty();
        const std::optional<std::string> value =
            isUsable ? optionValue(row.kind, *option.value) : std::nullopt;
        if (value)
            m_facts.state(row.slot, value);
        else
            takeFault(row, option);
    }

    // The engine makes one object of all members with dots, which then replaces one given as a whole.
    void takeMember(const ServerOption& row, const WrittenOption& option, bool hasVariable)
    {
        const ServerOption& member = serverOptionMember(row.slot);
        m_dottedObjects.insert(row.slot);
        if (m_wholeObjects.erase(row.slot) > 0)
            m_facts.forget(member.slot);
        if (option.member != member.name)
            return ignore(option);
        const bool isUsable = option.value && !hasVariable;
        const std::optional<std::string> value =
            isUsable ? optionValue(member.kind, *option.value) : std::nullopt;
        value ? m_facts.state(member.slot, value) : takeFault(member, option);
    }

    void takeObject(const ServerOption& row, const WrittenOption& option, bool hasVariable)
    {
        const ServerOption& member = serverOptionMember(row.slot);
        if (m_dottedObjects.contains(row.slot))
            return ignore(option);
        if (!m_wholeObjects.insert(row.slot).second)
            m_facts.forget(member.slot);
        const OptionJson object = hasVariable || !option.value ? OptionJson() : objectOf(*option.value);
        if (!object.is_object())
            return ignore(option);
        for (const auto& [key, value] : object.items()) {
            const std::optional<std::string> stated =
                key == member.name ? memberValue(member.kind, value) : std::nullopt;
            if (stated)
                m_facts.state(member.slot, stated);
            else
                m_facts.ignore(plainOptionName(option.shown + "." + key));
        }
    }

    void takeEnvironment()
    {
        for (const ShellWord& word : m_launch.environment) {
            const std::size_t sign = word.text.find('=');
            const std::string name = word.text.substr(0, sign);
            const std::string value = word.text.substr(sign + 1);
            if (name != "VLLM_ATTENTION_BACKEND" || word.hasVariable || value.empty())
                m_facts.ignore(name);
            else
                m_facts.state("environment_backend", value);
        }
    }

    void takeImage()
    {
        if (!m_launch.image)
            return;
        if (m_launch.image->hasVariable)
            return m_facts.ignore(variableName(m_launch.image->text));
        m_facts.state("image", optionValue(OptionKind::Text, m_launch.image->text));
        if (std::string version = engineVersionOf(m_launch.image->text); !version.empty())
            m_facts.state("engine_version", std::move(version));
    }

    const ServerLaunch& m_launch;
    ServerFacts m_facts;
    std::set<std::string_view> m_wholeObjects; // slots
    std::set<std::string_view> m_dottedObjects;
};

} // namespace

ServerCommand readServerOptions(const ServerLaunch& launch)
{
    return ServerOptionReader(launch).read();
}

} // namespace stepscope
