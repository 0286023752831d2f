#pragma once

#include "core/trace/activitykind.h"

#include <string_view>

namespace stepscope {

/// The call without its version suffix: `cudaLaunchKernel_v7000` and `cuMemcpyDtoHAsync_v2_ptsz` lose
/// `(_ptsz|_ptds)?(_v\d+)?` in either order (formats.md §1.5).
std::string_view plainApiName(std::string_view name);

/// CUDA and HIP names alike, with or without suffix (domain.md §4.6).
ApiCallKind apiCallKind(std::string_view name);

/// Whether a copy call blocks the host by its name: no `Async` in it.
bool isBlockingCopyName(std::string_view name);

} // namespace stepscope
