#include "core/import/gzipstream.h"

#include "core/import/inflaters.h"

#include <algorithm>

namespace stepscope {

namespace {

/// Traces shrink 12- to 30-fold (formats.md §5); platform.md §5.1 sets the guard.
constexpr std::uint64_t guardStartsAt = 64ULL * 1024 * 1024;
constexpr std::uint64_t highestRatio = 200;
/// Of a member (RFC 1952 §2.3): no head is shorter; its end, the check sum and the length, low byte first.
constexpr std::uint64_t shortestHead = 10;
constexpr int sumsBytes = 8;

} // namespace

struct GzipStream::Inflaters {
    ZlibInflater zlib;
    FastInflater fast;
};

GzipStream::GzipStream(FileReader& file, bool isGzip, Progress& progress, bool acceptsExpansion,
                       std::size_t packedPiece)
    : m_file(file), m_progress(progress), m_acceptsExpansion(acceptsExpansion)
{
    if (isGzip) {
        m_inflaters = std::make_unique<Inflaters>();
        m_packed.resize(packedPiece);
    }
}

GzipStream::~GzipStream() = default;

bool GzipStream::looksCompressed(std::string_view head)
{
    return head.size() >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
}

bool GzipStream::isSuspicious(std::uint64_t packedBytes, std::uint64_t textBytes)
{
    return textBytes > guardStartsAt && textBytes / highestRatio > packedBytes;
}

std::uint64_t GzipStream::packedBytes() const
{
    return m_file.offset() - m_input.size();
}

void GzipStream::end(Fault fault, std::string detail)
{
    m_isAtEnd = true;
    m_fault = fault;
    m_faultDetail = std::move(detail);
}

std::string_view GzipStream::next()
{
    m_output.resize(usualPiece);
    return {m_output.data(), read(m_output)};
}

std::size_t GzipStream::read(std::span<char> buffer)
{
    const std::span<char> piece = buffer.first(std::min(buffer.size(), usualPiece));
    const std::size_t size = m_inflaters ? inflateInto(piece) : copyInto(piece);
    m_textBytes += size;
    return size;
}

std::size_t GzipStream::copyInto(std::span<char> buffer)
{
    if (m_isAtEnd)
        return 0;
    if (m_progress.isCancelled()) {
        end(Fault::Cancelled);
        return 0;
    }
    const std::size_t size = m_file.read({reinterpret_cast<unsigned char*>(buffer.data()), buffer.size()});
    m_progress.report(m_file.offset(), m_file.fileBytes());
    if (size == 0)
        end(m_file.fault().empty() ? Fault::None : Fault::Unreadable, m_file.fault());
    return size;
}

std::size_t GzipStream::inflateInto(std::span<char> buffer)
{
    std::size_t produced = 0;
    while (produced < buffer.size() && !m_isAtEnd) {
        if (!fillInput())
            continue;
        switch (m_part) {
        case Part::Padding:
            skipPadding();
            break;
        case Part::Head:
            readHead();
            break;
        case Part::Body:
            produced += inflateBody(buffer.subspan(produced));
            break;
        case Part::Sums:
            readSums();
            break;
        }
        const std::uint64_t expanded = m_textBytes + produced;
        if (!m_acceptsExpansion && isSuspicious(packedBytes(), expanded)) {
            end(Fault::Suspicious, std::to_string(packedBytes()) + " compressed bytes gave " +
                                       std::to_string(expanded) + " bytes");
            return 0;
        }
    }
    return produced;
}

/// False when there is nothing to decode: at the end, or when zlib decoded again what the fast one had.
bool GzipStream::fillInput()
{
    if (m_progress.isCancelled()) {
        end(Fault::Cancelled);
        return false;
    }
    if (!m_input.empty())
        return true;
    const std::size_t size = m_file.read(m_packed);
    m_progress.report(m_file.offset(), m_file.fileBytes());
    m_input = std::span(m_packed).first(size);
    if (size > 0)
        return true;
    if (!m_file.fault().empty())
        end(Fault::Unreadable, m_file.fault());
    else if (m_part == Part::Padding)
        end(Fault::None);
    else if (m_part == Part::Body && m_isFast)
        decodeAgain();
    else if (m_part == Part::Body && m_holdsText)
        return true; // zlib took it all and did not have the room
    else
        end(Fault::Truncated, "the compressed data ends at byte " + std::to_string(packedBytes()));
    return false;
}

/// After a member: whether another one follows. Zero padding (tapes, block devices) is skipped.
void GzipStream::skipPadding()
{
    const auto found = std::find_if(m_input.begin(), m_input.end(), [](unsigned char c) { return c != 0; });
    take(static_cast<std::size_t>(found - m_input.begin()));
    if (m_input.empty())
        return;
    if (m_input.front() != 0x1f) {
        endAtTrailing(packedBytes());
        return;
    }
    m_inflaters->zlib.beginHead();
    m_headBegin = packedBytes();
    m_part = Part::Head;
}

void GzipStream::readHead()
{
    const InflateStep head = m_inflaters->zlib.readHead(m_input);
    take(head.taken);
    if (head.outcome == InflateStep::Outcome::Refused) {
        // No gzip head after a whole member.
        if (m_headBegin > 0 && packedBytes() - m_headBegin < shortestHead)
            endAtTrailing(m_headBegin);
        else
            endAtRefusal(m_inflaters->zlib.fault());
    } else if (head.outcome == InflateStep::Outcome::Ended) {
        m_inflaters->fast.beginBody();
        m_isFast = true;
        m_bodyBegin = packedBytes();
        m_bodyBytes = 0;
        m_checkSum = 0;
        m_part = Part::Body;
    }
}

std::size_t GzipStream::inflateBody(std::span<char> buffer)
{
    const InflateStep body = m_isFast ? m_inflaters->fast.inflateBody(m_input, buffer)
                                      : m_inflaters->zlib.inflateBody(m_input, buffer);
    if (m_isFast && body.outcome == InflateStep::Outcome::Refused) {
        decodeAgain();
        return 0;
    }
    take(body.taken);
    m_holdsText = body.put == buffer.size();
    m_bodyBytes += body.put;
    m_checkSum = gzipCheckSum(m_checkSum, buffer.first(body.put));
    if (body.outcome == InflateStep::Outcome::Refused) {
        endAtRefusal(m_inflaters->zlib.fault());
    } else if (body.outcome == InflateStep::Outcome::Ended) {
        m_sumBytes = 0;
        m_part = Part::Sums;
    }
    return body.put;
}

/// Has zlib decode the body from its beginning up to where the fast one stands, to go on from there.
void GzipStream::decodeAgain()
{
    const std::uint64_t known = m_bodyBytes;
    const std::uint32_t knownSum = m_checkSum;
    m_isFast = false;
    m_holdsText = false;
    m_bodyBytes = 0;
    m_checkSum = 0;
    m_input = {};
    if (!m_file.goBackTo(m_bodyBegin)) {
        end(Fault::Unreadable, m_file.fault());
        return;
    }
    m_inflaters->zlib.beginBody();
    std::vector<char> same(std::min<std::uint64_t>(known, usualPiece));
    while (m_bodyBytes < known && !m_isAtEnd && m_part == Part::Body) {
        if (fillInput())
            inflateBody(std::span(same).first(std::min<std::uint64_t>(known - m_bodyBytes, same.size())));
    }
    if (!m_isAtEnd && (m_bodyBytes < known || m_checkSum != knownSum))
        endAtRefusal("the text cannot be decoded with certainty");
}

void GzipStream::readSums()
{
    const std::uint64_t expected = std::uint64_t{m_checkSum} | (m_bodyBytes & 0xffffffffU) << 32;
    for (; m_sumBytes < sumsBytes && !m_input.empty(); ++m_sumBytes) {
        if (m_input.front() != (expected >> 8 * m_sumBytes & 0xffU)) {
            endAtRefusal("incorrect check sum");
            return;
        }
        take(1);
    }
    if (m_sumBytes == sumsBytes)
        m_part = Part::Padding;
}

void GzipStream::endAtTrailing(std::uint64_t offset)
{
    m_trailingBytes = m_file.fileBytes() - offset;
    end(Fault::None);
}

void GzipStream::endAtRefusal(const std::string& why)
{
    end(Fault::Damaged, "byte " + std::to_string(packedBytes()) + ": " + why);
}

void GzipStream::skipToEnd()
{
    m_isAtEnd = true;
    m_packed.resize(usualPiece);
    m_input = {};
    while (!m_progress.isCancelled() && m_file.read(m_packed) > 0)
        m_progress.report(m_file.offset(), m_file.fileBytes());
}

} // namespace stepscope
