#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// What a span is, as far as its look goes.
enum class SpanKind : std::uint8_t {
    Compute, ///< a kernel; a call that launches one
    Attention,
    Comm,
    Copy,        ///< copies and memsets, and the calls that start them
    Graph,       ///< a replay whose kernels were not recorded; a call that launches a graph
    Synchronize, ///< a call that waits for the device
    Other,       ///< further calls; annotations
};

inline constexpr std::size_t spanKindCount = 7;

/// Time by SpanKind.
using SpanTimes = std::array<Duration, spanKindCount>;

/// The kinds of the spans of a table, by id: read from a column of it, or kept in half a byte each, so that
/// the kinds of neighbours lie in one line of memory; nothing where all are of one kind. Immutable; any
/// thread.
class SpanKinds {
public:
    /// All of one kind.
    explicit SpanKinds(SpanKind kind) : m_all(kind) {}
    /// `kindOf(id)` for ids in [0, size). O(size).
    template <class KindOf> SpanKinds(std::size_t size, KindOf kindOf);
    /// `kindOf(column[id])`; the column must outlive this.
    template <class Kind, class KindOf> SpanKinds(std::span<const Kind> column, KindOf kindOf);

    SpanKind operator[](std::uint32_t id) const
    {
        if (m_column != nullptr)
            return m_kindOf[std::to_integer<std::size_t>(m_column[id])];
        return m_pairs.empty() ? m_all : static_cast<SpanKind>(m_pairs[id / 2] >> id % 2 * 4 & 0xfU);
    }
    /// Has the memory brought what is known of one.
    void fetch(std::uint32_t id) const
    {
        __builtin_prefetch(m_column != nullptr ? static_cast<const void*>(m_column + id)
                                               : m_pairs.data() + id / 2);
    }
    /// Of what it holds beyond itself.
    std::size_t memoryBytes() const { return m_pairs.capacity() * sizeof(m_pairs[0]); }

private:
    SpanKind m_all = SpanKind::Other;
    const std::byte* m_column = nullptr;
    std::array<SpanKind, 16> m_kindOf{}; // what is in the column
    std::vector<std::uint8_t> m_pairs;   // the kind of an even id in the low half
};

template <class KindOf> SpanKinds::SpanKinds(std::size_t size, KindOf kindOf) : m_pairs((size + 1) / 2)
{
    static_assert(spanKindCount <= 16);
    bool isOfOneKind = size > 0;
    for (std::size_t id = 0; id < size; ++id) {
        const SpanKind kind = kindOf(static_cast<std::uint32_t>(id));
        if (id == 0)
            m_all = kind;
        isOfOneKind = isOfOneKind && kind == m_all;
        m_pairs[id / 2] |= static_cast<std::uint8_t>(static_cast<unsigned>(kind) << id % 2 * 4);
    }
    if (isOfOneKind)
        m_pairs = std::vector<std::uint8_t>();
}

template <class Kind, class KindOf>
SpanKinds::SpanKinds(std::span<const Kind> column, KindOf kindOf)
    : m_column(reinterpret_cast<const std::byte*>(column.data()))
{
    static_assert(sizeof(Kind) == 1);
    for (std::size_t kind = 0; kind < m_kindOf.size(); ++kind)
        m_kindOf[kind] = kindOf(static_cast<Kind>(kind));
    assert(std::all_of(column.begin(), column.end(),
                       [this](Kind kind) { return static_cast<std::size_t>(kind) < m_kindOf.size(); }));
}

} // namespace stepscope
