#include "core/import/gzipstream.h"

#include <algorithm>
#include <array>
#include <new>

#include <libdeflate.h>
#include <zlib.h>

namespace stepscope {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024; // stays in the cache while it is hashed
/// Traces shrink 12- to 30-fold (formats.md §5); platform.md §5.1 sets the guard.
constexpr std::uint64_t guardStartsAt = 64ULL * 1024 * 1024;
constexpr std::uint64_t highestRatio = 200;
constexpr int gzipWindowBits = 15 + 16;

} // namespace

/// zlib, but for the check sum of what it decodes, which libdeflate computes in a fifth of the time: zlib
/// checks the head of a member, this its end.
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

    /// What follows what was taken. `input` has to stay until keepLast().
    void setInput(std::span<const unsigned char> input)
    {
        m_input = input;
        m_stream.next_in = const_cast<unsigned char*>(input.data());
        m_stream.avail_in = static_cast<uInt>(input.size());
    }

    void beginMember()
    {
        inflateReset(&m_stream);
        inflateValidate(&m_stream, 1);
        m_checkSum = 0;
    }

    /// As inflate(). Z_DATA_ERROR also where the sums at the end of a member are not those of its text.
    int inflateSome()
    {
        const unsigned char* const begin = m_stream.next_out;
        const int status = inflate(&m_stream, Z_NO_FLUSH);
        const auto size = static_cast<std::size_t>(m_stream.next_out - begin);
        m_checkSum = libdeflate_crc32(m_checkSum, begin, size);
        if (m_stream.total_out > 0) // behind the head
            inflateValidate(&m_stream, 0);
        if (status == Z_STREAM_END && !isEndRight()) {
            m_stream.msg = const_cast<char*>("incorrect check sum");
            return Z_DATA_ERROR;
        }
        return status;
    }

    /// Before the input goes: the end of a member may come to stand in two pieces of it.
    void keepLast()
    {
        const std::size_t taken = m_input.size() - m_stream.avail_in;
        const std::size_t fresh = std::min(taken, trailerBytes);
        std::rotate(m_last.begin(), m_last.begin() + static_cast<std::ptrdiff_t>(fresh), m_last.end());
        std::copy_n(m_stream.next_in - fresh, fresh, m_last.end() - static_cast<std::ptrdiff_t>(fresh));
        m_input = m_input.subspan(taken);
    }

private:
    static constexpr std::size_t trailerBytes = 8; // RFC 1952: the check sum and the length, low byte first

    bool isEndRight()
    {
        keepLast();
        std::uint64_t sums = 0;
        for (std::size_t i = trailerBytes; i-- > 0;)
            sums = sums << 8 | m_last[i];
        return sums == (std::uint64_t{m_checkSum} | (std::uint64_t{m_stream.total_out} & 0xffffffffU) << 32);
    }

    z_stream m_stream = {};
    std::span<const unsigned char> m_input; // from behind what m_last holds
    std::array<unsigned char, trailerBytes> m_last{};
    std::uint32_t m_checkSum = 0;
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
    m_inflater->keepLast();
    const std::size_t size = m_file.read(m_input);
    m_progress.report(m_file.offset(), m_file.fileBytes());
    m_inflater->setInput(std::span(m_input).first(size));
    return size > 0;
}

/// After a member: whether another one follows. Zero padding (tapes, block devices) is skipped.
bool GzipStream::startNextMember()
{
    z_stream& stream = m_inflater->stream();
    while (fillInput()) {
        if (*stream.next_in != 0) {
            if (*stream.next_in == 0x1f) {
                m_inflater->beginMember();
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
        const int status = m_inflater->inflateSome();
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
