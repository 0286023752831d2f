#include "core/import/pagefile.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace stepscope {

namespace {

constexpr std::uint32_t mostBytesAtOnce = 128 * 1024;
constexpr std::uint32_t farthestBehind = 8;
constexpr off_t placeOfReserved = 20;        // in the header: bytes at the end of each page that are not used
constexpr std::size_t fewestUsedBytes = 480; // sqlite.org/fileformat2.html, 1.3.4

bool readAt(int descriptor, unsigned char* buffer, std::size_t wanted, off_t offset)
{
    while (wanted > 0) {
        const ssize_t got = pread(descriptor, buffer, wanted, offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        buffer += got;
        offset += got;
        wanted -= static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace

std::optional<PageFile> PageFile::open(const std::string& path, const DatabaseLength& length)
{
    if (!std::has_single_bit(length.pageBytes) || length.isCut())
        return std::nullopt;
    PageFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), length);
    unsigned char reserved = 0;
    if (file.m_descriptor < 0 || !readAt(file.m_descriptor, &reserved, 1, placeOfReserved) ||
        length.pageBytes < reserved + fewestUsedBytes)
        return std::nullopt;
    file.m_usedBytes = length.pageBytes - reserved;
    return file;
}

PageFile::PageFile(PageFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_length(other.m_length),
      m_usedBytes(other.m_usedBytes), m_run(std::move(other.m_run)), m_single(std::move(other.m_single))
{}

PageFile::~PageFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

bool PageFile::Window::isFollowedBy(std::uint32_t number) const
{
    return count > 0 && number >= first + count && number - (first + count) < farthestBehind;
}

std::span<const unsigned char> PageFile::page(std::uint32_t number)
{
    for (Window* const window : {&m_run, &m_single}) {
        if (window->holds(number))
            return in(*window, number);
    }
    if (number == 0 || number > m_length.pages)
        return {};
    const bool goesOn = m_run.isFollowedBy(number);
    if (goesOn || m_single.isFollowedBy(number)) {
        const auto most =
            static_cast<std::uint32_t>(std::max<std::uint64_t>(mostBytesAtOnce / m_length.pageBytes, 1));
        const std::uint32_t count = goesOn ? std::min(most, 2 * m_run.count) : std::min(most, 2U);
        return load(m_run, number, count) ? in(m_run, number) : std::span<const unsigned char>();
    }
    return load(m_single, number, 1) ? in(m_single, number) : std::span<const unsigned char>();
}

bool PageFile::load(Window& window, std::uint32_t first, std::uint32_t count)
{
    window.first = first;
    window.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, m_length.pages - first + 1));
    const std::size_t bytes = window.count * m_length.pageBytes;
    window.bytes.resize(std::max(window.bytes.size(), bytes + spareBytes));
    if (readAt(m_descriptor, window.bytes.data(), bytes,
               static_cast<off_t>((first - 1) * m_length.pageBytes)))
        return true;
    window.count = 0;
    return false;
}

std::span<const unsigned char> PageFile::in(const Window& window, std::uint32_t number) const
{
    return std::span(window.bytes).subspan((number - window.first) * m_length.pageBytes, m_usedBytes);
}

} // namespace stepscope
