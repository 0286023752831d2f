#pragma once

#include "core/base/result.h"
#include "core/report/translatable.h"

#include <string>

namespace stepscope {

/// What is wrong with the file, and the way out. `path` is how the file is called in the
/// sentence; of several files the error names the one it concerns.
Sentence errorTemplate(const Error& error, const std::string& path);
/// What exports a report of Nsight Systems to a database beside it, as it is typed in a shell.
std::string nsysExportCommand(const std::string& path);
/// The same in English, safe for a terminal.
std::string errorSentence(const Error& error, const std::string& path);

} // namespace stepscope
