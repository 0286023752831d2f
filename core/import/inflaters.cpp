#include "core/import/inflaters.h"

#include <algorithm>
#include <new>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

namespace stepscope {

namespace {

using Outcome = InflateStep::Outcome;

constexpr int gzipWindowBits = 15 + 16;
constexpr int rawWindowBits = -15;
constexpr int behindHead = 128; // of z_stream::data_type, with Z_BLOCK

unsigned char* unsignedBytes(std::span<char> bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

ZlibInflater::ZlibInflater() : m_stream(std::make_unique<z_stream_s>())
{
    if (inflateInit2(m_stream.get(), gzipWindowBits) != Z_OK)
        throw std::bad_alloc();
}

ZlibInflater::~ZlibInflater()
{
    inflateEnd(m_stream.get());
}

void ZlibInflater::beginHead()
{
    inflateReset2(m_stream.get(), gzipWindowBits);
}

void ZlibInflater::beginBody()
{
    inflateReset2(m_stream.get(), rawWindowBits);
}

InflateStep ZlibInflater::step(std::span<const unsigned char> input, std::span<char> output, int flush)
{
    m_stream->next_in = const_cast<unsigned char*>(input.data());
    m_stream->avail_in = static_cast<uInt>(input.size());
    m_stream->next_out = unsignedBytes(output);
    m_stream->avail_out = static_cast<uInt>(output.size());
    const int status = inflate(m_stream.get(), flush);
    if (status == Z_MEM_ERROR)
        throw std::bad_alloc();
    const bool isRefused = status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END;
    return {input.size() - m_stream->avail_in, output.size() - m_stream->avail_out,
            isRefused                ? Outcome::Refused
            : status == Z_STREAM_END ? Outcome::Ended
                                     : Outcome::Going};
}

InflateStep ZlibInflater::readHead(std::span<const unsigned char> input)
{
    char unused = 0;
    InflateStep head = step(input, std::span(&unused, 1), Z_BLOCK);
    if (head.outcome == Outcome::Going && (m_stream->data_type & behindHead) != 0)
        head.outcome = Outcome::Ended;
    return head;
}

InflateStep ZlibInflater::inflateBody(std::span<const unsigned char> input, std::span<char> output)
{
    return step(input, output, Z_NO_FLUSH);
}

std::string ZlibInflater::fault() const
{
    return m_stream->msg ? m_stream->msg : "invalid compressed data";
}

FastInflater::FastInflater() : m_state(std::make_unique<inflate_state>())
{
    isal_inflate_init(m_state.get());
}

FastInflater::~FastInflater() = default;

void FastInflater::beginBody()
{
    isal_inflate_reset(m_state.get());
}

InflateStep FastInflater::inflateBody(std::span<const unsigned char> input, std::span<char> output)
{
    m_state->next_in = const_cast<unsigned char*>(input.data());
    m_state->avail_in = static_cast<std::uint32_t>(input.size());
    m_state->next_out = unsignedBytes(output);
    m_state->avail_out = static_cast<std::uint32_t>(output.size());
    const int status = isal_inflate(m_state.get());
    if (status != ISAL_DECOMP_OK || m_state->avail_in > input.size() || m_state->avail_out > output.size())
        return {0, 0, Outcome::Refused};
    InflateStep step = {input.size() - m_state->avail_in, output.size() - m_state->avail_out, Outcome::Going};
    if (m_state->block_state == ISAL_BLOCK_FINISH) {
        // It holds whole bytes from behind the end, and may have them from an earlier call.
        const auto held = static_cast<std::size_t>(std::max(m_state->read_in_length, 0) / 8);
        step.outcome = held <= step.taken ? Outcome::Ended : Outcome::Refused;
        step.taken -= std::min(held, step.taken);
    } else if (step.taken == 0 && step.put == 0) {
        step.outcome = Outcome::Refused; // it never would go on
    }
    return step;
}

std::uint32_t gzipCheckSum(std::uint32_t sum, std::span<const char> text)
{
    return crc32_gzip_refl(sum, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

} // namespace stepscope
