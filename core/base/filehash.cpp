#include "core/base/filehash.h"

#include <mutex>
#include <utility>

namespace stepscope {

struct FileHash::Shared {
    std::mutex computing; // one at a time; before `access`
    std::mutex access;    // of what follows
    std::optional<std::string> text;
    Compute compute; // until there is a text
};

FileHash::FileHash(std::string known) : m_shared(std::make_shared<Shared>())
{
    m_shared->text = std::move(known);
}

FileHash FileHash::later(Compute compute)
{
    auto shared = std::make_shared<Shared>();
    shared->compute = std::move(compute);
    return FileHash(std::move(shared));
}

std::optional<std::string> FileHash::known() const
{
    const std::lock_guard lock(m_shared->access);
    return m_shared->text;
}

std::optional<std::string> FileHash::find(Progress& progress) const
{
    if (std::optional<std::string> text = known())
        return text;
    const std::lock_guard alone(m_shared->computing);
    if (std::optional<std::string> text = known()) // meanwhile
        return text;
    std::optional<std::string> found = m_shared->compute(progress);
    if (found) {
        const std::lock_guard lock(m_shared->access);
        m_shared->text = found;
        m_shared->compute = nullptr;
    }
    return found;
}

std::string FileHash::text() const
{
    NoProgress toTheEnd;
    return find(toTheEnd).value_or(std::string());
}

} // namespace stepscope
