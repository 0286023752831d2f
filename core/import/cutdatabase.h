#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace stepscope {

/// What the header of a database says of its length, and what is there (sqlite.org/fileformat2.html, 1.3).
struct DatabaseLength {
    std::uint64_t fileBytes = 0;
    std::uint64_t pageBytes = 0;  ///< 0: the header says nothing sensible
    std::uint64_t wholePages = 0; ///< in the file
    std::uint64_t pages = 0;      ///< that there should be; `wholePages` where the header does not say

    /// Pages are missing, or the end of one. A longer file than the header says is none of ours to judge.
    bool isCut() const { return wholePages < pages; }
    std::uint64_t lostBytes() const { return pages * pageBytes - fileBytes; }
    std::uint64_t wholeBytes() const { return wholePages * pageBytes; }
    /// "it ends at byte 4000 of 8192"
    std::string whereCut() const;
};

/// FileNotReadable and the other errors of FileReader::open().
Result<DatabaseLength> databaseLength(const std::string& path);

/// The name of a SQLite VFS that shows a cut file as long as it once was, with pages that cannot be read
/// where there are none: SQLite would refuse a file that is shorter than its header says, and read zeros
/// where the end of a page is missing. The file's address says the bytes: `whole=…&all=…`. Read-only.
/// Thread-safe.
const char* cutDatabaseVfs();

} // namespace stepscope
