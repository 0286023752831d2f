#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace stepscope {

/// An index that does not mix with other indices. `StrongId()` is "none".
template <class Tag> class StrongId {
public:
    static constexpr std::uint32_t noneValue = std::numeric_limits<std::uint32_t>::max();

    constexpr StrongId() = default;
    constexpr explicit StrongId(std::uint32_t value) : m_value(value) {}
    constexpr explicit StrongId(std::size_t value) : m_value(static_cast<std::uint32_t>(value)) {}
    constexpr explicit StrongId(int value) : m_value(static_cast<std::uint32_t>(value)) {}

    constexpr bool isValid() const { return m_value != noneValue; }
    constexpr std::uint32_t value() const { return m_value; }

    friend constexpr auto operator<=>(StrongId, StrongId) = default;

private:
    std::uint32_t m_value = noneValue;
};

using NameId = StrongId<struct NameTag>;       ///< index into the trace's StringPool
using DeviceId = StrongId<struct DeviceTag>;   ///< index into Trace::devices(): one busy lane each
using ProcessId = StrongId<struct ProcessTag>; ///< index into Trace::processes()
using ThreadId = StrongId<struct ThreadTag>;   ///< index into Trace::threads()
using CallId = StrongId<struct CallTag>;       ///< row of the trace's ApiCallTable

} // namespace stepscope

template <class Tag> struct std::hash<stepscope::StrongId<Tag>> {
    std::size_t operator()(stepscope::StrongId<Tag> id) const noexcept
    {
        return std::hash<std::uint32_t>{}(id.value());
    }
};
