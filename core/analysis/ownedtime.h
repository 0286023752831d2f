#pragma once

#include "core/analysis/intervalunion.h"
#include "core/analysis/timeclass.h"

#include <array>

namespace stepscope {

/// Idle time that is being given to its owners, in order. Not thread-safe.
class OwnedTime {
public:
    /// `part` begins where the one before ended, or later.
    void give(TimeClass owner, TimeRange part)
    {
        m_parts[static_cast<std::size_t>(owner)].add(part);
        if (isHost(owner))
            m_host.add(part);
    }

    /// What was given to `owner`. Once for each.
    IntervalUnion take(TimeClass owner) { return m_parts[static_cast<std::size_t>(owner)].build(); }
    /// What the host owns, all classes of it. Once.
    IntervalUnion takeHost() { return m_host.build(); }

    /// Goes on with what was given meanwhile of time behind its own. Takes it. O(parts of `later`).
    void append(OwnedTime& later)
    {
        for (std::size_t owner = 0; owner < timeClassCount; ++owner)
            m_parts[owner].append(later.m_parts[owner].build());
        m_host.append(later.m_host.build());
    }

private:
    std::array<IntervalUnion::Builder, timeClassCount> m_parts;
    IntervalUnion::Builder m_host;
};

} // namespace stepscope
