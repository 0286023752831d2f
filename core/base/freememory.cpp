#include "core/base/freememory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

namespace stepscope {

namespace {

std::optional<std::uint64_t> numberIn(const std::string& path)
{
    std::ifstream file(path);
    std::uint64_t number = 0;
    return file >> number ? std::optional(number) : std::nullopt; // "max": no limit
}

std::optional<std::uint64_t> fieldIn(const std::string& path, const std::string& field)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        std::uint64_t number = 0;
        if (words >> name >> number && name == field)
            return number;
    }
    return std::nullopt;
}

struct GroupFiles {
    const char* limit;
    const char* use;
    const char* pageCache; // of memory.stat: given back when it is needed
};
constexpr GroupFiles versionTwo = {"memory.max", "memory.current", "inactive_file"};
constexpr GroupFiles versionOne = {"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

std::optional<std::uint64_t> leftInGroup(const std::string& folder, const GroupFiles& files)
{
    const std::optional<std::uint64_t> limit = numberIn(folder + '/' + files.limit);
    const std::optional<std::uint64_t> use = numberIn(folder + '/' + files.use);
    if (!limit || !use)
        return std::nullopt;
    const std::uint64_t cache = fieldIn(folder + "/memory.stat", files.pageCache).value_or(0);
    const std::uint64_t held = *use - std::min(*use, cache);
    return *limit - std::min(*limit, held);
}

/// The least that the group at `path` and those above it leave.
std::uint64_t leftUpwards(const std::string& mount, std::string path, const GroupFiles& files)
{
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (;;) {
        least = std::min(least, leftInGroup(mount + path, files).value_or(least));
        if (path.empty())
            return least;
        path.erase(path.rfind('/'));
    }
}

std::uint64_t leftInGroups(const std::string& root)
{
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    std::ifstream groups(root + "/proc/self/cgroup"); // number:controllers:path
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos || line.size() <= second + 1 || line[second + 1] != '/')
            continue;
        std::string path = line.substr(second + 1);
        if (path.back() == '/')
            path.pop_back();
        const std::string controllers = ',' + line.substr(first + 1, second - first - 1) + ',';
        if (controllers == ",,")
            least = std::min(least, leftUpwards(root + "/sys/fs/cgroup", path, versionTwo));
        else if (controllers.find(",memory,") != std::string::npos)
            least = std::min(least, leftUpwards(root + "/sys/fs/cgroup/memory", path, versionOne));
    }
    return least;
}

} // namespace

std::optional<std::uint64_t> freeMemory(const std::string& root)
{
    constexpr std::uint64_t unit = 1024;
    const std::optional<std::uint64_t> available = fieldIn(root + "/proc/meminfo", "MemAvailable:");
    if (!available)
        return std::nullopt;
    return std::min(*available * unit, leftInGroups(root));
}

} // namespace stepscope
