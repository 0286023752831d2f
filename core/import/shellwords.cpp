#include "core/import/shellwords.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t mostWords = 20'000;

bool isNameCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class ShellSplitter {
public:
    explicit ShellSplitter(std::string_view text) : m_text(text) {}

    Result<std::vector<ShellCommand>> split()
    {
        while (m_at < m_text.size() && m_fault.empty())
            step(m_text[m_at]);
        endCommand();
        if (!m_fault.empty())
            return Error{ErrorCode::NotAServerCommand, std::move(m_fault)};
        return std::move(m_commands);
    }

private:
    char at(std::size_t position) const { return position < m_text.size() ? m_text[position] : '\0'; }

    void step(char c)
    {
        switch (c) {
        case ' ':
        case '\t':
            return endWord();
        case '\n':
            return m_command.isArray ? endWord() : endCommand();
        case '&':
            return at(m_at + 1) == '>' ? redirect() : endCommand();
        case ';':
        case '|':
        case ')':
            return endCommand();
        case '(':
            return takeParenthesis();
        case '<':
        case '>':
            return redirect();
        case '\\':
            return takeBackslash();
        case '\'':
            return takeSingleQuotes();
        case '"':
            return takeDoubleQuotes();
        case '$':
            return takeVariable(false);
        case '`':
            return takeBackticks();
        case '#':
            if (!m_hasWord)
                return skipTo(m_text.find('\n', m_at));
            [[fallthrough]];
        default:
            append(c);
            ++m_at;
        }
    }

    void append(char c)
    {
        m_word.text += c;
        m_hasWord = true;
    }

    void skipTo(std::size_t position) { m_at = std::min(position, m_text.size()); }

    void closeWord()
    {
        if (m_hasWord && !std::exchange(m_isTarget, false)) {
            m_command.words.push_back(std::move(m_word));
            if (++m_wordCount > mostWords)
                m_fault = "it holds more than 20000 words; paste the one command that starts the server";
        }
        m_word = {};
        m_hasWord = false;
    }

    void endWord()
    {
        closeWord();
        ++m_at;
    }

    void endCommand()
    {
        closeWord();
        m_isTarget = false;
        if (!m_command.words.empty())
            m_commands.push_back(std::move(m_command));
        m_command = {};
        ++m_at;
    }

    void takeParenthesis()
    {
        const bool isArray = m_word.text.ends_with('=');
        endCommand();
        m_command.isArray = isArray;
    }

    void redirect()
    {
        // The number in front of it, as in 2>, is no word.
        const bool isNumber =
            std::all_of(m_word.text.begin(), m_word.text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber)
            m_hasWord = false;
        closeWord();
        const std::size_t end =
            std::min(m_text.find_first_not_of("<>&|-", m_at), m_text.size()); // >>, 2>&1, <<-, >&-
        const std::string_view sign = m_text.substr(m_at, end - m_at);
        m_at = end;
        m_isTarget = at(m_at) != '(' && !sign.ends_with("&-");
        if (at(m_at) == '(')
            skipParentheses();
    }

    void takeBackslash()
    {
        const std::size_t behind = m_text.find_first_not_of(" \t", m_at + 1);
        if (behind != std::string_view::npos && m_text[behind] != '\n') {
            append(m_text[m_at + 1]);
            m_at += 2;
            return;
        }
        if (behind != m_at + 1)
            closeWord();
        continueLine(behind == std::string_view::npos ? m_text.size() : behind + 1);
    }

    /// A terminal shows "> " in front of a continued line; before an option it can be nothing else.
    void continueLine(std::size_t begin)
    {
        skipTo(begin);
        const std::size_t prompt = m_text.find_first_not_of(" \t", m_at);
        if (prompt == std::string_view::npos || m_text[prompt] != '>')
            return;
        const std::size_t next = m_text.find_first_not_of(" \t", prompt + 1);
        if (next != std::string_view::npos && next > prompt + 1 && m_text[next] == '-') {
            closeWord();
            m_at = next;
        }
    }

    void takeSingleQuotes()
    {
        const std::size_t end = m_text.find('\'', m_at + 1);
        if (end == std::string_view::npos) {
            m_fault = "its quote (') is not closed; paste the command as a whole";
            return;
        }
        m_word.text += m_text.substr(m_at + 1, end - m_at - 1);
        m_hasWord = true;
        m_at = end + 1;
    }

    void takeDoubleQuotes()
    {
        m_hasWord = true;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"' && m_fault.empty();) {
            const char next = at(m_at + 1);
            if (m_text[m_at] == '\\' && next != '\0' &&
                std::string_view("$`\"\\\n").find(next) != std::string_view::npos) {
                if (next != '\n')
                    append(next);
                m_at += 2;
            } else if (m_text[m_at] == '$') {
                takeVariable(true);
            } else if (m_text[m_at] == '`') {
                takeBackticks();
            } else {
                append(m_text[m_at++]);
            }
        }
        if (m_at >= m_text.size() && m_fault.empty())
            m_fault = "its quote (\") is not closed; paste the command as a whole";
        ++m_at;
    }

    void takeVariable(bool isQuoted)
    {
        const std::size_t begin = m_at;
        const char next = at(begin + 1);
        if (next == '(') {
            ++m_at;
            skipParentheses();
        } else if (next == '{') {
            skipTo(m_text.find('}', begin));
            ++m_at;
        } else if (isNameCharacter(next)) {
            const auto end = std::find_if_not(m_text.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                              m_text.end(), isNameCharacter);
            skipTo(static_cast<std::size_t>(end - m_text.begin()));
        } else if (next == '@' || next == '*' || next == '#' || next == '?' || next == '!') {
            m_at += 2;
        } else {
            if (isQuoted || (next != '\'' && next != '"')) // $'…' and $"…" are quotes
                append('$');
            ++m_at;
            return;
        }
        m_word.text += m_text.substr(begin, std::min(m_at, m_text.size()) - begin);
        m_word.hasVariable = true;
        m_hasWord = true;
    }

    void takeBackticks()
    {
        if (at(m_at + 1) == '\n') { // so does PowerShell continue a line
            ++m_at;
            return continueLine(m_at + 1);
        }
        const std::size_t end = m_text.find('`', m_at + 1);
        if (end == std::string_view::npos) {
            m_fault = "its quote (`) is not closed; paste the command as a whole";
            return;
        }
        m_word.text += m_text.substr(m_at, end + 1 - m_at);
        m_word.hasVariable = true;
        m_hasWord = true;
        m_at = end + 1;
    }

    /// From the opening one to behind the closing one.
    void skipParentheses()
    {
        std::size_t depth = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\'' || c == '"')
                skipTo(m_text.find(c, m_at + 1));
            else if (c == '\\')
                ++m_at;
            else if (c == '(')
                ++depth;
            else if (c == ')' && --depth == 0)
                return void(++m_at);
        }
        m_fault = "its parenthesis is not closed; paste the command as a whole";
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<ShellCommand> m_commands;
    ShellCommand m_command;
    ShellWord m_word;
    bool m_hasWord = false;  // '' is a word, too
    bool m_isTarget = false; // the next word is where a redirection leads
    std::size_t m_wordCount = 0;
    std::string m_fault;
};

} // namespace

Result<std::vector<ShellCommand>> splitShellWords(std::string_view text)
{
    return ShellSplitter(text).split();
}

} // namespace stepscope
