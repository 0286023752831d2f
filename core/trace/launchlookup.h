#pragma once

#include "core/base/ids.h"
#include "core/trace/apicalltable.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace stepscope {

/// Which call launched the work with a correlation id. Ids of one scope mostly follow each other, so that
/// they are places in a list; those of a scope that has few over a wide range are searched for.
class LaunchLookup {
public:
    /// `scopeOf` says within what a call's id is unique; `scopes` how many there are. O(n log n) at worst.
    LaunchLookup(const ApiCallTable& calls, std::size_t scopes,
                 const std::function<std::uint32_t(ThreadId)>& scopeOf);

    /// Of several calls with the id the first that starts GPU work, else the first; invalid for none. `place`
    /// is where the one before was found, 0 at first: who asks in the order of the ids need not search. O(1)
    /// there, else O(log n).
    CallId find(std::uint32_t scope, std::int64_t correlation, std::size_t& place) const;

private:
    struct Entry {
        std::int64_t correlation = 0;
        std::uint32_t call = 0;
    };
    /// Either of both is filled.
    struct Scope {
        std::int64_t firstId = 0;
        std::vector<std::uint32_t> callOfId; // from firstId on
        std::vector<Entry> entries;          // by correlation
    };

    std::vector<Scope> m_scopes;
};

} // namespace stepscope
