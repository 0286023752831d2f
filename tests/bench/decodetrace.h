#pragma once

#include "core/analysis/traceindex.h"

#include <cstddef>
#include <memory>

namespace stepscope {

/// On which streams a device of decodeTrace() works.
enum class DecodeLanes {
    One,    ///< all on one
    Several ///< communication and copies on streams of their own, and partly beside the kernels
};

/// A decode loop of about so many operations on eight processes with a device each; a step is a launch of 124
/// kernels, a copy of the tokens and a pause.
std::shared_ptr<const TraceIndex> decodeTrace(std::size_t operations, DecodeLanes lanes);

} // namespace stepscope
