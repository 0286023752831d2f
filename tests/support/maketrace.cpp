// stepscope-make-trace: writes generated traces from the command line. See usage().

#include "tests/support/closedform.h"
#include "tests/support/decodecommand.h"
#include "tests/support/sampletrace.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace stepscope::testsupport;

int usage()
{
    std::cerr << "stepscope-make-trace sample OUT.json[.gz]\n"
                 "stepscope-make-trace case 1..10 OUT.json[.gz]|OUT.sqlite\n"
                 "stepscope-make-trace decode [options] OUT.json[.gz]|OUT.sqlite\n"
              << DecodeCommand::help();
    return EXIT_FAILURE;
}

int run(const std::vector<std::string>& arguments)
{
    if (arguments.size() == 2 && arguments[0] == "sample") {
        writeSample(arguments[1]);
        return EXIT_SUCCESS;
    }
    if (arguments.size() == 3 && arguments[0] == "case") {
        for (const std::string& path : writeClosedForm(closedFormCase(std::stoi(arguments[1])), arguments[2]))
            std::cout << path << '\n';
        return EXIT_SUCCESS;
    }
    if (arguments.size() >= 2 && arguments[0] == "decode") {
        std::cout << DecodeCommand({arguments.begin() + 1, arguments.end()}).run() << " rows\n";
        return EXIT_SUCCESS;
    }
    return usage();
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "stepscope-make-trace: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
