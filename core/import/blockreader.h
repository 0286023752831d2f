#pragma once

#include "core/import/textblock.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace stepscope {

class GzipStream;

/// Puts the pieces of a text together to blocks that end behind an event, where one can be seen. Not
/// thread-safe.
class BlockReader {
public:
    /// `source` must outlive the reader. A block is no longer than `blockBytes`.
    BlockReader(GzipStream& source, std::size_t blockBytes) : m_source(source), m_blockBytes(blockBytes) {}

    /// Fills `block` with what comes next, not its events. False at the end of the text. O(bytes).
    bool read(TextBlock& block);

private:
    GzipStream& m_source;
    std::size_t m_blockBytes;
    std::string m_rest; // of the piece before, behind the last event
    std::uint64_t m_offset = 0;
    bool m_isBehindEvent = false;
    bool m_isAtEnd = false;
};

/// Where the last event ends behind which another one begins, as far as one can tell without reading the text
/// from the start; 0 when none is seen. Looks no further back than it must.
std::size_t lastEventEnd(std::string_view text);

} // namespace stepscope
