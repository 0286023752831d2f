#pragma once

#include "core/analysis/kernelsummary.h"
#include "core/gates/assessment.h"

#include <span>
#include <string>

namespace stepscope {

/// Rows of a kernel summary as text that leaves the program: with the context of its numbers, with units,
/// in the C locale.
struct KernelTable {
    std::string tabSeparated; ///< a line of context, a header, a line a row; ends with a line feed
    std::string html;         ///< the same as a table with a caption
};

/// Names stand as in the file: control characters visible as `\x09`, and an apostrophe before what a
/// spreadsheet would take for a formula.
KernelTable kernelTable(const TraceIndex& index, const Assessment& assessment, const KernelSummary& summary,
                        std::span<const KernelRow* const> rows);

/// "yes", "no", "partly".
const char* inGraphWord(const KernelRow& row);
/// The word of the rule table for kernels; "copy", "memset", "graph" for other rows.
std::string_view kernelRowClass(const KernelRow& row);

} // namespace stepscope
