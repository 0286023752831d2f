#pragma once

#include "widgets/viewmodel/spandetails.h"

namespace stepscope {

/// Parts of spanDetails(): what is known of a host call and of a host range.
SpanDetails callDetails(const TraceIndex& index, std::uint32_t row);
SpanDetails rangeDetails(const TraceIndex& index, std::uint32_t row);

} // namespace stepscope
