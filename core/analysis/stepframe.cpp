#include "core/analysis/stepframe.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

namespace stepscope {

namespace {

struct FrameRule {
    StepFrameKind kind;
    std::string_view file; // the end of its path
    std::string_view function;
};

constexpr std::array frameRules = {
    FrameRule{StepFrameKind::VllmExecute, "model_runner.py", "execute_model"},
    FrameRule{StepFrameKind::SglangRunBatch, "sglang/srt/managers/scheduler.py", "run_batch"},
    FrameRule{StepFrameKind::TrtllmForward, "py_executor.py", "_forward_step"},
};

/// What the field calls a language model: with its head, and without.
constexpr std::array modelEnds = {"ForCausalLM", "ForConditionalGeneration", "Model"};

/// `nn.Module: Qwen2ForCausalLM_0`
bool isModel(std::string_view name)
{
    constexpr std::string_view prefix = "nn.Module: ";
    if (!name.starts_with(prefix))
        return false;
    name.remove_prefix(prefix.size());
    const std::size_t number = name.find_last_of('_');
    if (number == std::string_view::npos || number + 1 == name.size() ||
        name.find_first_not_of("0123456789", number + 1) != std::string_view::npos)
        return false;
    name = name.substr(0, number);
    return std::any_of(modelEnds.begin(), modelEnds.end(),
                       [name](std::string_view end) { return name.ends_with(end); });
}

/// By NameId.
std::vector<std::optional<StepFrameKind>> readNames(const Trace& trace)
{
    std::vector<std::optional<StepFrameKind>> readings;
    readings.reserve(trace.names().size());
    for (std::size_t name = 0; name < trace.names().size(); ++name)
        readings.push_back(parseStepFrame(trace.name(NameId(name))));
    return readings;
}

} // namespace

std::optional<StepFrameKind> parseStepFrame(std::string_view name)
{
    if (isModel(name))
        return StepFrameKind::Model;
    constexpr std::string_view afterLine = "): ";
    const std::size_t line = name.rfind('(', name.rfind(afterLine));
    const std::size_t end = name.rfind(afterLine);
    if (end == std::string_view::npos || line == std::string_view::npos)
        return std::nullopt;
    const std::string_view file = name.substr(0, line);
    const std::string_view function = name.substr(end + afterLine.size());
    for (const FrameRule& rule : frameRules) {
        if (function == rule.function && file.ends_with(rule.file))
            return rule.kind;
    }
    return std::nullopt;
}

std::vector<StepBoundary> frameBoundaries(const Trace& trace, const ActivityTable& work)
{
    const std::vector<std::optional<StepFrameKind>> readings = readNames(trace);
    const CpuEventTable& events = trace.cpuEvents();
    std::vector<std::size_t> frames;
    std::optional<StepFrameKind> kind;
    std::map<NameId, Duration> models; // how long each ran
    for (std::size_t row = 0; row < events.size(); ++row) {
        const std::optional<StepFrameKind>& reading = readings[events.name(row).value()];
        if (!reading || events.kind(row) != CpuEventKind::PythonFunction)
            continue;
        frames.push_back(row);
        kind = std::min(kind.value_or(*reading), *reading);
        if (reading == StepFrameKind::Model)
            models[events.name(row)] += events.range(row).duration();
    }
    if (!kind)
        return {};
    const auto longest = std::max_element(models.begin(), models.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    StepRanges ranges(trace);
    for (const std::size_t row : frames) {
        const NameId name = events.name(row);
        if (readings[name.value()] == kind && (kind != StepFrameKind::Model || name == longest->first))
            ranges.add(events.thread(row), {events.range(row), std::nullopt});
    }
    return ranges.boundariesOn(work);
}

} // namespace stepscope
