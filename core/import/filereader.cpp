#include "core/import/filereader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stepscope {

Result<FileReader> FileReader::open(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        const bool isMissing = errno == ENOENT || errno == ENOTDIR;
        return Error{isMissing ? ErrorCode::FileNotFound : ErrorCode::FileNotReadable, std::strerror(errno)};
    }
    if (S_ISDIR(status.st_mode))
        return Error{ErrorCode::IsDirectory, {}};
    if (!S_ISREG(status.st_mode)) // opening a pipe would wait for its writer
        return Error{ErrorCode::FileNotReadable, "not a regular file"};
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return Error{ErrorCode::FileNotReadable, std::strerror(errno)};
    FileReader reader(descriptor, {});
    const std::optional<Stamp> stamp = reader.presentStamp();
    if (!stamp)
        return Error{ErrorCode::FileNotReadable, std::strerror(errno)};
    if (stamp->bytes == 0)
        return Error{ErrorCode::EmptyFile, {}};
    reader.m_stamp = *stamp;
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return reader;
}

FileReader::FileReader(FileReader&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_stamp(other.m_stamp), m_offset(other.m_offset),
      m_hashedTo(other.m_hashedTo), m_fault(std::move(other.m_fault)), m_hash(std::move(other.m_hash)),
      m_isHashed(other.m_isHashed)
{}

FileReader& FileReader::operator=(FileReader&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    m_stamp = other.m_stamp;
    m_offset = other.m_offset;
    m_hashedTo = other.m_hashedTo;
    m_fault = std::move(other.m_fault);
    m_hash = std::move(other.m_hash);
    m_isHashed = other.m_isHashed;
    return *this;
}

FileReader::~FileReader()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::size_t FileReader::read(std::span<unsigned char> buffer)
{
    ssize_t got = 0;
    do {
        got = ::read(m_descriptor, buffer.data(), buffer.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        m_fault = std::strerror(errno);
        return 0;
    }
    const auto size = static_cast<std::size_t>(got);
    const std::size_t hashed = std::min<std::uint64_t>(size, m_hashedTo - std::min(m_hashedTo, m_offset));
    if (m_isHashed)
        m_hash.update(buffer.data() + hashed, size - hashed);
    m_offset += size;
    m_hashedTo = std::max(m_hashedTo, m_offset);
    return size;
}

bool FileReader::goBackTo(std::uint64_t offset)
{
    if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0) {
        m_fault = std::strerror(errno);
        return false;
    }
    m_offset = offset;
    return true;
}

std::optional<FileReader::Stamp> FileReader::presentStamp() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return std::nullopt;
    const auto nanoseconds = [](const timespec& time) {
        return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
    };
    return Stamp{nanoseconds(status.st_ctim), nanoseconds(status.st_mtim),
                 static_cast<std::uint64_t>(status.st_size)};
}

std::optional<std::string> FileReader::hashFromStart(Progress& progress)
{
    m_hash = Sha256();
    m_isHashed = true;
    m_hashedTo = 0;
    if (!goBackTo(0))
        return std::string();
    std::vector<unsigned char> piece(std::size_t{1} << 20);
    while (read(piece) > 0) {
        if (progress.isCancelled())
            return std::nullopt;
        progress.report(m_offset, m_stamp.bytes);
    }
    return m_fault.empty() && presentStamp() == m_stamp ? m_hash.hexDigest() : std::string();
}

FileHash FileReader::hashLater()
{
    const auto file = std::make_shared<FileReader>(std::move(*this));
    return FileHash::later([file](Progress& progress) { return file->hashFromStart(progress); });
}

} // namespace stepscope
