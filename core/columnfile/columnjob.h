#pragma once

#include "core/base/progress.h"
#include "core/columnfile/columnfile.h"
#include "core/columnfile/piecereader.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace stepscope {

/// Fills columns from the pieces of a column file, on two threads.
class ColumnJob {
public:
    /// Columns that are longer than the file are refused before any memory is taken for them.
    ColumnJob(std::string path, std::uint64_t fileBytes, Progress& progress)
        : m_path(std::move(path)), m_fileBytes(fileBytes), m_progress(progress)
    {}

    /// `column` has to live until run() is done. Pieces follow one another in the order of the columns.
    template <class Value> void add(const ColumnInfo& info, std::vector<Value>& column)
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        if (expect(info, sizeof(Value)))
            m_tasks.push_back([this, info, &column](PieceReader& pieces) {
                column.resize(static_cast<std::size_t>(info.values));
                return fill(pieces, info, reinterpret_cast<unsigned char*>(column.data()));
            });
    }
    bool isPossible() const { return m_isPossible; }
    std::uint64_t bytes() const { return m_bytes; }

    /// The calling thread reads by `pieces`. False where a piece was not what was written, or on cancel.
    bool run(PieceReader& pieces);

private:
    bool expect(const ColumnInfo& info, std::size_t valueBytes);
    bool fill(PieceReader& pieces, const ColumnInfo& info, unsigned char* to);
    void work(PieceReader& pieces);

    std::string m_path;
    std::uint64_t m_fileBytes;
    Progress& m_progress;
    std::vector<std::function<bool(PieceReader&)>> m_tasks;
    std::uint64_t m_bytes = 0;
    std::int64_t m_nextPiece = columnfile::FirstColumnId;
    bool m_isPossible = true;

    std::atomic<std::size_t> m_nextTask = 0;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<bool> m_hasFailed = false;
};

} // namespace stepscope
