#include "core/columnfile/columnfilereader.h"

#include "core/columnfile/columnjob.h"
#include "core/columnfile/sidecolumns.h"
#include "core/columnfile/tracefacts.h"

#include <filesystem>

namespace stepscope {

namespace {

using namespace columnfile;

Error notAsWritten(const char* what)
{
    return Error{ErrorCode::DamagedDatabase, what};
}

/// Whether the archive in piece `id` was what `take` takes from it.
template <class Take>
bool readArchivePiece(PieceReader& pieces, std::int64_t id, const PieceInfo& info, Take take)
{
    if (info.bytes > pieceBytes)
        return false;
    std::string bytes(info.bytes, '\0');
    if (!pieces.read(id, info, bytes.data()))
        return false;
    ArchiveReader archive(bytes);
    take(archive);
    return archive.isDone();
}

} // namespace

Result<ColumnFileReader> ColumnFileReader::open(const std::string& path)
{
    Result<PieceReader> pieces = PieceReader::open(path);
    if (!pieces)
        return pieces.error();
    const std::optional<std::string> bytes = pieces->readSealed(HeadId);
    if (!bytes)
        return notAsWritten("the head is not what was written");
    ColumnFileHead head;
    ArchiveReader archive(*bytes);
    archive(head);
    if (!archive.isDone())
        return notAsWritten("the head is none");
    return ColumnFileReader(path, std::move(*pieces), std::move(head));
}

Result<TracePreview> ColumnFileReader::preview()
{
    TracePreview preview;
    if (!readArchivePiece(m_pieces, PreviewId, m_head.preview,
                          [&](ArchiveReader& archive) { archive(preview); }))
        return notAsWritten("the preview is not what was written");
    return preview;
}

Result<Trace> ColumnFileReader::trace(Progress& progress)
{
    Trace trace = TraceColumns::emptyTrace();
    std::vector<ColumnInfo> columns;
    if (!readArchivePiece(m_pieces, FactsId, m_head.facts,
                          [&](ArchiveReader& archive) { transferFacts(archive, trace, columns); }))
        return notAsWritten("the facts are not what was written");

    std::error_code fault;
    ColumnJob job(m_path, std::filesystem::file_size(m_path, fault), progress);
    SideColumns side;
    std::size_t next = 0;
    SideColumns::visitAll(trace, side, [&](const std::string& name, auto& column) {
        const std::size_t number = next++;
        job.add(number < columns.size() && columns[number].name == name ? columns[number] : ColumnInfo{},
                column);
    });
    if (next != columns.size() || job.bytes() != m_head.columnBytes || !job.isPossible())
        return notAsWritten("other columns than a trace has");
    const bool isRead = job.run(m_pieces);
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    if (!isRead)
        return notAsWritten("a column is not what was written");
    if (!side.putInto(trace) || !TraceColumns::isTrace(trace))
        return notAsWritten("the columns are no trace");
    return trace;
}

} // namespace stepscope
