#include "core/import/wholefile.h"

#include "core/import/filereader.h"

#include <utility>
#include <vector>

namespace stepscope {

Result<std::string> readWholeFile(const std::string& path, std::size_t mostBytes, Error tooLarge)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return file.error();
    if (file->fileBytes() > mostBytes)
        return tooLarge;
    std::string text;
    std::vector<unsigned char> piece(1U << 16);
    while (const std::size_t count = file->read(piece)) {
        text.append(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
        if (text.size() > mostBytes) // grows while it is read
            return tooLarge;
    }
    if (!file->fault().empty())
        return Error{ErrorCode::FileNotReadable, file->fault()};
    return text;
}

} // namespace stepscope
