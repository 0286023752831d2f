#pragma once

#include <string>
#include <string_view>

namespace stepscope::testsupport {

/// How the formats spell one CUDA API call.
struct ApiSpelling {
    std::string_view plain;  ///< cudaGraphLaunch
    std::string_view suffix; ///< _v10000, as nsys appends it; driver calls have none
    int cbid;                ///< CUPTI callback id, in kineto args
    std::string_view hip;    ///< hipGraphLaunch
    int cid;                 ///< roctracer's id
};

/// The spelling of `plain`; for a call that is not in the table a plausible one.
ApiSpelling apiSpelling(std::string_view plain);

/// cuLaunchKernelEx, as opposed to cudaLaunchKernel.
bool isDriverCall(std::string_view plain);

} // namespace stepscope::testsupport
