#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepscope::testsupport {

/// Index into a NameTable.
using NameId = std::uint32_t;

/// The distinct names of a trace. Ids are dense, in order of first use, and stay valid.
class NameTable {
public:
    NameId intern(std::string_view name);
    const std::string& text(NameId id) const { return m_texts[id]; }
    std::size_t size() const { return m_texts.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    std::vector<std::string> m_texts;
    std::unordered_map<std::string, NameId, Hash, std::equal_to<>> m_ids;
};

} // namespace stepscope::testsupport
