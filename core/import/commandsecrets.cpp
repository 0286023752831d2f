#include "core/import/commandsecrets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

namespace stepscope {

namespace {

constexpr std::string_view secretMark = "…";
constexpr std::size_t shortestToken = 16; // behind its prefix

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// HF_TOKEN, --api-key, ssl-keyfile-password; not --max-num-batched-tokens or --tokenizer.
bool namesSecret(std::string_view name)
{
    constexpr std::array<std::string_view, 9> words = {
        "key", "apikey", "token", "secret", "password", "passwd", "credentials", "bearer", "basic"};
    const std::size_t dash = name.find_last_of("-_");
    std::string last(dash == std::string_view::npos ? name : name.substr(dash + 1));
    std::transform(last.begin(), last.end(), last.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(words.begin(), words.end(), last) != words.end();
}

bool beginsAsToken(std::string_view word)
{
    constexpr std::array<std::string_view, 7> prefixes = {"hf_",  "sk-",         "nvapi-", "ghp_",
                                                          "gho_", "github_pat_", "AKIA"};
    return std::any_of(prefixes.begin(), prefixes.end(), [word](std::string_view prefix) {
        return word.starts_with(prefix) && word.size() >= prefix.size() + shortestToken;
    });
}

class SecretEraser {
public:
    explicit SecretEraser(std::string_view text) : m_text(text) {}

    std::string erase()
    {
        while (m_at < m_text.size()) {
            if (isWordCharacter(m_text[m_at]))
                takeWord();
            else if (m_text.substr(m_at).starts_with("://"))
                takeAddress();
            else
                m_result += m_text[m_at++];
        }
        return std::move(m_result);
    }

private:
    char at(std::size_t position) const { return position < m_text.size() ? m_text[position] : '\0'; }

    void keepTo(std::size_t position)
    {
        position = std::min(position, m_text.size());
        m_result += m_text.substr(m_at, position - m_at);
        m_at = position;
    }

    void takeWord()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && isWordCharacter(m_text[end]))
            ++end;
        const std::string_view word = m_text.substr(m_at, end - m_at);
        if (beginsAsToken(word)) {
            m_result += secretMark;
            m_at = end;
            return;
        }
        keepTo(end);
        if (!namesSecret(word))
            return;
        const std::size_t value = beginOfValue(end, word);
        if (value == std::string_view::npos)
            return;
        keepTo(value);
        takeValue();
        while (isApiKey(word) && takesAnother()) { // the option takes several
            keepTo(skipBlanks(m_at));
            takeValue();
        }
    }

    static bool isApiKey(std::string_view name) { return name == "--api-key" || name == "--api_key"; }

    /// Behind "=", ":" and, where the name is an option or a header's "Bearer", behind blanks.
    std::size_t beginOfValue(std::size_t end, std::string_view name) const
    {
        std::size_t next = end;
        if (at(next) == '\\')
            ++next;
        if (at(next) == '"' || at(next) == '\'') // of a JSON member's name
            ++next;
        next = skipBlanks(next);
        if (at(next) == '=' || at(next) == ':') {
            const std::size_t value = skipBlanks(next + 1);
            const bool isAddress = m_text.substr(next).starts_with("://");
            return isAddress || value >= m_text.size() ? std::string_view::npos : value;
        }
        const bool takesBlank = name.starts_with('-') || name == "Bearer" || name == "Basic";
        const std::size_t value = skipBlanks(end);
        const bool hasValue = takesBlank && value > end && value < m_text.size() && !isEnd(m_text[value]);
        return hasValue && m_text[value] != '-' ? value : std::string_view::npos;
    }

    bool takesAnother() const
    {
        const std::size_t next = skipBlanks(m_at);
        return next > m_at && next < m_text.size() && m_text[next] != '-' && !isEnd(m_text[next]);
    }

    /// Over continued lines as well.
    std::size_t skipBlanks(std::size_t position) const
    {
        while (position < m_text.size()) {
            const char c = m_text[position];
            if (c == '\\' && (at(position + 1) == '\n' || at(position + 1) == '\r'))
                position += at(position + 1) == '\r' && at(position + 2) == '\n' ? 3 : 2;
            else if (c == ' ' || c == '\t')
                ++position;
            else
                break;
        }
        return position;
    }

    static bool isEnd(char c) { return std::string_view(" \t\r\n;&|)<>").find(c) != std::string_view::npos; }

    void takeValue()
    {
        const bool isEscaped = at(m_at) == '\\' && isQuote(at(m_at + 1)); // quotes in quotes
        if (isEscaped)
            keepTo(m_at + 1);
        const char quote = at(m_at);
        if (isQuote(quote)) {
            keepTo(m_at + 1);
            m_at = closingQuote(quote, isEscaped);
        }
        if (m_text.substr(m_at).starts_with("${"))
            m_at = std::min(m_text.find('}', m_at), m_text.size() - 1) + 1;
        else if (m_text.substr(m_at).starts_with("$("))
            m_at = behindParentheses(m_at + 1);
        else if (at(m_at) == '`' && m_text.find('`', m_at + 1) != std::string_view::npos)
            m_at = m_text.find('`', m_at + 1) + 1;
        m_result += secretMark;
        if (isQuote(quote))
            keepTo(m_at + (isEscaped ? 2 : 1));
        while (m_at < m_text.size() && !isEnd(m_text[m_at]) && !closesOuterQuotes())
            m_at = isQuote(m_text[m_at]) ? std::min(closingQuote(m_text[m_at], false, 1) + 1, m_text.size())
                                         : m_at + 1;
    }

    std::size_t behindParentheses(std::size_t open) const
    {
        int depth = 0;
        for (std::size_t position = open; position < m_text.size(); ++position) {
            depth += m_text[position] == '(' ? 1 : m_text[position] == ')' ? -1 : 0;
            if (depth == 0)
                return position + 1;
        }
        return m_text.size();
    }

    static bool isQuote(char c) { return c == '"' || c == '\''; }

    std::size_t closingQuote(char quote, bool isEscaped, std::size_t skipped = 0) const
    {
        for (std::size_t position = m_at + skipped; position < m_text.size(); ++position) {
            if (m_text[position] == '\\' && isEscaped && at(position + 1) == quote)
                return position;
            if (m_text[position] == '\\' && quote == '"')
                ++position;
            else if (m_text[position] == quote)
                return position;
        }
        return m_text.size();
    }

    /// A quote behind a value is that of the text around it, unless more of the value follows: abc"def"
    bool closesOuterQuotes() const
    {
        constexpr std::string_view closers = "\"'`,}]\\";
        if (closers.find(m_text[m_at]) == std::string_view::npos)
            return false;
        return m_at + 1 >= m_text.size() || isEnd(m_text[m_at + 1]) ||
               closers.find(m_text[m_at + 1]) != std::string_view::npos;
    }

    /// scheme://user:password@host
    void takeAddress()
    {
        keepTo(m_at + 3);
        const std::size_t end = std::min(m_text.find_first_of("/@ \t\r\n\"'", m_at), m_text.size());
        if (at(end) != '@' || m_text.substr(m_at, end - m_at).find(':') == std::string_view::npos)
            return;
        m_result += secretMark;
        m_at = end;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_result;
};

} // namespace

std::string withoutSecrets(std::string_view text)
{
    return SecretEraser(text).erase();
}

} // namespace stepscope
