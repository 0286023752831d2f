#pragma once

#include "core/trace/trace.h"

#include <string>

namespace stepscope::test {

/// Where two traces differ first, in words; empty when they are the same in everything that a Trace says:
/// rows and their order, names and their ids, facts, log. O(n).
std::string firstDifference(const Trace& left, const Trace& right);

} // namespace stepscope::test
