#include "tests/support/generatedtrace.h"

#include "tests/support/randomsource.h"

#include <utility>

namespace stepscope::testsupport {

namespace {

template <typename Row> void shuffleRows(std::vector<Row>& rows, RandomSource& random)
{
    for (std::size_t left = rows.size(); left > 1; --left)
        std::swap(rows[left - 1], rows[random.below(left)]);
}

template <typename Row> void sendRows(const std::vector<Row>& rows, TraceSink& sink)
{
    for (const Row& row : rows)
        sink.add(row);
}

} // namespace

GeneratedTrace GeneratedTrace::withOneProcess()
{
    GeneratedTrace trace;
    trace.header.devices.emplace_back();
    ProcessInfo process;
    process.pid = 1239;
    process.tid = 1239;
    trace.header.processes.push_back(process);
    return trace;
}

GpuOp& GeneratedTrace::addKernel(std::string_view name, Nanos begin, Nanos end)
{
    GpuOp op;
    op.name = names.intern(name);
    op.begin = begin;
    op.end = end;
    op.pid = header.processes.front().pid;
    op.device = header.processes.front().device;
    gpuOps.push_back(op);
    return gpuOps.back();
}

void GeneratedTrace::replayInto(TraceSink& sink) const
{
    sendRows(ranges, sink);
    sendRows(cpuOps, sink);
    sendRows(apiCalls, sink);
    sendRows(gpuOps, sink);
    sendRows(overheads, sink);
}

void GeneratedTrace::shuffle(std::uint64_t seed)
{
    RandomSource random(seed);
    shuffleRows(ranges, random);
    shuffleRows(cpuOps, random);
    shuffleRows(apiCalls, random);
    shuffleRows(gpuOps, random);
    shuffleRows(overheads, random);
}

} // namespace stepscope::testsupport
