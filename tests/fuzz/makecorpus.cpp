#include "tests/golden/testfiles.h"

#include <cstdio>
#include <filesystem>

namespace {

/// Half of the text in each of two gzip members.
std::string inTwoMembers(const std::string& text)
{
    return stepscope::test::gzip(text.substr(0, text.size() / 2)) +
           stepscope::test::gzip(text.substr(text.size() / 2));
}

} // namespace

/// Writes the first inputs of the fuzz targets: fuzz_corpus GOLDEN-FOLDER OUT. The golden traces as they are
/// (OUT/kineto), packed (OUT/gzip), and their SQL as databases (OUT/sqlite).
int main(int argc, char** argv)
{
    namespace fs = std::filesystem;
    namespace test = stepscope::test;
    if (argc != 3) {
        std::fprintf(stderr, "usage: fuzz_corpus GOLDEN-FOLDER OUT\n");
        return 1;
    }
    const fs::path out = argv[2];
    for (const char* folder : {"kineto", "gzip", "sqlite"})
        fs::create_directories(out / folder);
    for (const fs::directory_entry& entry : fs::directory_iterator(argv[1])) {
        const std::string name = entry.path().stem().string();
        if (entry.path().extension() == ".sql") {
            // Most bytes of a small database are free space, so mostly small pages; nsys writes larger ones.
            const std::string sql = test::readFile(entry.path().string());
            for (const char* pageBytes : {"512", "4096"})
                test::writeDatabase((out / "sqlite" / (name + "_" + pageBytes)).string(),
                                    "PRAGMA page_size = " + std::string(pageBytes) + ";\n" + sql);
        } else if (entry.path().extension() == ".json") {
            const std::string text = test::readFile(entry.path().string());
            test::writeFile((out / "kineto" / name).string(), text);
            test::writeFile((out / "gzip" / name).string(), test::gzip(text));
            test::writeFile((out / "gzip" / (name + "_two_members")).string(), inTwoMembers(text));
        }
    }
    return 0;
}
