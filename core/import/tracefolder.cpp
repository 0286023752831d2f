#include "core/import/tracefolder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <map>
#include <string_view>

namespace stepscope {

namespace {

constexpr std::size_t mostFilesLookedAt = 10'000;
constexpr std::int64_t longestStart = 120'000'000'000; // ns between the first rank and the last

bool isTraceName(const std::string& name)
{
    constexpr std::array<std::string_view, 4> endings = {".trace.json", ".json.gz", ".json", ".sqlite"};
    return std::any_of(endings.begin(), endings.end(),
                       [&name](std::string_view ending) { return name.ends_with(ending); });
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

/// The name without its numbers: what the files of a set have in common.
std::string patternOf(const std::string& name)
{
    std::string pattern;
    for (const char c : name) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0)
            pattern += c;
    }
    return pattern;
}

} // namespace

std::optional<int> rankInName(const std::string& fileName)
{
    for (const std::string_view mark : {"rank", "-TP-"}) {
        for (std::size_t at = fileName.find(mark); at != std::string::npos;
             at = fileName.find(mark, at + 1)) {
            std::size_t next = at + mark.size();
            if (next < fileName.size() && (fileName[next] == '-' || fileName[next] == '_'))
                ++next;
            int rank = 0;
            const char* const end = fileName.data() + fileName.size();
            if (next < fileName.size() && std::isdigit(static_cast<unsigned char>(fileName[next])) != 0 &&
                std::from_chars(fileName.data() + next, end, rank).ec == std::errc())
                return rank;
        }
    }
    return std::nullopt;
}

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
        if (rankInName(a).has_value() != rankInName(b).has_value())
            return rankInName(a).has_value();
        return distance(a) != distance(b) ? distance(a) < distance(b) : a < b;
    });
    names.resize(std::min(names.size(), limit));
    return names;
}

namespace {

/// By rank; empty when they are no set.
std::map<int, std::string> namesByRank(const std::vector<std::string>& names)
{
    std::map<int, std::string> byRank;
    std::string pattern;
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
    std::int64_t latest = 0;
    for (const std::string& name : names) {
        const std::optional<int> rank = rankInName(name);
        if (!rank || (!pattern.empty() && pattern != patternOf(name)) || !byRank.emplace(*rank, name).second)
            return {};
        pattern = patternOf(name);
        if (const std::int64_t time = timeInName(name); time > 0) {
            earliest = std::min(earliest, time);
            latest = std::max(latest, time);
        }
    }
    if (byRank.size() < 2 || latest - earliest > longestStart)
        return {};
    return byRank;
}

} // namespace

bool isRankSet(const std::vector<std::string>& fileNames)
{
    return !namesByRank(fileNames).empty();
}

std::vector<std::string> rankSetIn(const std::string& folder)
{
    std::vector<std::string> paths;
    for (const auto& [rank, name] : namesByRank(traceNamesIn(folder, {}, mostFilesLookedAt)))
        paths.push_back((std::filesystem::path(folder) / name).string());
    return paths;
}

std::string joinedNames(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace stepscope
