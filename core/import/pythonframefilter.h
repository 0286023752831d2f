#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepscope {

/// Which Python frames of a trace stay when the user leaves them out to save memory: those whose name decides
/// something, and of the others those that lie in no frame kept before, so that idle time under any frame is
/// still told from idle time under none. What is left out lies in a kept frame of its thread and has no say
/// in the budget.
class PythonFrameFilter {
public:
    /// Without `decides` all stay.
    explicit PythonFrameFilter(std::function<bool(std::string_view name)> decides)
        : m_decides(std::move(decides))
    {}

    /// Amortised O(1): a name is asked for once. Files list a frame before those inside it; where one does
    /// not, more frames stay.
    bool keeps(NameId name, std::string_view text, ThreadId thread, TimeRange range);
    std::uint64_t leftOut() const { return m_leftOut; }

private:
    bool decides(NameId name, std::string_view text);

    std::function<bool(std::string_view name)> m_decides;
    std::unordered_map<std::uint32_t, bool> m_known; // by name
    std::vector<TimeRange> m_outermost;              // by thread: the last frame kept for its place
    std::uint64_t m_leftOut = 0;
};

} // namespace stepscope
