#pragma once

#include <functional>
#include <string_view>

namespace stepscope {

/// A predicate for the names of Python frames: whether one has a say in the steps, or in who owns idle time.
/// Frames without one only name what ran (definitions.md §3.8, §4). Each predicate is for one thread.
std::function<bool(std::string_view name)> budgetFrames();

} // namespace stepscope
