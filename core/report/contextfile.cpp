#include "core/report/contextfile.h"

#include "core/gates/measurementcontext.h"
#include "core/gates/statedcontext.h"

#include <nlohmann/json.hpp>

namespace stepscope {

std::string contextFileText(const AssessmentInput& input)
{
    using OrderedJson = nlohmann::ordered_json;
    OrderedJson file = OrderedJson::object();
    const MeasurementContext order;
    for (const ContextField& field : order.fields()) {
        if (const std::string* const value = statedField(input, field.key); value && isStatable(field.key))
            file[field.key] = *value;
    }
    OrderedJson changed = OrderedJson::object();
    const auto defaults = thresholdValues(VerdictThresholds());
    const auto values = thresholdValues(input.thresholds);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].second != defaults[i].second)
            changed[values[i].first] = values[i].second;
    }
    if (!changed.empty())
        file["thresholds"] = std::move(changed);
    constexpr auto keepGoing = OrderedJson::error_handler_t::replace; // a value may hold damaged UTF-8
    return file.dump(4, ' ', false, keepGoing) + "\n";
}

} // namespace stepscope
