#include "core/import/filereader.h"

#include <cerrno>
#include <cstring>
#include <utility>

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
    FileReader reader(descriptor, static_cast<std::uint64_t>(status.st_size));
    if (status.st_size == 0)
        return Error{ErrorCode::EmptyFile, {}};
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return reader;
}

FileReader::FileReader(FileReader&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_fileBytes(other.m_fileBytes),
      m_offset(other.m_offset), m_fault(std::move(other.m_fault)), m_hash(std::move(other.m_hash))
{}

FileReader& FileReader::operator=(FileReader&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    m_fileBytes = other.m_fileBytes;
    m_offset = other.m_offset;
    m_fault = std::move(other.m_fault);
    m_hash = std::move(other.m_hash);
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
    m_hash.update(buffer.data(), size);
    m_offset += size;
    return size;
}

} // namespace stepscope
