#include "core/import/tracefile.h"

#include "core/base/inparallel.h"
#include "core/import/filereader.h"
#include "core/import/kinetoimporter.h"
#include "core/import/memoryguard.h"
#include "core/import/nsysimporter.h"
#include "core/import/previewprogress.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace stepscope {

namespace {

constexpr std::uint64_t bytesWorthAThread = 4 << 20;
constexpr std::uint64_t bytesWorthALaterHash = 32 << 20;

/// Reads what is left of the file, for its hash.
template <class IsStopped> void readToEnd(FileReader& file, IsStopped isStopped)
{
    std::array<unsigned char, 64 * 1024> piece{};
    while (!isStopped() && file.read(piece) > 0) {
    }
}

/// SQLite reads a database through a file of its own, in its own order: meanwhile `file` is read for its
/// hash, unless that is left for later.
Result<Done> readDatabase(const std::string& path, FileReader& file, Progress& progress,
                          TraceBuilder& builder, const ImportOptions& options, bool hashesLater)
{
    if (hashesLater)
        return NsysImporter::read(path, progress, builder, options);
    Result<Done> done = Done{};
    std::atomic<bool> isRead = false;
    const auto import = [&] {
        done = NsysImporter::read(path, progress, builder, options);
        isRead = true;
    };
    // The last bytes, and all of them where the import ends early, are for the caller.
    const auto hash = [&] { readToEnd(file, [&isRead] { return isRead.load(); }); };
    inParallel(file.fileBytes() > bytesWorthAThread, import, hash);
    return done;
}

} // namespace

Result<Done> readTraceFile(const std::string& path, const TraceFormatProbe& probe, Progress& progress,
                           TraceBuilder& builder, const ImportOptions& options)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return file.error();
    const bool hashesLater =
        options.hashesLater && options.original.empty() && file->fileBytes() >= bytesWorthALaterHash;
    if (hashesLater)
        file->leaveHashForLater();
    PreviewProgress previewing(progress, builder, options.showPreview);
    MemoryGuard guard(previewing, builder, options.memoryLimit);
    const Result<Done> done = probe.format == TraceFormat::NsysSqlite
                                  ? readDatabase(path, *file, guard, builder, options, hashesLater)
                                  : KinetoImporter::read(*file, probe.isGzip, guard, builder, options);
    if (const std::optional<Error> over = guard.error(); over && !progress.isCancelled())
        return *over;
    if (!done)
        return done.error();
    previewing.showRest();
    progress.report(1, 1);
    if (!options.original.empty())
        file = FileReader::open(options.original);
    if (!file)
        return file.error();
    if (!hashesLater)
        readToEnd(*file, [&progress] { return progress.isCancelled(); });
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    builder.capture().path = options.original.empty() ? path : options.original;
    builder.capture().fileBytes = file->fileBytes();
    builder.capture().sha256 = hashesLater ? file->hashLater() : FileHash(file->sha256());
    return Done{};
}

} // namespace stepscope
