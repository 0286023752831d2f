#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// The operation that ends a gap (definitions.md §3: X): of several that begin at `end` the one launched
/// first, of those without a launch call in the file the first of the table. Empty operations end no gap.
/// `firstAtEnd` is the first row that begins at `end` or later. O(operations that begin there).
std::optional<std::size_t> operationEndingGap(const ActivityTable& work, std::size_t firstAtEnd,
                                              TimePoint end);

/// The operation whose end begins a gap, of several the one that began last. O(log n + operations that
/// run side by side before the gap).
std::optional<std::size_t> operationBeforeGap(const ActivityTable& work, TimeRange gap);

/// The calls by which host threads wait for the GPU: synchronizations, and copies that block by their name.
/// Immutable; safe to read from any thread.
class BlockingCalls {
public:
    /// O(calls).
    static BlockingCalls of(const Trace& trace);

    /// The call on `thread` that fills most of `range`, the first of equals; invalid when there is none.
    /// O(log n + calls in the range).
    CallId longestIn(ThreadId thread, TimeRange range) const;

private:
    const ApiCallTable* m_calls = nullptr; // of the trace, which outlives this
    // By thread, in order; a driver call inside a runtime call is left out, so their ends are in order too.
    std::vector<std::vector<CallId>> m_byThread;
};

} // namespace stepscope
