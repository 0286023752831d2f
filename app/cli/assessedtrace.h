#pragma once

#include "app/cli/arguments.h"
#include "core/gates/assessment.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// A trace that was opened and assessed as the words of a verb ask.
struct AssessedTrace {
    std::shared_ptr<const TraceIndex> index;
    Assessment assessment;
};

/// The options that choose what is assessed, common to the verbs that print one window; `budget` and `export`
/// know more of them.
inline constexpr const char* windowUsage =
    "[--window A:B|auto|all] [--device N] [--no-annotations] [--no-python] "
    "[--any-size] [--trust-gzip] [--no-cache]";
const std::vector<std::string_view>& windowOptions();
const std::vector<std::string_view>& windowSwitches();
inline constexpr const char* assessmentUsage =
    "[--window A:B|auto|all] [--device N] [--tpot MS] [--tokens-per-step X] [--driver FILE] "
    "[--tpot-profiled MS] [--driver-profiled FILE] [--ttft MS] [--context FILE.json] [--server-command FILE] "
    "[--override GATE=REASON] [--no-annotations] [--no-python] [--any-size] [--trust-gzip] [--no-cache] "
    "[--strict]";
const std::vector<std::string_view>& assessmentOptions();
const std::vector<std::string_view>& assessmentSwitches();

/// Opens the one trace that `arguments` name and assesses it. On failure nullopt, and stderr says why: a
/// `fault` that the verb found in its own words, one in those above, each with the usage
/// "stepscope-cli VERB TRACE USAGE", or why the trace could not be read.
std::optional<AssessedTrace> assessTrace(const char* verb, const std::string& usage,
                                         const Arguments& arguments, std::string fault);

/// What a verb prints of an assessment; null where it has no such form.
struct AssessmentForms {
    std::string (*text)(const Assessment& assessment, const TraceIndex& index);
    std::string (*json)(const Assessment& assessment, const TraceIndex& index);
    std::string (*csv)(const Assessment& assessment, const TraceIndex& index);
};

/// A verb with the options of `budget`: prints what --format asks for. Returns the exit code, which is that
/// of the verdict.
int runAssessment(const char* verb, const std::vector<std::string>& words, const AssessmentForms& forms);

/// Empty when `format` is text, json or csv.
std::string formatFault(const std::string& format);
/// Writes `text` to stdout: 0, or 1 where it could not be written.
int exitCodeOfPrinting(const std::string& text);

/// 0, 2 when the verdict is withheld, 3 when a gate warned and --strict was given.
int exitCodeOf(const Assessment& assessment, const Arguments& arguments);

} // namespace stepscope
