#include "tests/golden/testfiles.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include <sqlite3.h>
#include <zlib.h>

namespace stepscope::test {

namespace {

[[noreturn]] void giveUp(const std::string& what)
{
    std::cerr << "test files: " << what << "\n";
    std::abort();
}

} // namespace

std::string readFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        giveUp("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void writeFile(const std::string& path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush())
        giveUp("cannot write " + path);
}

std::string gzip(std::string_view text)
{
    z_stream stream = {};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        giveUp("deflateInit2");
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        giveUp("deflate");
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

Gunzipped gunzip(std::string_view packed)
{
    Gunzipped all;
    std::vector<unsigned char> piece(64 * 1024);
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        giveUp("inflateInit2");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    for (int status = Z_OK; status == Z_OK;) {
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        status = inflate(&stream, Z_NO_FLUSH);
        all.text.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
        const std::string_view message = stream.msg ? stream.msg : "";
        all.isSumWrong = message == "incorrect data check" || message == "incorrect length check";
        all.isWhole = status == Z_STREAM_END && stream.avail_in == 0;
        if (status != Z_STREAM_END)
            continue;
        for (; stream.avail_in > 0 && *stream.next_in == 0; --stream.avail_in) // padding
            ++stream.next_in;
        if (stream.avail_in > 0)
            status = inflateReset(&stream);
    }
    inflateEnd(&stream);
    return all;
}

void writeDatabase(const std::string& path, const std::string& sql)
{
    std::filesystem::remove(path);
    sqlite3* database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK)
        giveUp("cannot create " + path);
    // It lives as long as a test: nothing waits for the disk.
    sqlite3_exec(database, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", nullptr, nullptr,
                 nullptr);
    char* fault = nullptr;
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &fault) != SQLITE_OK)
        giveUp(path + ": " + fault);
    sqlite3_close(database);
}

} // namespace stepscope::test
