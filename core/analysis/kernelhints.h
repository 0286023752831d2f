#pragma once

#include <string>
#include <string_view>

namespace stepscope {

/// What kernel names suggest of how the server was configured (domain.md §8). Likely, never certain: a model
/// may quantise some layers only. Empty where no name suggests anything.
struct KernelHints {
    std::string quantisation;
    std::string kvCacheDtype;
    std::string attentionBackend;

    /// One more kernel of the trace. The first name that suggests something holds.
    void take(std::string_view kernelName);
};

} // namespace stepscope
