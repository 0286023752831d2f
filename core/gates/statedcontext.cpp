#include "core/gates/statedcontext.h"

#include "core/gates/measurementcontext.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

std::string faultText(const std::string& name, ThresholdFault fault)
{
    const std::string threshold = "the threshold " + name;
    switch (fault) {
    case ThresholdFault::NotAShare:
        return threshold + " is not from 0 to 1";
    case ThresholdFault::BelowOne:
        return threshold + " is below 1";
    case ThresholdFault::NotFinite:
        break;
    }
    return threshold + " is no finite number";
}

} // namespace

void stateField(AssessmentInput& input, std::string_view key, std::string value)
{
    if (!isStatable(key))
        return;
    const auto isField = [key](const ContextValue& field) { return field.key == key; };
    if (value.empty()) {
        std::erase_if(input.context, isField);
        return;
    }
    const auto found = std::find_if(input.context.begin(), input.context.end(), isField);
    if (found != input.context.end())
        found->value = std::move(value);
    else
        input.context.push_back({std::string(key), std::move(value)});
}

const std::string* statedField(const AssessmentInput& input, std::string_view key)
{
    const auto found = std::find_if(input.context.begin(), input.context.end(),
                                    [key](const ContextValue& field) { return field.key == key; });
    return found == input.context.end() ? nullptr : &found->value;
}

AssessmentInput withContextOf(AssessmentInput input, const AssessmentInput& other)
{
    input.context = other.context;
    input.command = other.command;
    input.thresholds = other.thresholds;
    return input;
}

std::optional<ThresholdFault> thresholdFault(std::string_view name, double value)
{
    if (!std::isfinite(value))
        return ThresholdFault::NotFinite;
    if (name.find("slowdown") != std::string_view::npos)
        return value >= 1.0 ? std::nullopt : std::optional(ThresholdFault::BelowOne);
    return value >= 0.0 && value <= 1.0 ? std::nullopt : std::optional(ThresholdFault::NotAShare);
}

Result<AssessmentInput> withStatement(AssessmentInput input, const ContextStatement& statement)
{
    input.context.clear();
    input.thresholds = {};
    for (const ContextValue& field : statement.fields) {
        if (!isStatable(field.key))
            return Error{ErrorCode::NotAContextFile, "it names a field that there is not, " + field.key};
        stateField(input, field.key, field.value);
    }
    for (const auto& [name, value] : statement.thresholds) {
        double* const threshold = thresholdOf(input.thresholds, name);
        if (threshold == nullptr)
            return Error{ErrorCode::NotAContextFile, "it names a threshold that there is not, " + name};
        if (const std::optional<ThresholdFault> fault = thresholdFault(name, value))
            return Error{ErrorCode::NotAContextFile, faultText(name, *fault)};
        *threshold = value;
    }
    return input;
}

} // namespace stepscope
