#include "core/lod/rowpacking.h"

#include <queue>

namespace stepscope {

namespace {

struct TakenRow {
    TimePoint until;
    std::uint32_t row = 0;

    friend bool operator>(const TakenRow& a, const TakenRow& b) { return a.until > b.until; }
};

template <class T> using SmallestFirst = std::priority_queue<T, std::vector<T>, std::greater<>>;

} // namespace

std::vector<std::vector<std::uint32_t>> packRows(std::span<const std::uint32_t> ids,
                                                 const std::function<TimeRange(std::uint32_t)>& range)
{
    std::vector<std::uint32_t> rowOf; // by position: sizes are known before anything is stored
    rowOf.reserve(ids.size());
    std::vector<std::size_t> sizes;
    SmallestFirst<TakenRow> taken;
    SmallestFirst<std::uint32_t> free;
    for (const std::uint32_t id : ids) {
        const TimeRange span = range(id);
        while (!taken.empty() && taken.top().until <= span.begin) {
            free.push(taken.top().row);
            taken.pop();
        }
        std::uint32_t row = static_cast<std::uint32_t>(sizes.size());
        if (free.empty()) {
            sizes.push_back(0);
        } else {
            row = free.top();
            free.pop();
        }
        taken.push({std::max(span.begin, span.end), row});
        rowOf.push_back(row);
        ++sizes[row];
    }
    std::vector<std::vector<std::uint32_t>> rows(sizes.size());
    for (std::size_t row = 0; row < sizes.size(); ++row)
        rows[row].reserve(sizes[row]);
    for (std::size_t position = 0; position < ids.size(); ++position)
        rows[rowOf[position]].push_back(ids[position]);
    return rows;
}

} // namespace stepscope
