#pragma once

#include "core/analysis/traceindex.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace stepscope {

/// One name of GPU work, summed. Copies are one row a direction, memsets one row, and so is each CUDA graph
/// that was recorded as one span.
struct KernelRow {
    NameId name; ///< of copies and memsets: the name of the first one
    ActivityKind kind = ActivityKind::Kernel;
    CopyKind copy = CopyKind::None;
    KernelClass kernelClass = KernelClass::Unknown; ///< of kernels
    std::uint64_t count = 0;
    std::uint64_t inGraph = 0; ///< of `count`, those inside a graph replay
    Duration total = Duration::zero();
    Duration longest = Duration::zero();

    friend bool operator==(const KernelRow&, const KernelRow&) = default;
};

/// What ran on one device, by name. Sums are integers: operations that run at the same time count each.
struct KernelSummary {
    /// The clean steps that were summed; 0 when the window holds none and is summed itself.
    std::size_t steps = 0;
    std::uint64_t operations = 0;
    Duration total = Duration::zero(); ///< of all rows
    Duration kernelTotal =
        Duration::zero();        ///< of the kernels: Σ summed_kernel_ns of these steps in steps.csv
    std::vector<KernelRow> rows; ///< by total, longest first, then by name

    friend bool operator==(const KernelSummary&, const KernelSummary&) = default;
};

/// What the row is called: the kernel's name as the file spells it, "memcpy HtoD", "memset".
std::string_view kernelRowName(const Trace& trace, const KernelRow& row);

} // namespace stepscope
