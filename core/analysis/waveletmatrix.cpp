#include "core/analysis/waveletmatrix.h"

#include <algorithm>
#include <bit>

namespace stepscope {

namespace {

constexpr std::size_t wordBits = 64;

/// As std::popcount, which is a call into a library where the processor's own instruction may not be used.
std::uint64_t countOnes(std::uint64_t bits)
{
    bits -= (bits >> 1) & 0x5555555555555555U;
    bits = (bits & 0x3333333333333333U) + ((bits >> 2) & 0x3333333333333333U);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return (bits * 0x0101010101010101U) >> 56;
}

} // namespace

std::size_t WaveletMatrix::Level::onesBefore(std::size_t position) const
{
    const Word& word = words[position / wordBits];
    const std::uint64_t below = (std::uint64_t{1} << (position % wordBits)) - 1;
    return word.onesBefore + countOnes(word.bits & below);
}

WaveletMatrix::WaveletMatrix(std::vector<std::int64_t> values) : m_different(values)
{
    if (values.empty())
        return;
    std::sort(m_different.begin(), m_different.end());
    m_different.erase(std::unique(m_different.begin(), m_different.end()), m_different.end());
    m_different.shrink_to_fit();

    const std::size_t size = values.size();
    std::vector<std::int64_t>& places = values; // from here on
    for (std::int64_t& value : values)
        value = std::lower_bound(m_different.begin(), m_different.end(), value) - m_different.begin();
    const auto bits = static_cast<std::size_t>(std::bit_width(m_different.size() - 1));
    m_levels.resize(bits);
    for (std::size_t k = 0; k < bits; ++k) {
        Level& level = m_levels[k];
        const std::int64_t mask = std::int64_t{1} << (bits - 1 - k);
        level.words.resize(size / wordBits + 1);
        for (std::size_t i = 0; i < size; ++i) {
            if ((places[i] & mask) != 0)
                level.words[i / wordBits].bits |= std::uint64_t{1} << (i % wordBits);
        }
        std::uint64_t ones = 0;
        for (Word& word : level.words) {
            word.onesBefore = ones;
            ones += static_cast<std::uint64_t>(std::popcount(word.bits));
        }
        level.zeros = size - ones;
        std::stable_partition(places.begin(), places.end(),
                              [mask](std::int64_t place) { return (place & mask) == 0; });
    }
}

WaveletMatrix::Node WaveletMatrix::zerosOf(const Level& level, const Node& node)
{
    return {node.first - level.onesBefore(node.first), node.last - level.onesBefore(node.last),
            2 * node.place};
}

/// `zeros` is zerosOf() the same node.
WaveletMatrix::Node WaveletMatrix::onesOf(const Level& level, const Node& node, const Node& zeros)
{
    return {level.zeros + node.first - zeros.first, level.zeros + node.last - zeros.last, 2 * node.place + 1};
}

/// Without a branch: it would be guessed wrongly half of the time, and queries side by side would wait for
/// each other's memory.
WaveletMatrix::Node WaveletMatrix::narrowed(const Level& level, const Node& node, std::size_t& rank)
{
    const Node zeros = zerosOf(level, node);
    const Node ones = onesOf(level, node, zeros);
    const auto isOne = static_cast<std::size_t>(rank >= zeros.size());
    const std::size_t mask = ~isOne + 1; // all bits or none
    rank -= zeros.size() & mask;
    const auto chosen = [mask](std::size_t zero, std::size_t one) { return zero ^ ((zero ^ one) & mask); };
    return {chosen(zeros.first, ones.first), chosen(zeros.last, ones.last), 2 * node.place + isOne};
}

std::int64_t WaveletMatrix::nth(const Query& query) const
{
    Node node{query.first, query.last, 0};
    std::size_t rank = query.rank;
    for (const Level& level : m_levels)
        node = narrowed(level, node, rank);
    return m_different[node.place];
}

std::vector<std::int64_t> WaveletMatrix::nthOfEach(std::span<const Query> queries) const
{
    std::vector<Node> nodes;
    std::vector<std::size_t> ranks;
    for (const Query& query : queries) {
        nodes.push_back({query.first, query.last, 0});
        ranks.push_back(query.rank);
    }
    for (const Level& level : m_levels) {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            nodes[i] = narrowed(level, nodes[i], ranks[i]);
    }
    std::vector<std::int64_t> values;
    values.reserve(nodes.size());
    for (const Node& node : nodes)
        values.push_back(m_different[node.place]);
    return values;
}

std::size_t WaveletMatrix::countBelow(std::size_t first, std::size_t last, std::int64_t value) const
{
    const auto place = static_cast<std::size_t>(
        std::lower_bound(m_different.begin(), m_different.end(), value) - m_different.begin());
    if (place == m_different.size())
        return last - first;
    std::size_t below = 0;
    Node node{first, last, 0};
    for (std::size_t level = 0; level < m_levels.size(); ++level) {
        const Node zeros = zerosOf(m_levels[level], node);
        if (((place >> (m_levels.size() - 1 - level)) & 1U) == 0) {
            node = zeros;
        } else {
            below += zeros.size();
            node = onesOf(m_levels[level], node, zeros);
        }
    }
    return below;
}

} // namespace stepscope
