#include "core/import/traceformat.h"

#include "core/base/progress.h"
#include "core/import/filereader.h"
#include "core/import/gzipstream.h"
#include "core/import/jsonhead.h"
#include "core/import/tracefolder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <vector>

namespace stepscope {

namespace {

constexpr std::string_view sqliteHeader("SQLite format 3\0", 16);
constexpr std::size_t headBytes = 64 * 1024; // deviceProperties of 16 GPUs take 6 KiB
constexpr std::size_t tracesNamed = 3;

struct Signature {
    std::string_view bytes;
    std::size_t at;
    ErrorCode code;
    std::string_view what;
};

// formats.md §1.1 for the exports; the rest is what people have at hand when they open the wrong file.
constexpr std::array signatures = {
    Signature{"\x89HDF\r\n\x1a\n", 0, ErrorCode::OtherExport, "an HDF5 export of Nsight Systems"},
    Signature{"ARROW1", 0, ErrorCode::OtherExport, "an Arrow export of Nsight Systems"},
    Signature{"PAR1", 0, ErrorCode::OtherExport, "a Parquet export of Nsight Systems"},
    Signature{"PK\x03\x04", 0, ErrorCode::PackedFile, "a ZIP archive"},
    Signature{"\x28\xb5\x2f\xfd", 0, ErrorCode::PackedFile, "a Zstandard file"},
    Signature{"\xfd"
              "7zXZ",
              0, ErrorCode::PackedFile, "an XZ file"},
    Signature{"BZh", 0, ErrorCode::PackedFile, "a bzip2 file"},
    Signature{"7z\xbc\xaf", 0, ErrorCode::PackedFile, "a 7-Zip archive"},
    Signature{"ustar", 257, ErrorCode::PackedFile, "a tar archive"},
    Signature{"\x7f"
              "ELF",
              0, ErrorCode::UnknownFormat, "a program"},
    Signature{"\x89PNG", 0, ErrorCode::UnknownFormat, "a picture"},
    Signature{"version https://git-lfs", 0, ErrorCode::UnknownFormat,
              "a Git LFS pointer (the trace itself was not downloaded)"},
};

/// Closed formats of the profiler, whose first bytes are not published: content that is nothing known.
bool isReportName(const std::string& path)
{
    std::string extension = std::filesystem::path(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".nsys-rep" || extension == ".qdrep" || extension == ".qdstrm";
}

bool isText(std::string_view head)
{
    return std::none_of(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b';
    });
}

std::string describeKeys(const JsonHead& head)
{
    std::string text = "a JSON object without \"traceEvents\"";
    constexpr std::size_t shown = 5;
    for (std::size_t i = 0; i < std::min(shown, head.keys.size()); ++i)
        text += (i == 0 ? "; its keys: " : ", ") + head.keys[i].substr(0, 40);
    return head.keys.size() > shown ? text + ", …" : text;
}

Error refuseUnknown(std::string_view head, const std::string& path)
{
    if (!isText(head))
        return isReportName(path) ? Error{ErrorCode::NsysReport, {}}
                                  : Error{ErrorCode::UnknownFormat, "binary data"};
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && head[first] == '<')
        return {ErrorCode::UnknownFormat, "a web page or XML (a download that failed?)"};
    return {ErrorCode::UnknownFormat, "text"};
}

} // namespace

Result<Done> checkJsonHead(std::string_view head, bool isWhole)
{
    const JsonHead json = JsonHead::of(head);
    if (json.root == '[') {
        if (json.firstElement == '{' || json.firstElement == ']' || json.firstElement == '\0')
            return Done{};
        return Error{ErrorCode::UnknownFormat, "a JSON array whose elements are no events"};
    }
    if (json.hasKey("rocprofiler-sdk-tool"))
        return Error{ErrorCode::OtherExport, "a JSON file of rocprofv3"};
    if (json.hasKey("traceEvents")) {
        // XLA writes this key into its metadata, before the events.
        const bool isXla =
            !json.hasKey("schemaVersion") && head.find("\"highres-ticks\"") < head.find("\"traceEvents\"");
        return isXla ? Result<Done>(Error{ErrorCode::OtherExport, "an XLA (JAX, TensorFlow) trace"})
                     : Result<Done>(Done{});
    }
    if (json.hasKey("nodes") && json.hasKey("schema"))
        return Error{ErrorCode::OtherExport,
                     "a PyTorch execution trace (the graph of operators, not the timeline)"};
    if (json.isClosed && json.anotherFollows)
        return Error{ErrorCode::OtherExport, "a JSON export of Nsight Systems, or other JSON lines"};
    if (json.isClosed || isWhole)
        return json.isClosed
                   ? Error{ErrorCode::UnknownFormat, describeKeys(json)}
                   : Error{ErrorCode::DamagedJson, "the text ends at byte " + std::to_string(head.size()) +
                                                       ", before the first event"};
    return Done{};
}

Result<TraceFormatProbe> probeTrace(const std::string& path)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file && file.error().code == ErrorCode::IsDirectory)
        return Error{ErrorCode::IsDirectory, joinedNames(traceNamesIn(path, {}, tracesNamed))};
    if (!file)
        return file.error();
    TraceFormatProbe probe;
    probe.fileBytes = file->fileBytes();

    std::vector<unsigned char> bytes(headBytes);
    const std::size_t size = file->read(bytes);
    if (!file->fault().empty())
        return Error{ErrorCode::FileNotReadable, file->fault()};
    const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), size);
    if (raw.starts_with(sqliteHeader)) {
        probe.format = TraceFormat::NsysSqlite;
        return probe;
    }
    for (const Signature& signature : signatures) {
        if (raw.size() > signature.at && raw.substr(signature.at).starts_with(signature.bytes))
            return Error{signature.code, std::string(signature.what)};
    }

    probe.isGzip = GzipStream::looksCompressed(raw);
    std::string head(raw);
    bool isWhole = size == probe.fileBytes;
    if (probe.isGzip) {
        Result<FileReader> again = FileReader::open(path);
        if (!again)
            return again.error();
        NoProgress progress;
        GzipStream stream(*again, true, progress);
        head.clear();
        for (std::string_view piece = stream.next(); !piece.empty() && head.size() < headBytes;
             piece = stream.next())
            head += piece;
        if (head.empty()) {
            if (stream.fault() == GzipStream::Fault::None)
                return Error{ErrorCode::EmptyFile, "the gzip data is empty"};
            return Error{ErrorCode::DamagedGzip, stream.faultDetail()};
        }
        isWhole = head.size() < headBytes;
        if (head.starts_with(sqliteHeader))
            return Error{ErrorCode::PackedFile, "a gzip file with a SQLite database inside"};
        for (const Signature& signature : signatures) {
            if (head.size() > signature.at &&
                std::string_view(head).substr(signature.at).starts_with(signature.bytes))
                return Error{signature.code, "gzip around " + std::string(signature.what)};
        }
        if (GzipStream::looksCompressed(head))
            return Error{ErrorCode::PackedFile, "gzip inside gzip"};
    }
    const char root = JsonHead::of(head).root;
    if (root != '{' && root != '[')
        return refuseUnknown(head, path);
    const Result<Done> json = checkJsonHead(head, isWhole);
    if (!json)
        return json.error();
    return probe;
}

} // namespace stepscope
