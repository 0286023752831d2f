#pragma once

#include "core/base/progress.h"
#include "core/import/filereader.h"
#include "core/import/textsource.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// The text of a file, plain or gzip (one or several members), piece by piece. What was decoded before a
/// cut or a damaged place is handed out; then `fault()` says why the text ends. ISA-L decodes; what it
/// refuses zlib decodes again from the member's beginning, so that zlib decides where damaged text ends: that
/// costs both. Not thread-safe.
class GzipStream final : public TextSource {
public:
    enum class Fault {
        None,
        Truncated,  ///< the compressed stream ends early
        Damaged,    ///< zlib refuses the bytes, or a check sum differs
        Suspicious, ///< expands as no trace does: a decompression bomb
        Unreadable, ///< the system could not read on
        Cancelled,
    };

    static constexpr std::size_t usualPiece = 256 * 1024; ///< stays in the cache while it is hashed

    /// `acceptsExpansion`: never Suspicious. `packedPiece`: bytes of a gzip file that are read at a time.
    GzipStream(FileReader& file, bool isGzip, Progress& progress, bool acceptsExpansion = false,
               std::size_t packedPiece = usualPiece);
    ~GzipStream() override;
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

    static bool looksCompressed(std::string_view head);
    /// Whether that many bytes of text are too many for the compressed ones that gave them.
    static bool isSuspicious(std::uint64_t packedBytes, std::uint64_t textBytes);

    std::string_view next() override;
    /// As next(), into `buffer`, which is not empty: how many bytes were put there, 0 at the end.
    std::size_t read(std::span<char> buffer);
    Fault fault() const { return m_fault; }
    /// Untranslated: where in the file, and zlib's or the system's word.
    const std::string& faultDetail() const { return m_faultDetail; }
    std::uint64_t textBytes() const override { return m_textBytes; }
    /// Bytes of the file that gave textBytes().
    std::uint64_t packedBytes() const;
    /// Bytes behind the last gzip member that are no gzip; zero padding is not counted.
    std::uint64_t trailingBytes() const { return m_trailingBytes; }
    /// Reads the rest of the file without handing it out, so that its hash is complete.
    void skipToEnd();

private:
    /// What of a gzip member follows.
    enum class Part { Padding, Head, Body, Sums };
    struct Inflaters;

    std::size_t copyInto(std::span<char> buffer);
    std::size_t inflateInto(std::span<char> buffer);
    bool fillInput();
    void take(std::size_t bytes) { m_input = m_input.subspan(bytes); }
    void skipPadding();
    void readHead();
    std::size_t inflateBody(std::span<char> buffer);
    void decodeAgain();
    void readSums();
    void endAtTrailing(std::uint64_t offset);
    void endAtRefusal(const std::string& why);
    void end(Fault fault, std::string detail = {});

    FileReader& m_file;
    Progress& m_progress;
    std::unique_ptr<Inflaters> m_inflaters; // null for a plain file
    std::vector<unsigned char> m_packed;    // a piece of the file
    std::span<const unsigned char> m_input; // what of it is not decoded yet
    std::vector<char> m_output;             // of next()
    Part m_part = Part::Head;
    bool m_isFast = true;          // of the present member's body
    bool m_holdsText = false;      // zlib may, without more input
    std::uint64_t m_headBegin = 0; // offsets in the file
    std::uint64_t m_bodyBegin = 0;
    std::uint64_t m_bodyBytes = 0; // of text so far
    std::uint32_t m_checkSum = 0;  // of these
    int m_sumBytes = 0;            // read and right
    std::uint64_t m_textBytes = 0;
    std::uint64_t m_trailingBytes = 0;
    std::string m_faultDetail;
    Fault m_fault = Fault::None;
    bool m_acceptsExpansion;
    bool m_isAtEnd = false;
};

} // namespace stepscope
