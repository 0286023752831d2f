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
    cutTo(0);
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(m_descriptor, bytes.data(), bytes.size(), ::lseek(m_descriptor, 0, SEEK_END));
        require(written > 0, "the temporary file can be written");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void ScratchFile::cutTo(std::size_t bytes)
{
    require(::ftruncate(m_descriptor, static_cast<off_t>(bytes)) == 0, "the temporary file can be cut");
}

} // namespace stepscope::test
