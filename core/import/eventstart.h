#pragma once

#include <cstdint>
#include <string>

namespace stepscope {

/// Recognises the beginning of an event in raw text: a brace, and one of the names with which writers begin
/// an event; behind a colon only a name that arguments do not have. What stands inside a string has its
/// quotes escaped.
class EventStart {
public:
    /// Takes the next byte of the text; true when it ends such a beginning.
    bool take(char c, std::uint64_t at);
    /// The name that was found, and where its brace stands.
    const std::string& key() const { return m_key; }
    std::uint64_t offset() const { return m_offset; }

private:
    enum class State { None, Brace, Key };

    State m_state = State::None;
    char m_before = 0;
    bool m_isValue = false;
    std::string m_key;
    std::uint64_t m_offset = 0;
};

} // namespace stepscope
