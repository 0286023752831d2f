#include "tests/fuzz/scratchfile.h"

#include "tests/fuzz/fuzztarget.h"

#include <filesystem>

#include <unistd.h>

namespace stepscope::test {

ScratchFile::ScratchFile() : m_path((std::filesystem::temp_directory_path() / "stepscope-XXXXXX").string())
{
    m_descriptor = ::mkstemp(m_path.data());
    require(m_descriptor >= 0, "a temporary file can be made");
}

ScratchFile::~ScratchFile()
{
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

void ScratchFile::write(std::string_view bytes)
{
    // Not cut to nothing first: ext4 writes such a file to the disk each time it is closed.
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t written =
            ::pwrite(m_descriptor, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        require(written > 0, "the temporary file can be written");
        at += static_cast<std::size_t>(written);
    }
    cutTo(bytes.size());
}

void ScratchFile::cutTo(std::size_t bytes)
{
    require(::ftruncate(m_descriptor, static_cast<off_t>(bytes)) == 0, "the temporary file can be cut");
}

} // namespace stepscope::test
