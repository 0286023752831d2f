#include "tests/support/nametable.h"

namespace stepscope::testsupport {

NameId NameTable::intern(std::string_view name)
{
    if (const auto found = m_ids.find(name); found != m_ids.end())
        return found->second;
    const auto id = static_cast<NameId>(m_texts.size());
    m_texts.emplace_back(name);
    m_ids.emplace(name, id);
    return id;
}

} // namespace stepscope::testsupport
