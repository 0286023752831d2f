#include "tests/fuzz/fuzztarget.h"
#include "tests/golden/testfiles.h"

#include <algorithm>
#include <filesystem>
#include <vector>

/// Runs a fuzz target over files and folders in order of their names: replay [FILE or FOLDER]… What is absent
/// is passed over, but one input there has to be.
int main(int argc, char** argv)
{
    namespace fs = std::filesystem;
    std::vector<std::string> inputs;
    for (int i = 1; i < argc; ++i) {
        if (fs::is_directory(argv[i])) {
            for (const fs::directory_entry& entry : fs::directory_iterator(argv[i]))
                inputs.push_back(entry.path().string());
        } else if (fs::exists(argv[i])) {
            inputs.emplace_back(argv[i]);
        }
    }
    std::sort(inputs.begin(), inputs.end());
    for (const std::string& path : inputs) {
        std::printf("%s\n", path.c_str());
        std::fflush(stdout); // the last line names the input that ends the program
        const std::string bytes = stepscope::test::readFile(path);
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    std::printf("%zu inputs\n", inputs.size());
    return inputs.empty() ? 1 : 0;
}
