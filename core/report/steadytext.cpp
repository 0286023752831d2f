#include "core/report/steadytext.h"

#include "core/report/translatable.h"

namespace stepscope {

std::string_view leftOutWord(LeftOutReason reason)
{
    switch (reason) {
    case LeftOutReason::NoSteps:
        return "no_steps";
    case LeftOutReason::OutsideWork:
        return "outside_work";
    case LeftOutReason::Edge:
        return "edge";
    case LeftOutReason::Prefill:
        return "prefill";
    case LeftOutReason::Mixed:
        return "mixed";
    case LeftOutReason::Lull:
        return "lull";
    case LeftOutReason::OperationCount:
        return "operation_count";
    case LeftOutReason::OtherBatch:
        return "other_batch";
    case LeftOutReason::ShorterRun:
        return "shorter_run";
    case LeftOutReason::FirstOfRun:
        return "first_of_run";
    case LeftOutReason::CutToLength:
        return "cut_to_length";
    }
    return "";
}

const char* leftOutMeaning(LeftOutReason reason)
{
    switch (reason) {
    case LeftOutReason::NoSteps:
        return STEPSCOPE_TR("no repeating step was found");
    case LeftOutReason::OutsideWork:
        return STEPSCOPE_TR("before the first or after the last GPU operation");
    case LeftOutReason::Edge:
        return STEPSCOPE_TR("a step cut by the beginning or the end of the trace");
    case LeftOutReason::Prefill:
        return STEPSCOPE_TR("prefill: only prompt tokens");
    case LeftOutReason::Mixed:
        return STEPSCOPE_TR("prompt and decode tokens in one step");
    case LeftOutReason::Lull:
        return STEPSCOPE_TR("a lull: a gap longer than three median steps");
    case LeftOutReason::OperationCount:
        return STEPSCOPE_TR("more or fewer operations than a decode step has");
    case LeftOutReason::OtherBatch:
        return STEPSCOPE_TR("a steady run with another number of requests");
    case LeftOutReason::ShorterRun:
        return STEPSCOPE_TR("a steady run, not the longest");
    case LeftOutReason::FirstOfRun:
        return STEPSCOPE_TR("the first step of the run, which may carry what came before");
    case LeftOutReason::CutToLength:
        return STEPSCOPE_TR("more of the same run: 10 s are enough");
    }
    return "";
}

} // namespace stepscope
