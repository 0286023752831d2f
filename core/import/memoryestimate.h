#pragma once

#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/import/traceformat.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

struct ProbedFile {
    std::string path;
    TraceFormatProbe probe = {};
};

/// What a trace takes at the peak of opening it, import and index. Measured with
/// `/usr/bin/time -f %M stepscope-cli budget FILE` less the 11 MB of an empty trace: 0.19 bytes a byte of
/// text of an eager kineto trace (1.8 GB: 335 MB), 0.22 with Python frames (47 MB: 10.3 MB); 90 bytes a row
/// of an nsys export (3.2 million rows: 289 MB). The peak is 2.2 to 2.5 times what the rows take in the
/// builder.
class MemoryEstimate {
public:
    /// Cheap: the length of the text (gzip: its trailer, or what the first MiB expands to), or the row
    /// numbers at the ends of the tables of a database. 0 for what cannot be read or is SuspiciousGzip.
    static MemoryEstimate of(const ProbedFile& file);

    std::uint64_t bytes() const { return m_bytes; }
    /// Without the Python frames that decide nothing. Looks at places all over the text, of gzip at its
    /// beginning: takes some tenths of a second. As bytes() where there are no such frames to speak of.
    std::uint64_t bytesWithoutPython() const;

    /// What a trace will have taken once it is open, from what its rows and names take in the builder.
    static std::uint64_t peakOf(std::uint64_t rowBytes);

private:
    MemoryEstimate(const ProbedFile& file, std::uint64_t textBytes, std::uint64_t bytes)
        : m_file(file), m_textBytes(textBytes), m_bytes(bytes)
    {}

    ProbedFile m_file;
    std::uint64_t m_textBytes; // 0 for a database
    std::uint64_t m_bytes;
};

/// NeedsMemory when the files are estimated to take more than `options` allow.
std::optional<Error> memoryQuestion(const std::vector<ProbedFile>& files, const ImportOptions& options);

} // namespace stepscope
