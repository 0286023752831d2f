#pragma once

#include "core/base/result.h"
#include "core/columnfile/columnfile.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct sqlite3;
struct sqlite3_blob;

namespace stepscope {

/// One connection to a column file, which may be anything: opened read-only and hardened, without a memory
/// map, as cutting a mapped file short is a bus error. For one thread at a time.
class PieceReader {
public:
    /// FileNotFound; DamagedDatabase for what is no column file of this version.
    static Result<PieceReader> open(const std::string& path);

    /// Puts all of a piece of that size and checksum into `to`; false where it is another.
    bool read(std::int64_t id, const PieceInfo& info, void* to);
    /// A piece before the checksum that stands behind it; nullopt where that is wrong.
    std::optional<std::string> readSealed(std::int64_t id);

private:
    struct Closer {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_blob* blob) const;
    };

    explicit PieceReader(sqlite3* database) : m_database(database) {}
    bool isColumnFile();
    /// Goes to a piece: its size, or nullopt where there is none, or it is longer than pieces are.
    std::optional<std::size_t> seek(std::int64_t id);

    std::unique_ptr<sqlite3, Closer> m_database;
    std::unique_ptr<sqlite3_blob, Closer> m_blob; // the piece that was asked for last
};

} // namespace stepscope
