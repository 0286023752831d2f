#include "app/cli/infocommand.h"

#include "app/cli/arguments.h"
#include "app/cli/importanswers.h"
#include "app/cli/openedtrace.h"
#include "core/analysis/kernelclassifier.h"
#include "core/import/traceimporter.h"
#include "core/report/inforeport.h"

#include <iostream>
#include <new>

namespace stepscope {

namespace {

constexpr const char* infoUsage =
    "usage: stepscope-cli info TRACE [--format text|json] [--comm-pattern REGEX] [--no-python] "
    "[--any-size] [--trust-gzip] [--no-cache]\n";

int infoUsageFault(const std::string& what)
{
    std::cerr << "stepscope-cli info: " << what << "\n" << infoUsage;
    return exitUsageOrUnreadable;
}

int infoRefusal(const Error& error, const std::string& path)
{
    printRefusal(error, path);
    return exitUsageOrUnreadable;
}

int printInfo(const std::vector<std::string>& paths, bool asJson, const KernelClassifier& classifier,
              const ImportOptions& answers, bool usesCache)
{
    const Result<std::shared_ptr<OpenedTrace>> opened = OpenedTrace::open(paths, answers, usesCache);
    if (!opened)
        return infoRefusal(opened.error(), shownPathOf(paths));
    const std::shared_ptr<const Trace> trace = OpenedTrace::traceOf(*opened);
    const TraceFigures figures = traceFigures(*trace, [&classifier](std::string_view name) {
        return classifier.match(name).kernelClass == KernelClass::Communication;
    });
    const TraceOpening::Check check = (*opened)->settle();
    if (check == TraceOpening::Check::Cancelled)
        return infoRefusal({ErrorCode::Cancelled, {}}, shownPathOf(paths));
    if (check == TraceOpening::Check::Changed)
        return printInfo(paths, asJson, classifier, answers, false);
    std::cout << (asJson ? infoJson(*trace, figures) : infoText(*trace, figures));
    return std::cout.flush() ? exitDone : exitUsageOrUnreadable;
}

} // namespace

int runInfo(const std::vector<std::string>& words)
{
    const Arguments arguments(words, {"--format", "--comm-pattern"},
                              {noPythonSwitch, anySizeSwitch, trustGzipSwitch, noCacheSwitch});
    if (!arguments.fault().empty())
        return infoUsageFault(arguments.fault());
    const std::vector<std::string>& paths = arguments.positional();
    if (paths.empty())
        return infoUsageFault("needs a trace");
    const std::string format = arguments.value("--format").value_or("text");
    if (format != "text" && format != "json")
        return infoUsageFault("--format is text or json, not " + format);
    try {
        const std::optional<std::string> pattern = arguments.value("--comm-pattern");
        Result<KernelClassifier> classifier = pattern
                                                  ? KernelClassifier::communicationOnly(*pattern)
                                                  : Result<KernelClassifier>(KernelClassifier::standard());
        return classifier ? printInfo(paths, format == "json", *classifier, importAnswers(arguments),
                                      !arguments.has(noCacheSwitch))
                          : infoRefusal(classifier.error(), shownPathOf(paths));
    } catch (const std::bad_alloc&) {
        return infoRefusal({ErrorCode::OutOfMemory, {}}, shownPathOf(paths));
    }
}

} // namespace stepscope
