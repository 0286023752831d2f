#include "core/base/stringpool.h"

namespace stepscope {

namespace {

/// The string, its block of memory, and its place in the map.
constexpr std::uint64_t bytesBesideText = 120;

} // namespace

NameId StringPool::intern(std::string_view text)
{
    if (const auto known = m_ids.find(text); known != m_ids.end())
        return known->second;
    const NameId id(m_texts.size());
    m_ids.emplace(m_texts.emplace_back(text), id);
    m_bytes += text.size() + bytesBesideText;
    return id;
}

NameId StringPool::find(std::string_view text) const
{
    const auto known = m_ids.find(text);
    return known == m_ids.end() ? NameId() : known->second;
}

std::string_view StringPool::text(NameId id) const
{
    return id.value() < m_texts.size() ? std::string_view(m_texts[id.value()]) : std::string_view();
}

} // namespace stepscope
