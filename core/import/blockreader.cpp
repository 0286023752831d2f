#include "core/import/blockreader.h"

#include "core/import/eventscanner.h"
#include "core/import/gzipstream.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace stepscope {

namespace {

std::size_t lastNonBlank(std::string_view text, std::size_t end)
{
    const std::size_t found = text.substr(0, end).find_last_not_of(" \n\r\t");
    return found == std::string_view::npos ? text.size() : found;
}

/// A member that each event of a writer begins with.
constexpr std::array<std::string_view, 4> firstMembers = {"\"ph\"", "\"name\"", "\"cat\"", "\"ts\""};

} // namespace

std::size_t lastEventEnd(std::string_view text)
{
    for (std::size_t at = text.size(); at > 0;) {
        const std::size_t brace = text.rfind('{', at - 1);
        if (brace == std::string_view::npos)
            return 0;
        at = brace;
        const std::size_t first = text.find_first_not_of(" \n\r\t", brace + 1);
        if (first == std::string_view::npos)
            continue;
        const std::string_view member = text.substr(first, 8);
        if (std::none_of(firstMembers.begin(), firstMembers.end(),
                         [member](std::string_view known) { return member.starts_with(known); }))
            continue;
        const std::size_t comma = lastNonBlank(text, brace);
        if (comma >= brace || text[comma] != ',')
            continue;
        const std::size_t end = lastNonBlank(text, comma);
        if (end < comma && text[end] == '}')
            return end + 1;
    }
    return 0;
}

bool BlockReader::read(TextBlock& block)
{
    block.events.clear();
    block.scannedTo = 0;
    block.offset = m_offset;
    block.beginsBehindEvent = m_isBehindEvent;
    block.bytes.resize(m_blockBytes + scanPadding);
    std::copy(m_rest.begin(), m_rest.end(), block.bytes.begin());
    block.size = m_rest.size();
    m_rest.clear();
    while (block.size < m_blockBytes && !m_isAtEnd) {
        const std::size_t size =
            m_source.read(std::span(block.bytes).subspan(block.size, m_blockBytes - block.size));
        m_isAtEnd = size == 0;
        block.size += size;
    }
    if (!m_isAtEnd) {
        const std::size_t end = lastEventEnd(block.text());
        m_isBehindEvent = end > 0;
        if (end > 0) {
            m_rest.assign(block.text().substr(end));
            block.size = end;
        }
    }
    std::memset(block.bytes.data() + block.size, 0, scanPadding);
    m_offset += block.size;
    return block.size > 0;
}

} // namespace stepscope
