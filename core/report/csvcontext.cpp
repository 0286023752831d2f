#include "core/report/csvcontext.h"

#include "core/report/budgetreport.h"

namespace stepscope {

const char* labelOf(const MeasurementContext& context)
{
    return context.isComplete() ? verdictLabel : draftLabel;
}

std::string csvContextCells(const Assessment& assessment, const TraceIndex& index, DeviceId device)
{
    const CaptureInfo& capture = index.trace().capture();
    return capture.sha256 + "," + labelOf(assessment.context) + "," +
           std::to_string(index.trace().device(device).key) + "," +
           (capture.rank ? std::to_string(*capture.rank) : "") + "," +
           std::to_string(nanosecondsOf(assessment.analysis.window.begin)) + "," +
           std::to_string(nanosecondsOf(assessment.analysis.window.end));
}

} // namespace stepscope
