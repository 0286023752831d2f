#include "core/import/kinetoimporter.h"
#include "core/import/traceformat.h"
#include "tests/fuzz/fuzztarget.h"
#include "tests/fuzz/scratchfile.h"
#include "tests/fuzz/traceinvariants.h"
#include "tests/golden/tracecomparison.h"

#include <cstdio>

using namespace stepscope;
using test::require;

namespace {

Result<Trace> imported(const std::string& path, const ImportOptions& options)
{
    Result<FileReader> file = FileReader::open(path);
    require(static_cast<bool>(file), "the file can be read");
    NoProgress progress;
    TraceBuilder builder(TraceFormat::KinetoJson);
    if (const Result<Done> done = KinetoImporter::read(*file, false, progress, builder, options); !done)
        return done.error();
    return builder.build();
}

} // namespace

/// The text of a kineto trace, read with and without the scanner of events, in blocks of any size: one
/// reading.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static test::ScratchFile scratch;
    scratch.write(test::textOf(data, size));
    for (const std::size_t blockBytes : {std::size_t{1} << 20, std::size_t{64} + size % 509}) {
        ImportOptions options;
        options.blockBytes = blockBytes;
        const Result<Trace> trace = imported(scratch.path(), options);
        options.scansEvents = false;
        const Result<Trace> expected = imported(scratch.path(), options);
        require(static_cast<bool>(trace) == static_cast<bool>(expected),
                "both readers refuse a text, or none");
        if (!trace) {
            require(trace.error().code == expected.error().code &&
                        trace.error().detail == expected.error().detail,
                    "both readers refuse a text for one reason");
            continue;
        }
        const std::string difference = test::firstDifference(*trace, *expected);
        if (!difference.empty())
            std::fprintf(stderr, "blocks of %zu bytes, %s\n", blockBytes, difference.c_str());
        require(difference.empty(), "both readers read the same");
    }
    return 0;
}
