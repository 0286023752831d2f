#include "core/report/leftouttext.h"

namespace stepscope {

namespace {

struct LeftOutText {
    const char* word;
    const char* one;
    const char* many;
};

LeftOutText textOf(LeftOutReason reason)
{
    switch (reason) {
    case LeftOutReason::NoSteps:
        return {STEPSCOPE_TR("no steps"), STEPSCOPE_TR("No step was found in this trace."), nullptr};
    case LeftOutReason::OutsideWork:
        return {STEPSCOPE_TR("no GPU work"),
                STEPSCOPE_TR("Outside of GPU work: before its first operation or after its last one."),
                nullptr};
    case LeftOutReason::Edge:
        return {STEPSCOPE_TR("cut off"),
                STEPSCOPE_TR("1 step that the beginning or the end of the trace cuts off."),
                STEPSCOPE_TR("%1 steps that the beginning or the end of the trace cuts off.")};
    case LeftOutReason::Prefill:
        return {STEPSCOPE_TR("prefill"),
                STEPSCOPE_TR("1 prefill step: it computes prompts and decodes nothing."),
                STEPSCOPE_TR("%1 prefill steps: they compute prompts and decode nothing.")};
    case LeftOutReason::Mixed:
        return {STEPSCOPE_TR("with prefill"), STEPSCOPE_TR("1 step that decodes and computes a prompt, too."),
                STEPSCOPE_TR("%1 steps that decode and compute prompts, too.")};
    case LeftOutReason::Lull:
        return {STEPSCOPE_TR("lull"), STEPSCOPE_TR("A lull: 1 step holds a pause longer than three steps."),
                STEPSCOPE_TR("Lulls: each of %1 steps holds a pause longer than three steps.")};
    case LeftOutReason::OperationCount:
        return {STEPSCOPE_TR("unusual"),
                STEPSCOPE_TR("1 step with more or fewer GPU operations than a decode step has."),
                STEPSCOPE_TR("%1 steps with more or fewer GPU operations than a decode step has.")};
    case LeftOutReason::OtherBatch:
        return {STEPSCOPE_TR("other batch"), STEPSCOPE_TR("1 steady step, with another number of requests."),
                STEPSCOPE_TR("%1 steady steps, with another number of requests.")};
    case LeftOutReason::ShorterRun:
        return {STEPSCOPE_TR("shorter run"), STEPSCOPE_TR("A steady run of only 1 step."),
                STEPSCOPE_TR("%1 steady steps, but not the longest run of them.")};
    case LeftOutReason::FirstOfRun:
        return {STEPSCOPE_TR("first step"),
                STEPSCOPE_TR("The first step of the steady run: it may still carry what came before."),
                STEPSCOPE_TR("The first %1 steps of the steady run: they may still carry what came before.")};
    case LeftOutReason::CutToLength:
        return {STEPSCOPE_TR("beyond 10 s"),
                STEPSCOPE_TR("1 more step of the steady run: ten seconds of it are enough."),
                STEPSCOPE_TR("%1 more steps of the steady run: ten seconds of it are enough.")};
    }
    return {"", "", nullptr};
}

} // namespace

std::string_view leftOutKey(LeftOutReason reason)
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

const char* leftOutWord(LeftOutReason reason)
{
    return textOf(reason).word;
}

Sentence leftOutSentence(const LeftOut& part)
{
    const LeftOutText text = textOf(part.reason);
    if (text.many == nullptr || part.steps == 1)
        return {text.one, {}};
    return {text.many, {std::to_string(part.steps)}};
}

} // namespace stepscope
