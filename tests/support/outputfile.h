#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope::testsupport {

/// A file written once, front to back, plain or as gzip, and on request cut short like the file of a killed
/// process. gzip without time stamp and name: equal content gives equal bytes.
/// Every failure throws std::runtime_error.
class OutputFile {
public:
    struct Options {
        bool gzip = false;
        int level = 6;
        std::int64_t cutContentAt = -1; ///< bytes of content kept; the file itself stays well-formed gzip
        std::int64_t cutFileAt = -1;    ///< bytes of the file kept
    };

    OutputFile(std::string path, const Options& options);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view content);
    /// Must be called; a file that was not closed is incomplete.
    void close();

private:
    struct Deflate;

    void deflateAll(std::string_view content, int flush);
    void writeRaw(const char* data, std::size_t size);

    std::string m_path;
    Options m_options;
    std::FILE* m_file = nullptr;
    std::unique_ptr<Deflate> m_deflate;
    std::vector<char> m_buffer;
    std::int64_t m_contentWritten = 0;
    std::int64_t m_fileWritten = 0;
};

} // namespace stepscope::testsupport
