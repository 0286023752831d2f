#pragma once

#include "core/base/progress.h"

namespace stepscope::test {

/// Cancelled from the start.
class CancelledProgress final : public Progress {
public:
    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override { return true; }
};

} // namespace stepscope::test
