#pragma once

#include "core/base/result.h"
#include "core/base/sha256.h"

#include <cstdint>
#include <span>
#include <string>

namespace stepscope {

/// The bytes of one regular file in order, hashed as they pass. Not thread-safe.
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
    std::uint64_t fileBytes() const { return m_fileBytes; }
    /// The system's word for a read that failed; empty when all went well.
    const std::string& fault() const { return m_fault; }
    /// Of what was read so far. Call once.
    std::string sha256() { return m_hash.hexDigest(); }

private:
    FileReader(int descriptor, std::uint64_t fileBytes) : m_descriptor(descriptor), m_fileBytes(fileBytes) {}

    int m_descriptor = -1;
    std::uint64_t m_fileBytes = 0;
    std::uint64_t m_offset = 0;
    std::string m_fault;
    Sha256 m_hash;
};

} // namespace stepscope
