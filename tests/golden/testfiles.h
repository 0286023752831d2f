#pragma once

#include <string>
#include <string_view>

namespace stepscope::test {

/// Makes the files that importer tests read. All abort the test program when they cannot.
std::string readFile(const std::string& path);
void writeFile(const std::string& path, std::string_view bytes);
/// One gzip member.
std::string gzip(std::string_view text);
/// A database built by an SQL script; replaces the file.
void writeDatabase(const std::string& path, const std::string& sql);

} // namespace stepscope::test
