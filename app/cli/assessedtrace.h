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

/// The options that choose what is assessed, common to `budget` and `export`.
inline constexpr const char* assessmentUsage =
    "[--window A:B|auto|all] [--device N] [--tpot MS] [--tokens-per-step X] [--no-annotations] [--strict]";
const std::vector<std::string_view>& assessmentOptions();
const std::vector<std::string_view>& assessmentSwitches();

/// Opens the one trace that `arguments` name and assesses it. On failure nullopt: `fault` says what is wrong
/// with the words, or is empty where the trace could not be read, which was then said on stderr.
std::optional<AssessedTrace> assessTrace(const Arguments& arguments, std::string& fault);

/// 0, 2 when the verdict is withheld, 3 when a gate warned and --strict was given.
int exitCodeOf(const Assessment& assessment, const Arguments& arguments);

} // namespace stepscope
