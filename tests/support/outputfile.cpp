#include "tests/support/outputfile.h"

#include <algorithm>
#include <stdexcept>
#include <zlib.h>

namespace stepscope::testsupport {

namespace {

constexpr int gzipWindowBits = 15 + 16;
constexpr int memoryLevel = 8;
constexpr std::size_t bufferSize = 1 << 16;

} // namespace

struct OutputFile::Deflate {
    explicit Deflate(int level)
    {
        if (deflateInit2(&stream, level, Z_DEFLATED, gzipWindowBits, memoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error("zlib refused to start");
    }
    ~Deflate() { deflateEnd(&stream); }
    Deflate(const Deflate&) = delete;
    Deflate& operator=(const Deflate&) = delete;

    z_stream stream{};
};

OutputFile::OutputFile(std::string path, const Options& options)
    : m_path(std::move(path)), m_options(options), m_buffer(bufferSize)
{
    if (m_options.gzip)
        m_deflate = std::make_unique<Deflate>(m_options.level);
    m_file = std::fopen(m_path.c_str(), "wb");
    if (!m_file)
        throw std::runtime_error("cannot write " + m_path);
}

OutputFile::~OutputFile()
{
    if (m_file)
        std::fclose(m_file);
}

void OutputFile::write(std::string_view content)
{
    if (m_options.cutContentAt >= 0) {
        const std::int64_t left = m_options.cutContentAt - m_contentWritten;
        content = content.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(left, 0)));
    }
    m_contentWritten += static_cast<std::int64_t>(content.size());
    if (m_deflate)
        deflateAll(content, Z_NO_FLUSH);
    else
        writeRaw(content.data(), content.size());
}

void OutputFile::close()
{
    if (m_deflate)
        deflateAll({}, Z_FINISH);
    const int failed = std::fclose(m_file);
    m_file = nullptr;
    if (failed != 0)
        throw std::runtime_error("cannot finish " + m_path);
}

void OutputFile::deflateAll(std::string_view content, int flush)
{
    z_stream& stream = m_deflate->stream;
    // zlib reads only; the cast is its interface's.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    do {
        stream.next_out = reinterpret_cast<Bytef*>(m_buffer.data());
        stream.avail_out = static_cast<uInt>(m_buffer.size());
        deflate(&stream, flush);
        writeRaw(m_buffer.data(), m_buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
}

void OutputFile::writeRaw(const char* data, std::size_t size)
{
    if (m_options.cutFileAt >= 0) {
        const std::int64_t left = std::max<std::int64_t>(m_options.cutFileAt - m_fileWritten, 0);
        size = std::min(size, static_cast<std::size_t>(left));
    }
    m_fileWritten += static_cast<std::int64_t>(size);
    if (std::fwrite(data, 1, size, m_file) != size)
        throw std::runtime_error("cannot write " + m_path);
}

} // namespace stepscope::testsupport
