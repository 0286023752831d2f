#pragma once

#include "core/analysis/intervalunion.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// Log-spaced bands of gap length, 12 per decade from 1 ns on (product.md §Exports): band k holds lengths
/// in [lowerEdge(k), lowerEdge(k + 1)).
class GapBands {
public:
    static constexpr std::size_t perDecade = 12;
    static constexpr std::size_t count = 12 * perDecade; // up to 1000 s; the last band holds all above

    /// The smallest whole number of ns in the band.
    static Duration lowerEdge(std::size_t band);
    static std::size_t bandOf(Duration length);
};

/// Neighbouring bands [first, last): gaps of lengths in [lower(), upper()).
struct BandRange {
    std::size_t first = 0;
    std::size_t last = GapBands::count;

    bool contains(std::size_t band) const { return first <= band && band < last; }
    Duration lower() const { return GapBands::lowerEdge(first); }
    Duration upper() const { return GapBands::lowerEdge(last); }
    friend bool operator==(const BandRange&, const BandRange&) = default;
};

/// Number and total length of gaps per band.
struct GapHistogram {
    std::array<std::uint64_t, GapBands::count> gaps{};
    std::array<Duration, GapBands::count> time{};
    std::uint64_t gapCount = 0;
    Duration gapTime = Duration::zero();

    friend bool operator==(const GapHistogram&, const GapHistogram&) = default;
};

/// The idle gaps between the busy intervals of one device, with block sums, so that the histogram of a
/// window costs a few hundred steps whatever the number of gaps. Immutable; safe to read from any thread.
class GapIndex {
public:
    GapIndex() = default;
    /// O(n). Shares what `busy` holds.
    static GapIndex between(const IntervalUnion& busy);

    std::size_t size() const { return m_band.size(); }
    TimeRange operator[](std::size_t index) const { return {m_busy[index].end, m_busy[index + 1].begin}; }
    /// The band of a gap's length.
    std::size_t bandOf(std::size_t index) const { return m_band[index]; }

    /// Gaps wholly inside the window; clipped ones count as idle time only (definitions.md §2).
    GapHistogram histogramIn(TimeRange window) const;
    /// Indices [first, last) of the gaps wholly inside the window. As IntervalUnion::firstEndingAfter().
    std::pair<std::size_t, std::size_t> insideOf(TimeRange window) const;
    /// The first gap that ends after `time`; size() when none does. As IntervalUnion::firstEndingAfter().
    std::size_t firstEndingAfter(TimePoint time) const;
    /// The first gap of [first, last) in one of the bands; `last` when there is none. A block without any is
    /// passed over by its sums, and within a block it is one byte a gap.
    std::size_t firstOf(BandRange bands, std::size_t first, std::size_t last) const;
    /// The longest gap wholly inside the window, the first of equals. O(gaps in the window).
    std::optional<TimeRange> largestIn(TimeRange window) const;

private:
    static constexpr std::size_t blockSize = 1024;
    bool blockHolds(std::size_t block, BandRange bands) const;
    void add(GapHistogram& histogram, std::size_t first, std::size_t last) const;

    IntervalUnion m_busy; // gaps lie between its intervals
    std::vector<std::uint8_t> m_band;
    std::vector<GapHistogram> m_beforeBlock; // sums over all gaps before the block
};

} // namespace stepscope
