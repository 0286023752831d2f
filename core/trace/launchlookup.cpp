#include "core/trace/launchlookup.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::uint32_t noCall = CallId::noneValue;
constexpr std::size_t stepsWorthASearch = 8;
constexpr std::uint64_t mostPlacesOfId = 8; // as many as an entry takes, about

/// The ids of one scope.
struct Extent {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::uint64_t calls = 0;

    void take(std::int64_t id)
    {
        first = calls == 0 ? id : std::min(first, id);
        last = calls == 0 ? id : std::max(last, id);
        ++calls;
    }
    std::uint64_t range() const
    {
        return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
    }
    bool isDense() const { return calls > 0 && range() / mostPlacesOfId < calls; }
};

bool startsGpuWork(ApiCallKind kind)
{
    return kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch ||
           kind == ApiCallKind::Copy || kind == ApiCallKind::Memset;
}

} // namespace

LaunchLookup::LaunchLookup(const ApiCallTable& calls, std::size_t scopes,
                           const std::function<std::uint32_t(ThreadId)>& scopeOf)
    : m_scopes(scopes)
{
    std::vector<Extent> extents(scopes);
    const auto eachCall = [&](const auto& take) {
        for (std::size_t call = 0; call < calls.size(); ++call) {
            if (calls.correlation(call) != 0)
                take(static_cast<std::uint32_t>(call), scopeOf(calls.thread(call)));
        }
    };
    eachCall([&](std::uint32_t call, std::uint32_t scope) { extents[scope].take(calls.correlation(call)); });
    for (std::size_t scope = 0; scope < scopes; ++scope) {
        m_scopes[scope].firstId = extents[scope].first;
        if (extents[scope].isDense())
            m_scopes[scope].callOfId.assign(extents[scope].range() + 1, noCall);
    }
    eachCall([&](std::uint32_t call, std::uint32_t number) {
        Scope& scope = m_scopes[number];
        if (scope.callOfId.empty()) {
            scope.entries.push_back({calls.correlation(call), call});
            return;
        }
        std::uint32_t& known = scope.callOfId[static_cast<std::uint64_t>(calls.correlation(call)) -
                                              static_cast<std::uint64_t>(scope.firstId)];
        if (known == noCall || (!startsGpuWork(calls.kind(known)) && startsGpuWork(calls.kind(call))))
            known = call;
    });
    for (Scope& scope : m_scopes) {
        const auto comesBefore = [&calls](const Entry& a, const Entry& b) {
            if (a.correlation != b.correlation)
                return a.correlation < b.correlation;
            const bool aStarts = startsGpuWork(calls.kind(a.call));
            return aStarts != startsGpuWork(calls.kind(b.call)) ? aStarts : a.call < b.call;
        };
        if (!std::is_sorted(scope.entries.begin(), scope.entries.end(), comesBefore))
            std::sort(scope.entries.begin(), scope.entries.end(), comesBefore);
    }
}

CallId LaunchLookup::find(std::uint32_t number, std::int64_t correlation, std::size_t& place) const
{
    const Scope& scope = m_scopes[number];
    if (!scope.callOfId.empty()) {
        const std::uint64_t id =
            static_cast<std::uint64_t>(correlation) - static_cast<std::uint64_t>(scope.firstId);
        return id < scope.callOfId.size() ? CallId(scope.callOfId[id]) : CallId();
    }
    const auto isBefore = [correlation](const Entry& entry) { return entry.correlation < correlation; };
    const std::vector<Entry>& all = scope.entries;
    const bool isNear =
        place < all.size() && isBefore(all[place]) &&
        (place + stepsWorthASearch >= all.size() || !isBefore(all[place + stepsWorthASearch]));
    if (isNear) {
        while (place < all.size() && isBefore(all[place]))
            ++place;
    } else {
        place =
            static_cast<std::size_t>(std::partition_point(all.begin(), all.end(), isBefore) - all.begin());
    }
    return place < all.size() && all[place].correlation == correlation ? CallId(all[place].call) : CallId();
}

} // namespace stepscope
