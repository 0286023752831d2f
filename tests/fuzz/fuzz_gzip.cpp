#include "core/base/sha256.h"
#include "core/import/gzipstream.h"
#include "tests/fuzz/fuzztarget.h"
#include "tests/fuzz/scratchfile.h"

#include <vector>

#include <zlib.h>

using namespace stepscope;
using test::require;

namespace {

struct Inflated {
    std::string text;
    bool isSumWrong = false; ///< at the end of a member
    bool isWhole = false;    ///< the last member ends, and nothing follows
};

/// What zlib decodes of all members that follow each other, up to the first fault.
Inflated inflated(std::string_view packed)
{
    Inflated all;
    std::vector<unsigned char> piece(64 * 1024);
    z_stream stream = {};
    require(inflateInit2(&stream, 15 + 16) == Z_OK, "zlib starts");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    for (int status = Z_OK; status == Z_OK;) {
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        status = inflate(&stream, Z_NO_FLUSH);
        all.text.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
        const std::string_view message = stream.msg ? stream.msg : "";
        all.isSumWrong = message == "incorrect data check" || message == "incorrect length check";
        all.isWhole = status == Z_STREAM_END && stream.avail_in == 0;
        if (status != Z_STREAM_END)
            continue;
        while (stream.avail_in > 0 && *stream.next_in == 0) { // padding
            ++stream.next_in;
            --stream.avail_in;
        }
        if (stream.avail_in > 0)
            status = inflateReset(&stream);
    }
    inflateEnd(&stream);
    return all;
}

} // namespace

/// The bytes of a gzip file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view packed = test::textOf(data, size);
    static test::ScratchFile scratch;
    scratch.write(packed);
    Result<FileReader> file = FileReader::open(scratch.path());
    require(static_cast<bool>(file), "the file can be read");
    NoProgress progress;
    GzipStream stream(*file, true, progress);
    std::string text;
    for (std::string_view piece = stream.next(); !piece.empty(); piece = stream.next()) {
        text += piece;
        require(stream.textBytes() == text.size(), "the text that was handed out is counted");
    }
    if (stream.fault() != GzipStream::Fault::Suspicious) {
        const Inflated expected = inflated(packed);
        require(text == expected.text, "what zlib can decode is handed out");
        require(!expected.isSumWrong || stream.fault() == GzipStream::Fault::Damaged, "a wrong sum is found");
        require(!expected.isWhole || stream.fault() == GzipStream::Fault::None, "a right sum is none");
    }
    require(stream.trailingBytes() < packed.size(), "trailing bytes follow a member");
    require(stream.trailingBytes() == 0 || stream.fault() == GzipStream::Fault::None,
            "bytes behind the data are no fault");
    require((stream.fault() == GzipStream::Fault::None) == stream.faultDetail().empty(), "a fault is told");
    require(stream.next().empty(), "an end is an end");
    stream.skipToEnd();
    Sha256 hash;
    hash.update(data, size);
    require(file->sha256() == hash.hexDigest(), "the whole file is hashed");
    return 0;
}
