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
/// cut or a damaged place is handed out; then `fault()` says why the text ends. Not thread-safe.
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

    /// `acceptsExpansion`: never Suspicious.
    GzipStream(FileReader& file, bool isGzip, Progress& progress, bool acceptsExpansion = false);
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
    class Inflater;

    bool fillInput();
    std::size_t inflateInto(std::span<char> buffer);
    std::size_t end(Fault fault, std::string detail);
    bool startNextMember();

    FileReader& m_file;
    Progress& m_progress;
    std::unique_ptr<Inflater> m_inflater; // null for a plain file
    std::vector<unsigned char> m_input;   // compressed
    std::vector<char> m_output;           // of next()
    std::uint64_t m_textBytes = 0;
    std::uint64_t m_trailingBytes = 0;
    std::string m_faultDetail;
    Fault m_fault = Fault::None;
    bool m_acceptsExpansion;
    bool m_isAtEnd = false;
};

} // namespace stepscope
