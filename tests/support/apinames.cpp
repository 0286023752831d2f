#include "tests/support/apinames.h"

#include <algorithm>
#include <array>

namespace stepscope::testsupport {

namespace {

// Callback ids as seen in traces; 0 where none was seen.
constexpr std::array<ApiSpelling, 19> spellings{{
    {"cudaLaunchKernel", "_v7000", 211, "hipLaunchKernel", 107},
    {"cudaLaunchKernelExC", "_v11060", 430, "hipExtModuleLaunchKernel", 65},
    {"cudaGraphLaunch", "_v10000", 311, "hipGraphLaunch", 215},
    {"cudaMemcpyAsync", "_v3020", 41, "hipMemcpyAsync", 134},
    {"cudaMemcpy", "_v3020", 31, "hipMemcpyWithStream", 153},
    {"cudaMemsetAsync", "_v3020", 51, "hipMemsetAsync", 0},
    {"cudaStreamSynchronize", "_v3020", 131, "hipStreamSynchronize", 0},
    {"cudaEventSynchronize", "_v3020", 137, "hipEventSynchronize", 60},
    {"cudaDeviceSynchronize", "_v3020", 165, "hipDeviceSynchronize", 0},
    {"cudaEventRecord", "_v3020", 135, "hipEventRecord", 0},
    {"cudaEventQuery", "_v3020", 138, "hipEventQuery", 0},
    {"cudaStreamWaitEvent", "_v3020", 147, "hipStreamWaitEvent", 0},
    {"cudaStreamIsCapturing", "_v10000", 317, "hipStreamIsCapturing", 290},
    {"cudaMalloc", "_v3020", 20, "hipMalloc", 0},
    {"cudaFree", "_v3020", 22, "hipFree", 0},
    {"cudaGraphInstantiate", "_v12000", 0, "hipGraphInstantiate", 0},
    {"cuLaunchKernel", "", 307, "hipModuleLaunchKernel", 169},
    {"cuLaunchKernelEx", "", 652, "hipModuleLaunchKernel", 169},
    {"cuModuleLoadData", "", 0, "hipModuleLoadData", 0},
}};

} // namespace

ApiSpelling apiSpelling(std::string_view plain)
{
    const auto found = std::find_if(spellings.begin(), spellings.end(),
                                    [plain](const ApiSpelling& spelling) { return spelling.plain == plain; });
    if (found != spellings.end())
        return *found;
    return {plain, isDriverCall(plain) ? "" : "_v3020", 0, plain, 0};
}

bool isDriverCall(std::string_view plain)
{
    return plain.size() > 2 && plain.substr(0, 2) == "cu" && plain[2] >= 'A' && plain[2] <= 'Z';
}

} // namespace stepscope::testsupport
