#include "app/cli/gapscommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/gapscsv.h"
#include "core/report/gapsreport.h"

#include <charconv>

namespace stepscope {

namespace {

/// A whole number above 0, or all; nullopt for anything else.
std::optional<std::size_t> parseTop(const std::string& text)
{
    if (text == "all")
        return allGaps;
    std::size_t top = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), top);
    if (fault != std::errc() || end != text.data() + text.size() || top == 0)
        return std::nullopt;
    return top;
}

} // namespace

int runGaps(const std::vector<std::string>& words)
{
    std::vector<std::string_view> valued = windowOptions();
    valued.insert(valued.end(), {"--top", "--format"});
    const Arguments arguments(words, valued, windowSwitches());
    const std::string format = arguments.value("--format").value_or("text");
    const std::optional<std::string> topText = arguments.value("--top");
    const std::optional<std::size_t> top = topText ? parseTop(*topText) : usualListedGaps;
    std::string fault = formatFault(format);
    if (!top)
        fault = "--top is a number above 0 or all, not " + *topText;
    else if (topText && format == "csv")
        fault = "--top is for text and json: the csv holds every gap";
    const std::optional<AssessedTrace> trace = assessTrace(
        "gaps", std::string(windowUsage) + " [--top N|all] [--format text|json|csv]", arguments, fault);
    if (!trace)
        return exitUsageOrUnreadable;
    return exitCodeOfPrinting(format == "json"  ? gapsJson(trace->assessment, *trace->index, *top)
                              : format == "csv" ? gapsCsv(trace->assessment, *trace->index)
                                                : gapsText(trace->assessment, *trace->index, *top));
}

} // namespace stepscope
