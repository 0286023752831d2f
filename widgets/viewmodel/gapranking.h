#pragma once

#include "core/analysis/gapindex.h"

#include <cstddef>
#include <optional>
#include <utility>

namespace stepscope {

/// The gaps of one device in order of length: the longest first, of equals the earlier. Nothing is sorted:
/// a neighbour in that order costs one pass over the gaps of the window, when it is asked for. Where bands
/// are chosen, only gaps of those lengths are in it.
class GapRanking {
public:
    /// Gaps [first, last) of the index.
    using Part = std::pair<std::size_t, std::size_t>;

    GapRanking() = default;
    /// `gaps` must outlive the ranking.
    explicit GapRanking(const GapIndex& gaps) : m_gaps(&gaps) {}

    const BandRange& bands() const { return m_bands; }
    void setBands(BandRange bands);

    /// The longest of `part`; none when it is empty.
    std::optional<std::size_t> longest(Part part) const;
    /// The one that comes right after, or right before `gap`; none when that is the last, or the first.
    std::optional<std::size_t> after(std::size_t gap, Part part) const;
    std::optional<std::size_t> before(std::size_t gap, Part part) const;

    /// How many gaps of `part` come before `gap`, which is one of them. Asked again for a part that begins or
    /// ends elsewhere it costs the gaps that were gained and lost, so that a number can follow a dragged
    /// window.
    std::size_t rankOf(std::size_t gap, Part part);
    /// Gaps that were looked at so far: what all this has cost.
    std::size_t looked() const { return m_looked; }

private:
    bool isBefore(std::size_t a, std::size_t b) const;
    std::size_t countBefore(std::size_t gap, std::size_t first, std::size_t last) const;
    template <class Accepts, class IsBetter>
    std::optional<std::size_t> best(Part part, Accepts accepts, IsBetter isBetter) const;

    const GapIndex* m_gaps = nullptr;
    BandRange m_bands;
    std::optional<std::size_t> m_gap; // whose rank is known: m_rank, in m_part
    Part m_part{0, 0};
    std::size_t m_rank = 0;
    mutable std::size_t m_looked = 0;
};

} // namespace stepscope
