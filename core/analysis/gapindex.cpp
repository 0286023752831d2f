#include "core/analysis/gapindex.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

using BandEdges = std::array<Duration, GapBands::count>;

BandEdges makeBandEdges()
{
    BandEdges edges{};
    std::int64_t decade = 1;
    for (std::size_t band = 0; band < GapBands::count; ++band) {
        const std::size_t within = band % GapBands::perDecade;
        if (band > 0 && within == 0)
            decade *= 10;
        const long double factor = std::pow(10.0L, static_cast<long double>(within) / GapBands::perDecade);
        edges[band] =
            Duration(static_cast<std::int64_t>(std::ceil(factor * static_cast<long double>(decade))));
    }
    return edges;
}

const BandEdges& bandEdges()
{
    static const BandEdges edges = makeBandEdges();
    return edges;
}

/// Where a search for a band begins and what it compares with.
struct BandSearch {
    /// Of twelve edges a decade no more lie between two powers of two.
    static constexpr std::size_t edgesOfPower = 4;

    std::array<std::uint8_t, 64> bandOfPower{}; // of two: the band that it lies in
    std::array<Duration, GapBands::count + edgesOfPower> edges{};

    BandSearch()
    {
        const auto end = std::copy(bandEdges().begin(), bandEdges().end(), edges.begin());
        std::fill(end, edges.end(), Duration::max());
        for (std::size_t power = 0; power < 63; ++power) {
            const auto above = std::upper_bound(edges.begin(), end, Duration(std::int64_t{1} << power));
            bandOfPower[power] = static_cast<std::uint8_t>(above - edges.begin() - 1);
        }
    }
};

void addDifference(GapHistogram& sum, const GapHistogram& until, const GapHistogram& before)
{
    for (std::size_t band = 0; band < GapBands::count; ++band) {
        sum.gaps[band] += until.gaps[band] - before.gaps[band];
        sum.time[band] += until.time[band] - before.time[band];
    }
    sum.gapCount += until.gapCount - before.gapCount;
    sum.gapTime += until.gapTime - before.gapTime;
}

} // namespace

Duration GapBands::lowerEdge(std::size_t band)
{
    return bandEdges()[std::min(band, count - 1)];
}

std::size_t GapBands::bandOf(Duration length)
{
    static const BandSearch search;
    if (length < Duration(1))
        return 0;
    const std::size_t first =
        search.bandOfPower[std::bit_width(static_cast<std::uint64_t>(length.count())) - 1U];
    std::size_t band = first; // all are compared: which one it is cannot be guessed
    for (std::size_t next = 1; next <= BandSearch::edgesOfPower; ++next)
        band += search.edges[first + next] <= length ? 1U : 0U;
    return band;
}

GapIndex GapIndex::between(const IntervalUnion& busy)
{
    GapIndex index;
    if (busy.size() < 2)
        return index;
    index.m_busy = busy;
    index.m_band.reserve(busy.size() - 1);
    GapHistogram sum;
    TimePoint begin = busy[0].end;
    for (std::size_t gap = 0; gap + 1 < busy.size(); ++gap) {
        if (gap % blockSize == 0)
            index.m_beforeBlock.push_back(sum);
        const TimeRange next = busy[gap + 1];
        const Duration length = next.begin - begin;
        begin = next.end;
        const std::size_t band = GapBands::bandOf(length);
        index.m_band.push_back(static_cast<std::uint8_t>(band));
        ++sum.gaps[band];
        sum.time[band] += length;
        ++sum.gapCount;
        sum.gapTime += length;
    }
    return index;
}

void GapIndex::add(GapHistogram& histogram, std::size_t first, std::size_t last) const
{
    for (std::size_t gap = first; gap < last; ++gap) {
        const Duration length = (*this)[gap].duration();
        ++histogram.gaps[m_band[gap]];
        histogram.time[m_band[gap]] += length;
        ++histogram.gapCount;
        histogram.gapTime += length;
    }
}

std::pair<std::size_t, std::size_t> GapIndex::insideOf(TimeRange window) const
{
    const std::size_t first = std::min(m_busy.firstEndingAt(window.begin), size());
    std::size_t last = std::min(m_busy.firstEndingAt(window.end), size());
    if (last > 0 && (*this)[last - 1].end > window.end) // of those that begin before, only the last can
        --last;
    return {first, std::max(first, last)};
}

std::size_t GapIndex::firstEndingAfter(TimePoint time) const
{
    if (size() == 0)
        return 0;
    const std::size_t next = m_busy.firstEndingAfter(time); // the gap before it has ended, unless it is ahead
    if (next == 0 || next > size())
        return std::min(next, size());
    return m_busy[next].begin > time ? next - 1 : std::min(next, size());
}

bool GapIndex::blockHolds(std::size_t block, BandRange bands) const
{
    if (block + 1 >= m_beforeBlock.size())
        return true; // no sums after the last one
    const auto& before = m_beforeBlock[block].gaps;
    const auto& until = m_beforeBlock[block + 1].gaps;
    for (std::size_t band = bands.first; band < bands.last; ++band) {
        if (before[band] != until[band])
            return true;
    }
    return false;
}

std::size_t GapIndex::firstOf(BandRange bands, std::size_t first, std::size_t last) const
{
    const std::size_t number = bands.last - bands.first;
    const auto isIn = [&](std::uint8_t band) { return std::size_t{band} - bands.first < number; };
    while (first < last) {
        const std::size_t block = first / blockSize;
        const std::size_t end = std::min(last, (block + 1) * blockSize);
        if (first % blockSize != 0 || blockHolds(block, bands)) {
            const auto found = std::find_if(m_band.begin() + static_cast<std::ptrdiff_t>(first),
                                            m_band.begin() + static_cast<std::ptrdiff_t>(end), isIn);
            const auto at = static_cast<std::size_t>(found - m_band.begin());
            if (at < end)
                return at;
        }
        first = end;
    }
    return last;
}

GapHistogram GapIndex::histogramIn(TimeRange window) const
{
    const auto [first, last] = insideOf(window);
    GapHistogram histogram;
    const std::size_t firstBlock = (first + blockSize - 1) / blockSize;
    const std::size_t lastBlock = last / blockSize;
    if (firstBlock >= lastBlock) {
        add(histogram, first, last);
        return histogram;
    }
    add(histogram, first, firstBlock * blockSize);
    if (lastBlock == m_beforeBlock.size()) { // the last block is full: there are no sums after it
        addDifference(histogram, m_beforeBlock[lastBlock - 1], m_beforeBlock[firstBlock]);
        add(histogram, (lastBlock - 1) * blockSize, last);
    } else {
        addDifference(histogram, m_beforeBlock[lastBlock], m_beforeBlock[firstBlock]);
        add(histogram, lastBlock * blockSize, last);
    }
    return histogram;
}

std::optional<TimeRange> GapIndex::largestIn(TimeRange window) const
{
    const auto [first, last] = insideOf(window);
    if (first == last)
        return std::nullopt;
    TimeRange longest = (*this)[first];
    TimePoint begin = m_busy[first + 1].end;
    for (std::size_t gap = first + 1; gap < last; ++gap) {
        const TimeRange next = m_busy[gap + 1];
        if (next.begin - begin > longest.duration())
            longest = {begin, next.begin};
        begin = next.end;
    }
    return longest;
}

} // namespace stepscope
