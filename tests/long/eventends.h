#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stepscope::test {

/// Where the events of a kineto text end: for each object of its event list that is not empty the position
/// behind its closing bracket, ascending. Found by counting brackets outside strings; shares no code with
/// core.
std::vector<std::size_t> eventEnds(std::string_view text);

} // namespace stepscope::test
