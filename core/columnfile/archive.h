#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stepscope {

/// The last value of an enumeration that an archive may hold.
template <class Enum> constexpr Enum lastOf = Enum{};

/// Small things as bytes, one after another and without gaps: numbers as they lie in memory, a text or a list
/// behind its length (64 bits), an optional behind a byte. A struct is what its `transfer(archive, struct)`
/// lists, for writing and reading alike.
class ArchiveWriter {
public:
    static constexpr bool isReading = false;

    template <class... Values> void operator()(const Values&... values) { (put(values), ...); }
    const std::string& bytes() const { return m_bytes; }

private:
    template <class Value> void put(const Value& value)
    {
        if constexpr (std::is_arithmetic_v<Value> || std::is_enum_v<Value>)
            m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        else
            transfer(*this, const_cast<Value&>(value)); // which changes nothing but when reading
    }
    template <class Tag> void put(const StrongId<Tag>& id) { put(id.value()); }
    void put(const Duration& duration) { put(duration.count()); }
    void put(const TimePoint& time) { put(time.time_since_epoch()); }
    void put(const TimeRange& range) { (*this)(range.begin, range.end); }
    void put(const std::string& text)
    {
        put(std::uint64_t{text.size()});
        m_bytes += text;
    }
    template <class A, class B> void put(const std::pair<A, B>& pair) { (*this)(pair.first, pair.second); }
    template <class Value> void put(const std::optional<Value>& value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <class Value> void put(const std::vector<Value>& values)
    {
        put(std::uint64_t{values.size()});
        for (const Value& value : values)
            put(value);
    }

    std::string m_bytes;
};

/// What an ArchiveWriter wrote, from bytes that may be anything: never reads beyond them, takes no more
/// memory than a small multiple of them, and says whether all was well.
class ArchiveReader {
public:
    static constexpr bool isReading = true;

    explicit ArchiveReader(std::string_view bytes) : m_left(bytes) {}

    template <class... Values> void operator()(Values&... values) { (get(values), ...); }
    /// Nothing was missing, nothing out of range, and nothing is left.
    bool isDone() const { return m_isGood && m_left.empty(); }

private:
    template <class Value> void get(Value& value)
    {
        if constexpr (std::is_same_v<Value, bool>) {
            std::uint8_t byte = 0;
            take(&byte, sizeof byte);
            m_isGood = m_isGood && byte <= 1;
            value = byte == 1;
        } else if constexpr (std::is_enum_v<Value>) {
            std::underlying_type_t<Value> number{};
            take(&number, sizeof number);
            m_isGood = m_isGood && number >= 0 && number <= static_cast<decltype(number)>(lastOf<Value>);
            value = m_isGood ? static_cast<Value>(number) : Value{};
        } else if constexpr (std::is_arithmetic_v<Value>) {
            take(&value, sizeof value);
        } else {
            transfer(*this, value);
        }
    }
    template <class Tag> void get(StrongId<Tag>& id)
    {
        std::uint32_t value = 0;
        get(value);
        id = StrongId<Tag>(value);
    }
    void get(Duration& duration)
    {
        std::int64_t count = 0;
        get(count);
        duration = Duration(count);
    }
    void get(TimePoint& time)
    {
        Duration since{};
        get(since);
        time = TimePoint(since);
    }
    void get(TimeRange& range) { (*this)(range.begin, range.end); }
    void get(std::string& text)
    {
        const std::uint64_t size = takeCount();
        text.assign(m_left.substr(0, size));
        m_left.remove_prefix(size);
    }
    template <class A, class B> void get(std::pair<A, B>& pair) { (*this)(pair.first, pair.second); }
    template <class Value> void get(std::optional<Value>& value)
    {
        bool isThere = false;
        get(isThere);
        value.reset();
        if (isThere)
            get(value.emplace());
    }
    template <class Value> void get(std::vector<Value>& values)
    {
        values.clear();
        for (std::uint64_t left = takeCount(); left > 0 && m_isGood; --left)
            get(values.emplace_back());
    }

    void take(void* value, std::size_t size)
    {
        m_isGood = m_isGood && size <= m_left.size();
        if (!m_isGood)
            return;
        std::memcpy(value, m_left.data(), size);
        m_left.remove_prefix(size);
    }
    /// How many bytes or values follow, each of which takes a byte at least; 0 once something was wrong.
    std::uint64_t takeCount()
    {
        std::uint64_t count = 0;
        take(&count, sizeof count);
        m_isGood = m_isGood && count <= m_left.size();
        return m_isGood ? count : 0;
    }

    std::string_view m_left;
    bool m_isGood = true;
};

} // namespace stepscope
