#pragma once

#include <string>
#include <string_view>

namespace stepscope::test {

/// Makes the files that importer tests read. All abort the test program when they cannot.
std::string readFile(const std::string& path);
void writeFile(const std::string& path, std::string_view bytes);
/// One gzip member.
std::string gzip(std::string_view text);
/// What zlib decodes of gzip members that follow each other, up to the first fault.
struct Gunzipped {
    std::string text;
    bool isSumWrong = false; ///< at the end of a member, as far as it is there
    bool isWhole = false;    ///< the last member ends, and nothing follows
};
Gunzipped gunzip(std::string_view packed);
/// A database built by an SQL script; replaces the file.
void writeDatabase(const std::string& path, const std::string& sql);

} // namespace stepscope::test
