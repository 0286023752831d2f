#pragma once

#include "tests/support/stepbuilder.h"
#include "tests/unit/gates/loopfile.h"

namespace stepscope {

/// A capture and what the user gives with it.
struct Capture {
    LoopFile file;
    AssessmentInput input;
    TimeRange (*window)(const TraceIndex&) = nullptr; ///< null: the automatic one
    testsupport::StepSpec& step() { return file.loop.ranks.front().segments.front().step; }
    DriverRecord clean;
    DriverRecord profiled;
};

inline constexpr double completeCadence = 13.16; // ms: the worked step and an all-reduce of 50 µs

inline DriverRecord roundRecord(const char* name)
{
    DriverRecord record;
    record.name = name;
    record.rounds.resize(1);
    DriverRound& round = record.rounds.front();
    round.tpotMilliseconds = completeCadence;
    round.itlMilliseconds = completeCadence;
    round.concurrency = 1;
    round.requests = 1;
    return record;
}

/// Thirty steps with everything that any row asks for: each of them passes.
inline Capture completeCapture()
{
    Capture capture;
    testsupport::Segment segment;
    segment.step = testsupport::workedStep();
    segment.step.annotation.style = testsupport::AnnotationStyle::VllmContext;
    testsupport::LaunchSpec reduce =
        testsupport::eagerKernel("ncclDevKernel_AllReduce_Sum_bf16_RING_LL(args)", 50'000);
    reduce.ops.front().isComm = true;
    segment.step.launches.insert(segment.step.launches.begin() + 1, reduce);
    segment.count = 30;
    capture.file.loop.ranks = {testsupport::rankLoop(0, {segment})};
    capture.file.isNsys = false;
    capture.file.kineto.distributedInfo = true;
    capture.clean = roundRecord("clean.json");
    capture.profiled = roundRecord("profiled.json");
    const MeasurementContext fields;
    for (const ContextField& field : fields.fields()) {
        if (field.isRequired)
            capture.input.context.push_back({field.key, "stated"});
    }
    return capture;
}

} // namespace stepscope
