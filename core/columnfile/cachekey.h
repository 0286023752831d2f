#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Which files, as they are now, read in which way: what a kept trace is found by.
class CacheKey {
public:
    /// `reading` says all that beside the files decides what is read of them. nullopt where one is no regular
    /// file. Reads at most 200 KB of each file: milliseconds, on a slow disk some tenths of a second.
    static std::optional<CacheKey> of(const std::vector<std::string>& files, const std::string& reading);

    /// A file name for them: of paths and reading alone, so that what is kept of a file replaces what was
    /// kept of it before.
    const std::string& name() const { return m_name; }
    /// Of each file the path, size, time of the last change, inode, a checksum of samples, the size of a
    /// write-ahead log beside it; the reading; importVersion and the program's version. Another identity is
    /// another trace, the same one nearly always the same: only a hash of all bytes is certain.
    const std::string& identity() const { return m_identity; }

    friend bool operator==(const CacheKey&, const CacheKey&) = default;

private:
    std::string m_name;
    std::string m_identity;
};

} // namespace stepscope
