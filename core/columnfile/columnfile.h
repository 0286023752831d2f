#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stepscope {

/// The column file: a whole Trace and its TracePreview in one file, for the reopen cache and for whoever
/// passes traces on. Version 1:
///
/// A SQLite database, application_id 0x53534346 ("SSCF"), user_version the format's version, pages of
/// 64 KiB, without journal, and one table:
///
///     CREATE TABLE piece(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)
///
///     id 1   the head: ColumnFileHead as an archive, then its checksum (64 bits)
///     id 2   the preview: TracePreview as an archive
///     id 3   the facts: all of the trace that is no column, and the list of columns, as an archive
///     id 4…  the columns: each as many pieces of `pieceBytes` as it needs, the last one shorter
///
/// An archive is what core/columnfile/archive.h says, its structs those of core/columnfile/tracefacts.h.
/// Numbers lie as in the memory of a little-endian machine. A column is the values of a vector as
/// TraceColumns names it, "device 0/begin"; beside those "names/text" (all names in the order of their ids,
/// one behind the other) with "names/end" (where each ends), and "ranges/…", the members of HostRange.
///
/// Each piece has a checksum (core/base/checksum.h). That of the head stands behind it; the head holds those
/// of preview and facts, the facts those of the columns: nothing can be changed, cut, moved or put in from
/// another file without being noticed. Bytes that belong to no piece are not looked at.
///
/// Another reading of any of this is another version; there is no reading of older versions, a cache is made
/// anew.
namespace columnfile {

inline constexpr std::int64_t applicationId = 0x53534346;
inline constexpr std::int64_t formatVersion = 1;
inline constexpr int pageBytes = 1 << 16;
inline constexpr std::size_t pieceBytes = 8U << 20;
inline constexpr const char* pieceTable = "CREATE TABLE piece(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";

enum PieceId : std::int64_t { HeadId = 1, PreviewId = 2, FactsId = 3, FirstColumnId = 4 };

} // namespace columnfile

/// Where the bytes of something lie.
struct PieceInfo {
    std::uint64_t bytes = 0;
    std::uint64_t checksum = 0;
};

struct ColumnFileHead {
    std::string identity;             ///< what the file was made for, as whoever wrote it calls that
    std::uint32_t readingVersion = 0; ///< importVersion of the program that read the trace
    std::string program;              ///< its version
    std::uint64_t columnBytes = 0;    ///< of all columns: about what the trace takes in memory
    PieceInfo preview;
    PieceInfo facts;
};

struct ColumnInfo {
    std::string name;
    std::uint32_t valueBytes = 0;
    std::uint64_t values = 0;
    std::int64_t firstPiece = 0;
    std::vector<std::uint64_t> checksums; ///< of its pieces
};

} // namespace stepscope
