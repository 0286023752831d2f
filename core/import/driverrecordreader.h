#pragma once

#include "core/base/result.h"
#include "core/trace/driverrecord.h"

#include <string>
#include <string_view>

namespace stepscope {

/// Reads what a load driver wrote: the lines of the clean driver, amid any other lines, or the JSON of
/// `vllm bench serve` or SGLang's bench_serving, one object or several after each other. `name` becomes
/// DriverRecord::name. NotADriverRecord says what is missing. O(size); deep nesting and NaN do no harm.
Result<DriverRecord> parseDriverRecord(std::string_view text, std::string name);

/// The same from a file of at most 64 MiB. FileNotFound, IsDirectory, FileNotReadable and EmptyFile as
/// FileReader says them.
Result<DriverRecord> readDriverRecord(const std::string& path);

} // namespace stepscope
