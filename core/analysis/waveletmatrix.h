#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// A row of numbers such that the order statistics of any stretch [first, last) are found in O(log n)
/// (Claude, Navarro, Ordóñez: The wavelet matrix, 2015). Some 12 bytes a number. Immutable; any thread.
class WaveletMatrix {
public:
    WaveletMatrix() = default;
    /// O(n log n).
    explicit WaveletMatrix(std::vector<std::int64_t> values);

    /// Asks for the value of [first, last) with `rank` smaller or equal ones before it; rank < last − first.
    struct Query {
        std::size_t first = 0;
        std::size_t last = 0;
        std::size_t rank = 0;
    };
    std::int64_t nth(const Query& query) const;
    /// The answers to all, found side by side: much quicker than one after the other, as each has to wait for
    /// memory.
    std::vector<std::int64_t> nthOfEach(std::span<const Query> queries) const;
    std::size_t countBelow(std::size_t first, std::size_t last, std::int64_t value) const;

private:
    struct Word {
        std::uint64_t bits = 0;
        std::uint64_t onesBefore = 0; ///< in the words before
    };
    struct Level {
        std::vector<Word> words;
        std::size_t zeros = 0;

        std::size_t onesBefore(std::size_t position) const;
    };
    /// A stretch of one level: the values whose places share their bits so far.
    struct Node {
        std::size_t first = 0;
        std::size_t last = 0;
        std::size_t place = 0;

        std::size_t size() const { return last - first; }
    };
    static Node zerosOf(const Level& level, const Node& node);
    static Node onesOf(const Level& level, const Node& node, const Node& zeros);
    /// The part of the node that holds the value of `rank`, which becomes its rank there.
    static Node narrowed(const Level& level, const Node& node, std::size_t& rank);

    std::vector<std::int64_t> m_different; // the different values in order
    std::vector<Level> m_levels;           // the highest bit of a value's place in m_different first
};

} // namespace stepscope
