#include "core/trace/apicallname.h"

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Without the API's prefix: `cudaGraphLaunch`, `cuGraphLaunch` and `hipGraphLaunch` are one.
std::string_view withoutApiPrefix(std::string_view name)
{
    for (const std::string_view prefix : {"cuda", "hip", "cu"}) {
        if (startsWith(name, prefix) && name.size() > prefix.size())
            return name.substr(prefix.size());
    }
    return {};
}

bool isKernelLaunch(std::string_view verb)
{
    constexpr std::array launches = {
        "LaunchKernel",       "LaunchKernelExC",       "LaunchKernelEx", "LaunchCooperativeKernel",
        "ModuleLaunchKernel", "ExtModuleLaunchKernel", "ExtLaunchKernel"};
    return std::find(launches.begin(), launches.end(), verb) != launches.end();
}

bool isStartUpWork(std::string_view verb)
{
    return startsWith(verb, "ModuleLoad") || startsWith(verb, "LibraryLoad") ||
           startsWith(verb, "GraphInstantiate") || startsWith(verb, "GraphExecUpdate") ||
           startsWith(verb, "LinkAdd") || startsWith(verb, "LinkComplete");
}

bool isAllocation(std::string_view verb)
{
    return startsWith(verb, "Malloc") || startsWith(verb, "Free") || startsWith(verb, "HostAlloc") ||
           startsWith(verb, "HostMalloc") || startsWith(verb, "MemAlloc") || startsWith(verb, "MemFree") ||
           startsWith(verb, "MemCreate") || startsWith(verb, "MemMap") || startsWith(verb, "HostRegister");
}

} // namespace

std::string_view plainApiName(std::string_view name)
{
    for (;;) {
        if (name.size() > 5 && (name.ends_with("_ptsz") || name.ends_with("_ptds"))) {
            name.remove_suffix(5);
            continue;
        }
        const std::size_t lastOther = name.find_last_not_of("0123456789");
        if (lastOther == std::string_view::npos || lastOther + 1 == name.size() || lastOther < 2 ||
            name[lastOther] != 'v' || name[lastOther - 1] != '_')
            return name;
        name = name.substr(0, lastOther - 1);
    }
}

ApiCallKind apiCallKind(std::string_view name)
{
    const std::string_view verb = withoutApiPrefix(plainApiName(name));
    if (verb.empty())
        return ApiCallKind::Other;
    if (isKernelLaunch(verb))
        return ApiCallKind::KernelLaunch;
    if (verb == "GraphLaunch")
        return ApiCallKind::GraphLaunch;
    if (startsWith(verb, "Memcpy"))
        return ApiCallKind::Copy;
    if (startsWith(verb, "Memset"))
        return ApiCallKind::Memset;
    if (startsWith(verb, "StreamWait"))
        return ApiCallKind::StreamWait;
    if (contains(verb, "Synchronize"))
        return ApiCallKind::Synchronize;
    if (contains(verb, "BeginCapture") || contains(verb, "EndCapture"))
        return ApiCallKind::StreamCapture;
    if (isStartUpWork(verb))
        return ApiCallKind::Build;
    if (isAllocation(verb))
        return ApiCallKind::Allocate;
    return ApiCallKind::Other;
}

bool isBlockingCopyName(std::string_view name)
{
    const std::string_view plain = plainApiName(name);
    return apiCallKind(plain) == ApiCallKind::Copy && !contains(plain, "Async");
}

} // namespace stepscope
