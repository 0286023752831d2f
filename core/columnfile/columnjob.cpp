#include "core/columnfile/columnjob.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>

namespace stepscope {

using columnfile::pieceBytes;

bool ColumnJob::expect(const ColumnInfo& info, std::size_t valueBytes)
{
    const bool fits = info.valueBytes == valueBytes && info.values <= m_fileBytes / valueBytes;
    const std::uint64_t bytes = fits ? info.values * valueBytes : 0;
    const std::uint64_t pieces = (bytes + pieceBytes - 1) / pieceBytes;
    m_isPossible = m_isPossible && fits && info.firstPiece == m_nextPiece &&
                   info.checksums.size() == pieces && bytes <= m_fileBytes - m_bytes;
    if (!m_isPossible)
        return false;
    m_bytes += bytes;
    m_nextPiece += static_cast<std::int64_t>(pieces);
    return true;
}

bool ColumnJob::fill(PieceReader& pieces, const ColumnInfo& info, unsigned char* to)
{
    std::uint64_t left = info.values * info.valueBytes;
    for (std::size_t piece = 0; piece < info.checksums.size(); ++piece) {
        const PieceInfo expected{std::min<std::uint64_t>(pieceBytes, left), info.checksums[piece]};
        if (m_hasFailed || m_progress.isCancelled() ||
            !pieces.read(info.firstPiece + static_cast<std::int64_t>(piece), expected, to))
            return false;
        to += expected.bytes;
        left -= expected.bytes;
        m_done += expected.bytes;
    }
    return true;
}

void ColumnJob::work(PieceReader& pieces)
{
    for (;;) {
        const std::size_t task = m_nextTask++;
        if (task >= m_tasks.size() || m_hasFailed)
            return;
        if (!m_tasks[task](pieces))
            m_hasFailed = true;
    }
}

bool ColumnJob::run(PieceReader& pieces)
{
    std::exception_ptr thrown; // out of memory
    const auto guarded = [this](PieceReader& reader, std::exception_ptr& caught) {
        try {
            work(reader);
        } catch (...) {
            m_hasFailed = true;
            caught = std::current_exception();
        }
    };
    Result<PieceReader> second = PieceReader::open(m_path);
    std::thread helper;
    std::exception_ptr thrownThere;
    try {
        if (second && m_bytes > pieceBytes)
            helper = std::thread([&] { guarded(*second, thrownThere); });
    } catch (const std::system_error&) { // no second thread: one does it
    }
    guarded(pieces, thrown);
    if (helper.joinable())
        helper.join();
    for (const std::exception_ptr& each : {thrown, thrownThere}) {
        if (each)
            std::rethrow_exception(each);
    }
    m_progress.report(m_done, m_bytes);
    return !m_hasFailed;
}

} // namespace stepscope
