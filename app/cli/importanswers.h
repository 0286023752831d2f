#pragma once

#include "app/cli/arguments.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"

#include <string>

namespace stepscope {

/// The switches that answer what is asked of a big or suspicious file; known to every verb that opens one.
inline constexpr const char* noPythonSwitch = "--no-python";
inline constexpr const char* anySizeSwitch = "--any-size";
inline constexpr const char* trustGzipSwitch = "--trust-gzip";
/// Neither opens from what was kept of a trace nor keeps anything; known to the same verbs.
inline constexpr const char* noCacheSwitch = "--no-cache";

/// As the switches say, with the memory that is free now as the limit.
ImportOptions importAnswers(const Arguments& arguments);

/// On stderr: the sentence for the error and, where it is a question, the switch that answers it.
void printRefusal(const Error& error, const std::string& path);

} // namespace stepscope
