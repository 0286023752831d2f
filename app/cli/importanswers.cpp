#include "app/cli/importanswers.h"

#include "core/analysis/budgetframes.h"
#include "core/base/freememory.h"
#include "core/report/errortext.h"

#include <iostream>

namespace stepscope {

ImportOptions importAnswers(const Arguments& arguments)
{
    ImportOptions options;
    if (arguments.has(noPythonSwitch))
        options.keepsPythonFrame = budgetFrames();
    options.acceptsExpansion = arguments.has(trustGzipSwitch);
    options.memoryLimit = arguments.has(anySizeSwitch) ? 0 : freeMemory().value_or(0);
    return options;
}

void printRefusal(const Error& error, const std::string& path)
{
    std::cerr << "stepscope-cli: " << errorSentence(error, path);
    if (error.code == ErrorCode::NeedsMemory && error.memory.withoutPython > 0)
        std::cerr << " Use --no-python to leave them out, or --any-size to read it all the same.";
    else if (error.code == ErrorCode::NeedsMemory)
        std::cerr << " Use --any-size to read it all the same.";
    else if (error.code == ErrorCode::SuspiciousGzip)
        std::cerr << " Use --trust-gzip to read it all the same.";
    std::cerr << "\n";
}

} // namespace stepscope
