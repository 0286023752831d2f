#include "core/base/sha256.h"
#include "core/import/gzipstream.h"
#include "core/import/inflaters.h"
#include "tests/fuzz/fuzztarget.h"
#include "tests/fuzz/guardedbuffer.h"
#include "tests/fuzz/scratchfile.h"
#include "tests/golden/testfiles.h"

#include <algorithm>
#include <array>
#include <vector>

using namespace stepscope;
using test::require;

namespace {

constexpr std::array<std::size_t, 4> packedPieces = {1, 7, 100, GzipStream::usualPiece};
constexpr std::array<std::size_t, 4> textPieces = {1, 40, 3000, GzipStream::usualPiece};

constexpr std::size_t shortestHead = 10; // of a member: deflate data follow
constexpr std::uint64_t mostText = 1U << 20;

/// The fast decoder over any bytes, in any pieces: it stays within what it was given.
void inflateFast(std::string_view packed, std::size_t packedPiece, std::size_t textPiece)
{
    const test::GuardedBuffer<unsigned char> input(packedPiece);
    const test::GuardedBuffer<char> output(textPiece);
    FastInflater inflater;
    inflater.beginBody();
    std::uint64_t produced = 0;
    while (!packed.empty() && produced < mostText) {
        const std::size_t size = std::min(packed.size(), packedPiece);
        const std::span<unsigned char> piece = input.bytes().last(size);
        std::copy_n(packed.begin(), size, piece.begin());
        const InflateStep step = inflater.inflateBody(piece, output.bytes());
        require(step.taken <= piece.size() && step.put <= textPiece, "a step is no longer than it may be");
        if (step.outcome != InflateStep::Outcome::Going)
            break;
        require(step.taken + step.put > 0, "a step goes on");
        packed.remove_prefix(step.taken);
        produced += step.put;
    }
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
    // Small pieces make the decoder stop everywhere.
    const std::size_t packedPiece = packedPieces[size % packedPieces.size()];
    const std::size_t textPiece = textPieces[size / packedPieces.size() % textPieces.size()];
    inflateFast(packed, packedPiece, textPiece);
    inflateFast(packed.substr(std::min<std::size_t>(size, shortestHead)), packedPiece, textPiece);
    GzipStream stream(*file, true, progress, false, packedPiece);
    std::string text;
    std::vector<char> piece(textPiece);
    for (std::size_t got = stream.read(piece); got > 0; got = stream.read(piece)) {
        text.append(piece.data(), got);
        require(stream.textBytes() == text.size(), "the text that was handed out is counted");
    }
    if (stream.fault() != GzipStream::Fault::Suspicious) {
        const test::Gunzipped expected = test::gunzip(packed);
        require(text.starts_with(expected.text), "what zlib can decode is handed out");
        require(text == expected.text || stream.fault() == GzipStream::Fault::Damaged,
                "what zlib refuses is damaged");
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
