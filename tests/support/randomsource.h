#pragma once

#include <cstdint>

namespace stepscope::testsupport {

/// SplitMix64. Own code rather than <random>, whose distributions differ between libraries.
class RandomSource {
public:
    explicit RandomSource(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15u;
        return mix(m_state);
    }

    /// Uniform in [0, count); `count` > 0.
    std::uint64_t below(std::uint64_t count) { return next() % count; }

    /// Uniform in [-limit, limit]; `limit` >= 0.
    std::int64_t symmetric(std::int64_t limit)
    {
        return static_cast<std::int64_t>(below(2 * static_cast<std::uint64_t>(limit) + 1)) - limit;
    }

    /// A well spread hash of `value`: decisions that must not depend on the order of calls.
    static std::uint64_t mix(std::uint64_t value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
        return value ^ (value >> 31);
    }

private:
    std::uint64_t m_state;
};

} // namespace stepscope::testsupport
