#include "core/import/tracefile.h"

#include "core/import/filereader.h"
#include "core/import/kinetoimporter.h"
#include "core/import/memoryguard.h"
#include "core/import/nsysimporter.h"
#include "core/import/previewprogress.h"

#include <array>

namespace stepscope {

namespace {

/// Reads what is left of the file, for its hash.
void readToEnd(FileReader& file, const Progress& progress)
{
    std::array<unsigned char, 64 * 1024> piece{};
    while (!progress.isCancelled() && file.read(piece) > 0) {
    }
}

} // namespace

Result<Done> readTraceFile(const std::string& path, const TraceFormatProbe& probe, Progress& progress,
                           TraceBuilder& builder, const ImportOptions& options)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return file.error();
    PreviewProgress previewing(progress, builder, options.showPreview);
    MemoryGuard guard(previewing, builder, options.memoryLimit);
    const Result<Done> done = probe.format == TraceFormat::NsysSqlite
                                  ? NsysImporter::read(path, guard, builder, options)
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
    readToEnd(*file, progress);
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    builder.capture().path = options.original.empty() ? path : options.original;
    builder.capture().fileBytes = file->fileBytes();
    builder.capture().sha256 = file->sha256();
    return Done{};
}

} // namespace stepscope
