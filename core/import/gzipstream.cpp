#include "core/import/gzipstream.h"

#include <algorithm>
#include <new>

#include <zlib.h>

namespace stepscope {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024; // stays in the cache while it is hashed
/// Traces shrink 12- to 30-fold (formats.md §5); platform.md §5.1 sets the guard.
constexpr std::uint64_t guardStartsAt = 64ULL * 1024 * 1024;
constexpr std::uint64_t highestRatio = 200;
constexpr int gzipWindowBits = 15 + 16;

} // namespace

class GzipStream::Inflater {
public:
    Inflater()
    {
        if (inflateInit2(&m_stream, gzipWindowBits) != Z_OK)
            throw std::bad_alloc();
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    z_stream& stream() { return m_stream; }

private:
    z_stream m_stream = {};
};

GzipStream::GzipStream(FileReader& file, bool isGzip, Progress& progress, bool acceptsExpansion)
    : m_file(file), m_progress(progress), m_acceptsExpansion(acceptsExpansion)
{
    if (isGzip) {
        m_inflater = std::make_unique<Inflater>();
        m_input.resize(pieceBytes);
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
    return m_file.offset() - (m_inflater ? m_inflater->stream().avail_in : 0);
}

std::size_t GzipStream::end(Fault fault, std::string detail)
{
    m_isAtEnd = true;
    m_fault = fault;
    m_faultDetail = std::move(detail);
    return 0;
}

std::string_view GzipStream::next()
{
    m_output.resize(pieceBytes);
    return {m_output.data(), read(m_output)};
}

std::size_t GzipStream::read(std::span<char> buffer)
{
    if (m_isAtEnd)
        return 0;
    if (m_progress.isCancelled())
        return end(Fault::Cancelled, {});
    const std::span<char> piece = buffer.first(std::min(buffer.size(), pieceBytes));
    if (m_inflater)
        return inflateInto(piece);
    const std::size_t size = m_file.read({reinterpret_cast<unsigned char*>(piece.data()), piece.size()});
    m_progress.report(m_file.offset(), m_file.fileBytes());
    if (size == 0)
        return m_file.fault().empty() ? end(Fault::None, {}) : end(Fault::Unreadable, m_file.fault());
    m_textBytes += size;
    return size;
}

/// False when the file has no more bytes.
bool GzipStream::fillInput()
{
    z_stream& stream = m_inflater->stream();
    if (stream.avail_in > 0)
        return true;
    const std::size_t size = m_file.read(m_input);
    m_progress.report(m_file.offset(), m_file.fileBytes());
    stream.next_in = m_input.data();
    stream.avail_in = static_cast<uInt>(size);
    return size > 0;
}

/// After a member: whether another one follows. Zero padding (tapes, block devices) is skipped.
bool GzipStream::startNextMember()
{
    z_stream& stream = m_inflater->stream();
    while (fillInput()) {
        if (*stream.next_in != 0) {
            if (*stream.next_in == 0x1f) {
                inflateReset(&stream);
                return true;
            }
            m_trailingBytes = m_file.fileBytes() - (m_file.offset() - stream.avail_in);
            return false;
        }
        ++stream.next_in;
        --stream.avail_in;
    }
    return false;
}

std::size_t GzipStream::inflateInto(std::span<char> buffer)
{
    z_stream& stream = m_inflater->stream();
    stream.next_out = reinterpret_cast<unsigned char*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const auto produced = [&] { return buffer.size() - stream.avail_out; };
    const auto position = [&] { return m_file.offset() - stream.avail_in; };
    while (stream.avail_out > 0 && !m_isAtEnd) {
        if (m_progress.isCancelled())
            return end(Fault::Cancelled, {});
        if (!fillInput()) {
            if (!m_file.fault().empty())
                end(Fault::Unreadable, m_file.fault());
            else
                end(Fault::Truncated, "the compressed data ends at byte " + std::to_string(position()));
            break;
        }
        const int status = inflate(&stream, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            if (!startNextMember())
                m_isAtEnd = true;
        } else if (status == Z_MEM_ERROR) {
            throw std::bad_alloc();
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            const bool isTrailing =
                m_textBytes + produced() > 0 && stream.total_out == 0 && stream.total_in < 10;
            if (isTrailing) { // no gzip header after a whole member
                m_trailingBytes = m_file.fileBytes() - (position() - stream.total_in);
                m_isAtEnd = true;
            } else {
                end(Fault::Damaged, "byte " + std::to_string(position()) + ": " +
                                        (stream.msg ? stream.msg : "invalid compressed data"));
            }
        }
        const std::uint64_t expanded = m_textBytes + produced();
        if (!m_acceptsExpansion && isSuspicious(position(), expanded))
            return end(Fault::Suspicious, std::to_string(position()) + " compressed bytes gave " +
                                              std::to_string(expanded) + " bytes");
    }
    m_textBytes += produced();
    return produced();
}

void GzipStream::skipToEnd()
{
    m_isAtEnd = true;
    m_input.resize(pieceBytes);
    while (!m_progress.isCancelled() && m_file.read(m_input) > 0)
        m_progress.report(m_file.offset(), m_file.fileBytes());
}

} // namespace stepscope
