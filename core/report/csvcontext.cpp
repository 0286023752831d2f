#include "core/report/csvcontext.h"

#include "core/report/budgetreport.h"

#include <optional>

namespace stepscope {

const char* labelOf(const MeasurementContext& context)
{
    return context.isComplete() ? verdictLabel : draftLabel;
}

std::string csvContextCells(const Assessment& assessment, const TraceIndex& index, DeviceId device)
{
    const CaptureInfo& capture = index.trace().capture();
    const std::optional<int> rank = index.trace().rankOf(device);
    return capture.sha256.text() + "," + labelOf(assessment.context) + "," +
           std::to_string(index.trace().device(device).key) + "," + (rank ? std::to_string(*rank) : "") +
           "," + std::to_string(nanosecondsOf(assessment.analysis.window.begin)) + "," +
           std::to_string(nanosecondsOf(assessment.analysis.window.end));
}

} // namespace stepscope
