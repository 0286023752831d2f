#pragma once

#include <string>
#include <string_view>

namespace stepscope::test {

/// One temporary file whose content is replaced again and again; removed at the end. Aborts the program where
/// the system refuses. Not thread-safe.
class ScratchFile {
public:
    ScratchFile();
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    void write(std::string_view bytes);
    /// Cuts the content to its first `bytes`.
    void cutTo(std::size_t bytes);
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
    int m_descriptor = -1;
};

} // namespace stepscope::test
