#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>

namespace stepscope {

/// The bytes of a file that is small, as far as it is what it should be. FileNotFound, IsDirectory,
/// FileNotReadable and EmptyFile as FileReader says them; `tooLarge` for more than `mostBytes`, of which no
/// more are read.
Result<std::string> readWholeFile(const std::string& path, std::size_t mostBytes, Error tooLarge);

} // namespace stepscope
