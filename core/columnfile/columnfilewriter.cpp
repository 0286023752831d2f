#include "core/columnfile/columnfilewriter.h"

#include "core/base/checksum.h"
#include "core/columnfile/columnfile.h"
#include "core/columnfile/sidecolumns.h"
#include "core/columnfile/tracefacts.h"
#include "core/trace/importversion.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace stepscope {

namespace {

using namespace columnfile;

static_assert(std::endian::native == std::endian::little, "a column file is of little-endian machines");

/// The pieces of a database that is being made. After the first fault it does nothing any more.
class PieceWriter {
public:
    explicit PieceWriter(const std::string& path) : m_path(path)
    {
        // What was there goes; what is new is for its owner alone.
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file < 0) {
            m_fault = Error{ErrorCode::CannotWrite, path + ": " + std::strerror(errno)};
            return;
        }
        ::close(file);
        sqlite3* database = nullptr;
        note(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
        m_database.reset(database);
        execute("PRAGMA page_size=" + std::to_string(pageBytes) +
                "; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE"
                "; PRAGMA cache_size=-4096; PRAGMA application_id=" +
                std::to_string(applicationId) + "; PRAGMA user_version=" + std::to_string(formatVersion) +
                "; BEGIN; " + pieceTable);
        if (m_fault)
            return;
        sqlite3_stmt* insert = nullptr;
        note(sqlite3_prepare_v2(database, "INSERT INTO piece VALUES(?, ?)", -1, &insert, nullptr));
        m_insert.reset(insert);
    }

    PieceInfo write(std::int64_t id, const void* bytes, std::size_t size)
    {
        if (size > pieceBytes && !m_fault)
            m_fault = Error{ErrorCode::CannotWrite, m_path + ": too many names and lanes"};
        if (m_fault)
            return {};
        sqlite3_bind_int64(m_insert.get(), 1, id);
        sqlite3_bind_blob64(m_insert.get(), 2, size > 0 ? bytes : "", size, SQLITE_STATIC);
        const int status = sqlite3_step(m_insert.get());
        note(status == SQLITE_DONE ? SQLITE_OK : status);
        sqlite3_reset(m_insert.get());
        return {size, checksumOf(bytes, size)};
    }

    PieceInfo write(std::int64_t id, const std::string& bytes)
    {
        return write(id, bytes.data(), bytes.size());
    }

    std::optional<Error> finish()
    {
        m_insert.reset();
        if (!m_fault)
            execute("COMMIT");
        return m_fault;
    }
    const std::optional<Error>& fault() const { return m_fault; }

private:
    struct Closer {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void execute(const std::string& sql)
    {
        if (!m_fault)
            note(sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }
    void note(int status)
    {
        if (status != SQLITE_OK && !m_fault)
            m_fault = Error{ErrorCode::CannotWrite, m_path + ": " + sqlite3_errstr(status)};
    }

    std::string m_path;
    std::unique_ptr<sqlite3, Closer> m_database;
    std::unique_ptr<sqlite3_stmt, Closer> m_insert;
    std::optional<Error> m_fault;
};

class TraceWriter {
public:
    TraceWriter(const std::string& path, Progress& progress) : m_pieces(path), m_progress(progress) {}

    Result<Done> write(const Trace& trace, const TracePreview& preview, const std::string& identity)
    {
        ColumnFileHead head;
        head.identity = identity;
        head.readingVersion = importVersion;
        head.program = STEPSCOPE_VERSION;
        head.columnBytes = writeColumns(trace);
        ArchiveWriter facts;
        transferFacts(facts, const_cast<Trace&>(trace), m_columns); // which changes nothing when writing
        head.facts = m_pieces.write(FactsId, facts.bytes());
        ArchiveWriter drawn;
        drawn(preview);
        head.preview = m_pieces.write(PreviewId, drawn.bytes());
        ArchiveWriter sealed;
        sealed(head);
        sealed(checksumOf(sealed.bytes().data(), sealed.bytes().size()));
        m_pieces.write(HeadId, sealed.bytes());
        if (m_progress.isCancelled())
            return Error{ErrorCode::Cancelled, {}};
        const std::optional<Error> fault = m_pieces.finish();
        return fault ? Result<Done>(*fault) : Done{};
    }

private:
    std::uint64_t writeColumns(const Trace& trace)
    {
        SideColumns side(trace);
        std::uint64_t all = 0;
        SideColumns::visitAll(trace, side, [&all](const std::string&, const auto& column) {
            all += column.size() * sizeof column[0];
        });
        std::uint64_t done = 0;
        SideColumns::visitAll(trace, side, [this, &done, all](const std::string& name, const auto& column) {
            using Value = std::remove_cvref_t<decltype(column[0])>;
            static_assert(std::is_trivially_copyable_v<Value>);
            m_columns.push_back({name, sizeof(Value), column.size(), m_next, {}});
            const auto* const bytes = reinterpret_cast<const unsigned char*>(column.data());
            const std::size_t size = column.size() * sizeof(Value);
            for (std::size_t offset = 0; offset < size; offset += pieceBytes) {
                if (m_pieces.fault() || m_progress.isCancelled())
                    return;
                const std::size_t length = std::min(pieceBytes, size - offset);
                m_columns.back().checksums.push_back(
                    m_pieces.write(m_next++, bytes + offset, length).checksum);
                m_progress.report(done += length, all);
            }
        });
        return all;
    }

    PieceWriter m_pieces;
    Progress& m_progress;
    std::vector<ColumnInfo> m_columns;
    std::int64_t m_next = FirstColumnId;
};

} // namespace

Result<Done> writeColumnFile(const std::string& path, const Trace& trace, const TracePreview& preview,
                             const std::string& identity, Progress& progress)
{
    return TraceWriter(path, progress).write(trace, preview, identity);
}

} // namespace stepscope
