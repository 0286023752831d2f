#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepscope {

/// Names, each stored once. Ids are dense from 0 in order of first appearance. Not thread-safe while
/// growing; safe to read from any thread once it is const.
class StringPool {
public:
    StringPool() = default;
    StringPool(StringPool&&) = default;
    StringPool& operator=(StringPool&&) = default;
    StringPool(const StringPool&) = delete;
    StringPool& operator=(const StringPool&) = delete;

    /// O(length). The id of `text`, new or known.
    NameId intern(std::string_view text);
    /// The id of `text` if it is known, else an invalid id.
    NameId find(std::string_view text) const;
    /// The text of an id of this pool; an empty text for an invalid id.
    std::string_view text(NameId id) const;
    std::size_t size() const { return m_texts.size(); }
    /// What the texts take, about.
    std::uint64_t bytes() const { return m_bytes; }

private:
    std::deque<std::string> m_texts; // a deque: the views in m_ids stay valid
    std::unordered_map<std::string_view, NameId> m_ids;
    std::uint64_t m_bytes = 0;
};

} // namespace stepscope
