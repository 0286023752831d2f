#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
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

/// The calls by which host threads wait for the GPU (definitions.md §3.7): synchronisations, copies that
/// block by their name, and copies from the device into pageable memory. Immutable; safe to read from any
/// thread.
class BlockingCalls {
public:
    /// O(calls + operations). `trace` must outlive the result.
    static BlockingCalls of(const Trace& trace);

    /// In order of begin and of end: a driver call inside a runtime call is left out.
    std::span<const CallId> ofThread(ThreadId thread) const { return m_byThread[thread.value()]; }
    /// The call on `thread` that fills most of `range`, the first of equals; invalid when there is none.
    /// O(log n + calls in the range).
    CallId longestIn(ThreadId thread, TimeRange range) const;

private:
    const ApiCallTable* m_calls = nullptr;
    std::vector<std::vector<CallId>> m_byThread;
};

} // namespace stepscope
