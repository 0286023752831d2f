#include "core/import/tracefolder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace stepscope {

namespace {

constexpr std::size_t mostFilesLookedAt = 10'000;

bool isTraceName(const std::string& name)
{
    constexpr std::array<std::string_view, 4> endings = {".trace.json", ".json.gz", ".json", ".sqlite"};
    return std::any_of(endings.begin(), endings.end(),
                       [&name](std::string_view ending) { return name.ends_with(ending); });
}

/// "rank3", "-rank-3", "-TP-0": one worker's file.
bool isWorkerName(const std::string& name)
{
    for (const std::string_view mark : {"rank", "-TP-"}) {
        for (std::size_t at = name.find(mark); at != std::string::npos; at = name.find(mark, at + 1)) {
            std::size_t next = at + mark.size();
            if (next < name.size() && (name[next] == '-' || name[next] == '_'))
                ++next;
            if (next < name.size() && std::isdigit(static_cast<unsigned char>(name[next])) != 0)
                return true;
        }
    }
    return false;
}

/// The time in the name, in ns (19 digits) or ms (13 digits), as ns; 0 without one.
std::int64_t timeInName(const std::string& name)
{
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at;
        while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0)
            ++end;
        const std::size_t digits = end - at;
        if (digits == 19 || digits == 13) {
            const std::int64_t number = std::strtoll(name.c_str() + at, nullptr, 10);
            return digits == 13 ? number * 1'000'000 : number;
        }
        at = std::max(end, at + 1);
    }
    return 0;
}

} // namespace

bool isFrontEndName(const std::string& fileName)
{
    return fileName.find("async_llm") != std::string::npos;
}

std::vector<std::string> traceNamesIn(const std::string& folder, const std::string& besides,
                                      std::size_t limit)
{
    std::vector<std::string> names;
    std::error_code fault;
    std::size_t lookedAt = 0;
    const std::filesystem::path path = folder.empty() ? "." : folder;
    for (std::filesystem::directory_iterator entry(path, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        if (++lookedAt > mostFilesLookedAt)
            break;
        std::string name = entry->path().filename().string();
        if (name != besides && isTraceName(name) && !isFrontEndName(name))
            names.push_back(std::move(name));
    }
    const std::int64_t time = timeInName(besides);
    const auto distance = [time](const std::string& name) {
        const std::int64_t other = timeInName(name);
        return other < time ? time - other : other - time;
    };
    std::sort(names.begin(), names.end(), [&distance](const std::string& a, const std::string& b) {
        if (isWorkerName(a) != isWorkerName(b))
            return isWorkerName(a);
        return distance(a) != distance(b) ? distance(a) < distance(b) : a < b;
    });
    names.resize(std::min(names.size(), limit));
    return names;
}

std::string joinedNames(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace stepscope
