#include "core/import/memoryguard.h"

#include "core/import/memoryestimate.h"

namespace stepscope {

bool MemoryGuard::isOver() const
{
    return m_limit > 0 && MemoryEstimate::peakOf(m_builder.memoryBytes()) > m_limit;
}

std::optional<Error> MemoryGuard::error() const
{
    if (!isOver())
        return std::nullopt;
    Error error{ErrorCode::NeedsMemory, {}};
    error.memory.needed = MemoryEstimate::peakOf(m_builder.memoryBytes());
    error.memory.free = m_limit;
    error.memory.wasReached = true;
    return error;
}

} // namespace stepscope
