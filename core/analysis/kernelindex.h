#pragma once

#include "core/analysis/kernelsummary.h"
#include "core/base/rangemaximum.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace stepscope {

/// The operations of one device by name, with sums, so that the top kernels of any window need no loop over
/// its operations. Some ten bytes an operation. Reads the TraceIndex it was built from, which must outlive
/// it. Immutable; any thread.
class KernelIndex {
public:
    /// Cancelled when `progress` asks for it. O(n log names).
    static Result<KernelIndex> build(const TraceIndex& index, DeviceId device, Progress& progress);

    /// How many rows a summary can have.
    std::size_t names() const { return m_names.size(); }
    /// Sums the operations that begin in the whole clean decode steps inside `window` (the steps domain of
    /// definitions.md §2); where there is no such step, those that begin in the window.
    /// O(names · log n).
    KernelSummary of(TimeRange window) const;

private:
    /// Places in m_rows.
    using Places = std::pair<std::size_t, std::size_t>;

    /// What is known of one name, and the operations that have it.
    struct Name {
        KernelRow what;
        Places clean; ///< in clean steps
        Places other;
    };
    /// Sums over what comes before a place.
    struct Sum {
        Duration total = Duration::zero();
        std::uint64_t inGraph = 0;
    };

    KernelIndex(const TraceIndex& index, DeviceId device);
    Places within(Places places, std::size_t firstRow, std::size_t lastRow) const;
    void add(KernelRow& row, Places places) const;
    Sum before(std::size_t place) const;
    Duration longestOf(Places places) const;
    /// The operation that comes first; one of the two is not empty.
    std::size_t firstOf(Places clean, Places other) const;
    Duration length(std::size_t place) const;

    const TraceIndex* m_index;
    DeviceId m_device;
    std::vector<Name> m_names;
    std::vector<std::uint32_t>
        m_rows;                  // of the device's table: name by name, in order within Name::clean and other
    std::vector<bool> m_inGraph; // by place, as all below
    std::vector<Sum> m_before;   // each block
    RangeMaximum m_longest;      // of each block
};

} // namespace stepscope
