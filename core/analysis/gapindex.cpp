#include "core/analysis/gapindex.h"

#include <algorithm>
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
    const BandEdges& edges = bandEdges();
    const auto above = std::upper_bound(edges.begin(), edges.end(), length);
    return above == edges.begin() ? 0 : static_cast<std::size_t>(above - edges.begin()) - 1;
}

GapIndex GapIndex::between(const IntervalUnion& busy)
{
    GapIndex index;
    if (busy.size() < 2)
        return index;
    index.m_gaps.reserve(busy.size() - 1);
    index.m_band.reserve(busy.size() - 1);
    GapHistogram sum;
    for (std::size_t next = 1; next < busy.size(); ++next) {
        if ((next - 1) % blockSize == 0)
            index.m_beforeBlock.push_back(sum);
        const TimeRange gap{busy[next - 1].end, busy[next].begin};
        index.m_gaps.push_back(gap);
        index.m_band.push_back(static_cast<std::uint8_t>(GapBands::bandOf(gap.duration())));
        index.add(sum, next - 1, next);
    }
    index.m_begins = TimeLookup(index.size(), [&index](std::size_t gap) { return index.m_gaps[gap].begin; });
    return index;
}

void GapIndex::add(GapHistogram& histogram, std::size_t first, std::size_t last) const
{
    for (std::size_t gap = first; gap < last; ++gap) {
        const Duration length = m_gaps[gap].duration();
        ++histogram.gaps[m_band[gap]];
        histogram.time[m_band[gap]] += length;
        ++histogram.gapCount;
        histogram.gapTime += length;
    }
}

std::pair<std::size_t, std::size_t> GapIndex::insideOf(TimeRange window) const
{
    const auto beginOf = [this](std::size_t gap) { return m_gaps[gap].begin; };
    const std::size_t first = m_begins.firstNotBefore(window.begin, beginOf);
    std::size_t last = m_begins.firstNotBefore(window.end, beginOf);
    if (last > 0 && m_gaps[last - 1].end > window.end) // of those that begin before, only the last can
        --last;
    return {first, std::max(first, last)};
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
    const auto begin = m_gaps.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = m_gaps.begin() + static_cast<std::ptrdiff_t>(last);
    return *std::max_element(
        begin, end, [](const TimeRange& a, const TimeRange& b) { return a.duration() < b.duration(); });
}

} // namespace stepscope
