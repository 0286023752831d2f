#pragma once

#include "core/base/progress.h"

namespace stepscope {

/// Reports nowhere; cancelled by the first Ctrl-C or SIGTERM after it was made, so that what was begun (an
/// nsys, a temporary file) is cleared away. A second one ends the program at once.
class InterruptProgress final : public Progress {
public:
    InterruptProgress();

    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override;
};

} // namespace stepscope
