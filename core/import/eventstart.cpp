#include "core/import/eventstart.h"

#include <string_view>

namespace stepscope {

namespace {

constexpr std::size_t longestEventKey = 4;

bool isEventKey(std::string_view key)
{
    return key == "ph" || key == "cat" || key == "ts" || key == "dur";
}

bool isArgumentKey(std::string_view key)
{
    return key == "name" || key == "pid" || key == "tid";
}

} // namespace

bool EventStart::take(char c, std::uint64_t at)
{
    if (m_state == State::Key && c != '"') {
        m_key += c;
        if (m_key.size() > longestEventKey)
            m_state = State::None;
        return false;
    }
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        return false;
    if (m_state == State::Key && (isEventKey(m_key) || (isArgumentKey(m_key) && !m_isValue)))
        return true;
    if (m_state == State::Brace && c == '"') {
        m_state = State::Key;
        m_key.clear();
    } else if (c == '{') {
        m_state = State::Brace;
        m_isValue = m_before == ':';
        m_offset = at;
    } else {
        m_state = State::None;
    }
    m_before = c;
    return false;
}

} // namespace stepscope
