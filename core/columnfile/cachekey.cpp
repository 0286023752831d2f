#include "core/columnfile/cachekey.h"

#include "core/base/checksum.h"
#include "core/base/sha256.h"
#include "core/columnfile/archive.h"
#include "core/trace/importversion.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stepscope {

namespace {

constexpr std::uint64_t endBytes = 64 << 10;   // of each end of a file, where cuts and headers are
constexpr std::uint64_t sampleBytes = 4 << 10; // of each place in between
constexpr std::uint64_t samplesBetween = 16;
constexpr std::size_t nameDigits = 32;

/// A file that is open for reading; closed at the end.
class OpenFile {
public:
    explicit OpenFile(const std::string& path)
        : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    std::optional<struct stat> status() const
    {
        struct stat status = {};
        const bool isFile =
            m_descriptor >= 0 && ::fstat(m_descriptor, &status) == 0 && S_ISREG(status.st_mode);
        return isFile ? std::optional(status) : std::nullopt;
    }

    /// Of the ends and of some places in between; of all of a short file.
    std::uint64_t sampledChecksum(std::uint64_t size) const
    {
        std::string samples;
        addBytes(samples, 0, endBytes);
        for (std::uint64_t i = 1; i <= samplesBetween && size > 2 * endBytes; ++i)
            addBytes(samples, size / (samplesBetween + 1) * i, sampleBytes);
        addBytes(samples, size > endBytes ? size - endBytes : 0, endBytes);
        return checksumOf(samples.data(), samples.size());
    }

private:
    void addBytes(std::string& samples, std::uint64_t offset, std::uint64_t length) const
    {
        std::array<char, endBytes> piece{};
        const ssize_t got = ::pread(m_descriptor, piece.data(), length, static_cast<off_t>(offset));
        samples.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }

    int m_descriptor;
};

/// Bytes of the log that an importer of databases sees beside a file, or beside what a link leads to.
std::uint64_t logBytesBeside(const std::string& path)
{
    std::error_code fault;
    const std::filesystem::path file = std::filesystem::canonical(path, fault);
    const std::uintmax_t bytes = std::filesystem::file_size((fault ? path : file.string()) + "-wal", fault);
    return fault ? 0 : bytes;
}

} // namespace

std::optional<CacheKey> CacheKey::of(const std::vector<std::string>& files, const std::string& reading)
{
    ArchiveWriter names;
    ArchiveWriter identity;
    names(reading);
    for (const std::string& file : files) {
        std::error_code fault;
        const std::string path = std::filesystem::absolute(file, fault).string();
        const OpenFile open(path);
        const std::optional<struct stat> status = open.status();
        if (fault || !status)
            return std::nullopt;
        const auto size = static_cast<std::uint64_t>(status->st_size);
        names(path);
        identity(size, std::int64_t{status->st_mtim.tv_sec}, std::int64_t{status->st_mtim.tv_nsec},
                 std::uint64_t{status->st_ino}, open.sampledChecksum(size), logBytesBeside(path));
    }
    identity(names.bytes(), importVersion, std::string(STEPSCOPE_VERSION));
    Sha256 hash;
    hash.update(names.bytes().data(), names.bytes().size());
    CacheKey key;
    key.m_name = hash.hexDigest().substr(0, nameDigits);
    key.m_identity = identity.bytes();
    return key;
}

} // namespace stepscope
