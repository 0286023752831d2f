#pragma once

#include "core/import/cutdatabase.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stepscope {

/// The pages of a database file by their number. Pages one behind the other are read many at a time. Not
/// thread-safe.
class PageFile {
public:
    /// What may be read behind the end of a page; its bytes mean nothing.
    static constexpr std::size_t spareBytes = 256;

    /// nullopt for a file that is cut, of an unknown page size, or cannot be read.
    static std::optional<PageFile> open(const std::string& path, const DatabaseLength& length);

    PageFile(PageFile&& other) noexcept;
    PageFile& operator=(PageFile&&) = delete;
    ~PageFile();

    /// The bytes of a page that are used, valid until the next call; empty when there is no such page.
    std::span<const unsigned char> page(std::uint32_t number);

private:
    /// Pages in memory, one behind the other.
    struct Window {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
        std::vector<unsigned char> bytes;

        bool holds(std::uint32_t number) const { return number >= first && number - first < count; }
        /// Just behind it, or a few pages further: what is between belongs to another table.
        bool isFollowedBy(std::uint32_t number) const;
    };

    PageFile(int descriptor, const DatabaseLength& length) : m_descriptor(descriptor), m_length(length) {}
    bool load(Window& window, std::uint32_t first, std::uint32_t count);
    std::span<const unsigned char> in(const Window& window, std::uint32_t number) const;

    int m_descriptor;
    DatabaseLength m_length;
    std::size_t m_usedBytes = 0; // of a page
    Window m_run;                // pages in order
    Window m_single;             // a page from elsewhere
};

} // namespace stepscope
