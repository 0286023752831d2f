#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/columnfile/columnfile.h"
#include "core/columnfile/piecereader.h"
#include "core/trace/trace.h"
#include "core/trace/tracepreview.h"

#include <string>
#include <utility>

namespace stepscope {

/// Reads a column file, which may be cut, changed, of another version or made to harm: what it gives is what
/// was written, or DamagedDatabase. Blocks; for a worker thread.
class ColumnFileReader {
public:
    /// Reads the head alone: some milliseconds at most. FileNotFound where there is none.
    static Result<ColumnFileReader> open(const std::string& path);

    const ColumnFileHead& head() const { return m_head; }
    /// Milliseconds, whatever the trace holds.
    Result<TracePreview> preview();
    /// All of it, by the calling thread and one more, each on a connection of its own. Cancelled within some
    /// ten milliseconds; `progress` is asked from both threads and told by the calling one.
    Result<Trace> trace(Progress& progress);

private:
    ColumnFileReader(std::string path, PieceReader pieces, ColumnFileHead head)
        : m_path(std::move(path)), m_pieces(std::move(pieces)), m_head(std::move(head))
    {}

    std::string m_path;
    PieceReader m_pieces;
    ColumnFileHead m_head;
};

} // namespace stepscope
