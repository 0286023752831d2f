#include "core/import/memoryestimate.h"

#include "core/base/progress.h"
#include "core/import/filereader.h"
#include "core/import/gzipstream.h"
#include "core/import/sqlitereader.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <string_view>

namespace stepscope {

namespace {

constexpr double bytesOfText = 0.25;
constexpr double bytesOfPythonFrame = 85.0;
constexpr double bytesOfOtherEvent = 110.0;
constexpr double mostPythonShare = 0.85; // some frames stay; of gzip the beginning is seen, where most stand
constexpr double worthLeavingOut = 0.15;
constexpr std::uint64_t bytesOfRow = 100;
constexpr double peakOfRows = 2.5;
constexpr std::uint64_t isizeWraps = 1ULL << 32;
constexpr std::uint64_t headText = 4ULL << 20;
constexpr std::uint64_t sampledGzipText = 64ULL << 20;
constexpr std::size_t places = 64;
constexpr std::size_t placeBytes = 64 * 1024;

constexpr std::array<const char*, 8> tablesRead = {
    "CUPTI_ACTIVITY_KIND_KERNEL",   "CUPTI_ACTIVITY_KIND_MEMCPY",
    "CUPTI_ACTIVITY_KIND_MEMSET",   "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
    "CUPTI_ACTIVITY_KIND_RUNTIME",  "CUPTI_ACTIVITY_KIND_DRIVER",
    "CUPTI_ACTIVITY_KIND_OVERHEAD", "NVTX_EVENTS"};

std::uint64_t scaled(std::uint64_t value, double factor)
{
    return static_cast<std::uint64_t>(static_cast<double>(value) * factor);
}

/// The trailer of the last member says the length of its text modulo 4 GiB.
std::uint64_t lengthInTrailer(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::array<char, 4> trailer{};
    file.seekg(-static_cast<std::streamoff>(trailer.size()), std::ios::end);
    if (!file.read(trailer.data(), trailer.size()))
        return 0;
    std::uint64_t length = 0;
    for (std::size_t i = trailer.size(); i-- > 0;)
        length = length << 8 | static_cast<unsigned char>(trailer[i]);
    return length;
}

/// Of what the first part expands to, and the trailer where it fits that: it is wrong where the file is cut,
/// or has several members.
std::uint64_t gzipTextBytes(const ProbedFile& file)
{
    Result<FileReader> reader = FileReader::open(file.path);
    if (!reader)
        return 0;
    NoProgress progress;
    GzipStream stream(*reader, true, progress, true);
    while (stream.textBytes() < headText && !stream.next().empty()) {
    }
    if (stream.textBytes() < headText)
        return stream.textBytes(); // the whole
    const std::uint64_t guessed = scaled(file.probe.fileBytes, static_cast<double>(stream.textBytes()) /
                                                                   static_cast<double>(stream.packedBytes()));
    std::uint64_t length = lengthInTrailer(file.path);
    while (length + isizeWraps / 2 < guessed)
        length += isizeWraps;
    return length > guessed / 2 && length / 2 < guessed ? length : guessed;
}

/// As many rows as the last rows' numbers say, without reading them.
std::uint64_t databaseRows(const ProbedFile& file)
{
    NoProgress progress;
    Result<SqliteReader> database = SqliteReader::open(file.path, progress);
    if (!database)
        return 0;
    std::uint64_t rows = 0;
    for (const char* const table : tablesRead)
        rows += database->lastRow(table);
    return std::min(rows, database->mostRows());
}

std::uint64_t countWord(std::string_view text, std::string_view word)
{
    std::uint64_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        ++count;
    return count;
}

/// Of the events in parts of a text.
class EventSample {
public:
    void add(std::string_view text)
    {
        m_events += countWord(text, "\"ph\"");
        m_python += countWord(text, "\"python_function\"");
    }
    /// What its Python frames take of the memory.
    double pythonShare() const
    {
        const double python = static_cast<double>(m_python) * bytesOfPythonFrame;
        const double others =
            static_cast<double>(m_events - std::min(m_events, m_python)) * bytesOfOtherEvent;
        return python > 0.0 ? std::min(mostPythonShare, python / (python + others)) : 0.0;
    }

private:
    std::uint64_t m_events = 0;
    std::uint64_t m_python = 0;
};

EventSample sampleOf(const ProbedFile& file)
{
    EventSample sample;
    if (file.probe.isGzip) {
        Result<FileReader> reader = FileReader::open(file.path);
        if (!reader)
            return sample;
        NoProgress progress;
        GzipStream stream(*reader, true, progress, true);
        for (std::string_view piece = stream.next(); !piece.empty() && stream.textBytes() < sampledGzipText;
             piece = stream.next())
            sample.add(piece);
    } else {
        std::ifstream stream(file.path, std::ios::binary);
        std::string piece(placeBytes, '\0');
        for (std::size_t place = 0; place < places && stream; ++place) {
            stream.seekg(static_cast<std::streamoff>(file.probe.fileBytes / places * place));
            stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
            sample.add(std::string_view(piece).substr(0, static_cast<std::size_t>(stream.gcount())));
            stream.clear();
        }
    }
    return sample;
}

} // namespace

MemoryEstimate MemoryEstimate::of(const ProbedFile& file)
{
    if (file.probe.format == TraceFormat::NsysSqlite)
        return {file, 0, databaseRows(file) * bytesOfRow};
    const std::uint64_t text = file.probe.isGzip ? gzipTextBytes(file) : file.probe.fileBytes;
    if (file.probe.isGzip && GzipStream::isSuspicious(file.probe.fileBytes, text))
        return {file, 0, 0}; // asked about for that
    return {file, text, scaled(text, bytesOfText)};
}

std::uint64_t MemoryEstimate::bytesWithoutPython() const
{
    if (m_textBytes == 0)
        return m_bytes;
    const double share = sampleOf(m_file).pythonShare();
    return share < worthLeavingOut ? m_bytes : scaled(m_bytes, 1.0 - share);
}

std::uint64_t MemoryEstimate::peakOf(std::uint64_t rowBytes)
{
    return scaled(rowBytes, peakOfRows);
}

std::optional<Error> memoryQuestion(const std::vector<ProbedFile>& files, const ImportOptions& options)
{
    if (options.memoryLimit == 0)
        return std::nullopt;
    std::vector<MemoryEstimate> estimates;
    MemoryNeed need;
    need.free = options.memoryLimit;
    for (const ProbedFile& file : files) {
        estimates.push_back(MemoryEstimate::of(file));
        need.needed += estimates.back().bytes();
    }
    if (need.needed <= need.free)
        return std::nullopt;
    std::uint64_t without = 0;
    for (const MemoryEstimate& estimate : estimates)
        without += estimate.bytesWithoutPython();
    if (options.keepsPythonFrame) {
        need.needed = without;
        if (need.needed <= need.free)
            return std::nullopt;
    } else if (without < need.needed) {
        need.withoutPython = without;
    }
    return Error{ErrorCode::NeedsMemory, {}, {}, need};
}

} // namespace stepscope
