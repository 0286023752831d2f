#pragma once

#include "core/base/filehash.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

#include <cstdint>
#include <span>
#include <string>

namespace stepscope {

/// The bytes of one regular file in order, hashed as they pass unless the hash is left for later. Not
/// thread-safe.
class FileReader {
public:
    /// FileNotFound, IsDirectory, FileNotReadable (also for devices and pipes) or EmptyFile.
    static Result<FileReader> open(const std::string& path);

    FileReader(FileReader&& other) noexcept;
    FileReader& operator=(FileReader&& other) noexcept;
    ~FileReader();

    /// How many bytes were put into `buffer`; 0 at the end or when the file cannot be read further.
    std::size_t read(std::span<unsigned char> buffer);
    std::uint64_t offset() const { return m_offset; }
    /// The next read begins at `offset`, which is not beyond offset(). Nothing is hashed twice. False, with
    /// fault(), when the system refuses.
    bool goBackTo(std::uint64_t offset);
    std::uint64_t fileBytes() const { return m_stamp.bytes; }
    /// The system's word for a read that failed; empty when all went well.
    const std::string& fault() const { return m_fault; }
    /// Of what was read so far. Call once, and not after leaveHashForLater().
    std::string sha256() { return m_hash.hexDigest(); }

    /// Before the first read: none of the bytes are hashed.
    void leaveHashForLater() { m_isHashed = false; }
    /// The hash of the whole file, read again when it is asked for; empty when it changed since it was opened
    /// or cannot be read. Takes the file: nothing is left to read.
    FileHash hashLater();

private:
    /// What the system says of a file that changes with its bytes.
    struct Stamp {
        std::int64_t changed = 0;  ///< ns
        std::int64_t modified = 0; ///< ns
        std::uint64_t bytes = 0;

        friend bool operator==(const Stamp&, const Stamp&) = default;
    };

    FileReader(int descriptor, const Stamp& stamp) : m_descriptor(descriptor), m_stamp(stamp) {}
    std::optional<Stamp> presentStamp() const;
    std::optional<std::string> hashFromStart(Progress& progress);

    int m_descriptor = -1;
    Stamp m_stamp; // when it was opened
    std::uint64_t m_offset = 0;
    std::uint64_t m_hashedTo = 0;
    std::string m_fault;
    Sha256 m_hash;
    bool m_isHashed = true;
};

} // namespace stepscope
