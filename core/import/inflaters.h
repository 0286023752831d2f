#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct inflate_state;
struct z_stream_s;

namespace stepscope {

/// What one call took from its input and put into its output. What a refusing one did is not told.
struct InflateStep {
    enum class Outcome {
        Going,   ///< wants more input or more room
        Ended,   ///< what follows `taken` is behind what was decoded
        Refused, ///< these bytes are not what they should be
    };

    std::size_t taken = 0;
    std::size_t put = 0;
    Outcome outcome = Outcome::Going;
};

/// zlib, for what decides what a damaged file holds. Each function takes what follows what it took before.
/// Not thread-safe.
class ZlibInflater {
public:
    ZlibInflater();
    ~ZlibInflater();
    ZlibInflater(const ZlibInflater&) = delete;
    ZlibInflater& operator=(const ZlibInflater&) = delete;

    /// The head of a gzip member (RFC 1952 §2.3) follows.
    void beginHead();
    InflateStep readHead(std::span<const unsigned char> input);
    /// Deflate data (RFC 1951) follow.
    void beginBody();
    InflateStep inflateBody(std::span<const unsigned char> input, std::span<char> output);
    /// zlib's word after a refusal.
    std::string fault() const;

private:
    InflateStep step(std::span<const unsigned char> input, std::span<char> output, int flush);

    std::unique_ptr<z_stream_s> m_stream;
};

/// ISA-L: decodes deflate data three times as fast. Up to version 2.30 it counts wrongly what it took and put
/// where data are damaged, and refuses some end of data that is right: ask ZlibInflater then. Not
/// thread-safe.
class FastInflater {
public:
    FastInflater();
    ~FastInflater();
    FastInflater(const FastInflater&) = delete;
    FastInflater& operator=(const FastInflater&) = delete;

    void beginBody();
    InflateStep inflateBody(std::span<const unsigned char> input, std::span<char> output);

private:
    std::unique_ptr<inflate_state> m_state;
};

/// The check sum of gzip (CRC-32 of RFC 1952 §8) of what `sum` is that of, and `text` behind it.
std::uint32_t gzipCheckSum(std::uint32_t sum, std::span<const char> text);

} // namespace stepscope
