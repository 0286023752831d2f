#include "tests/support/loopgenerator.h"

#include "tests/support/faultinjector.h"
#include "tests/support/rankgenerator.h"

#include <algorithm>

namespace stepscope::testsupport {

TraceHeader headerOf(const LoopDescription& loop)
{
    TraceHeader header;
    header.devices = loop.devices;
    for (const RankLoop& rank : loop.ranks) {
        header.processes.push_back(rank.process);
        header.worldSize = std::max(header.worldSize, rank.process.rank + 1);
    }
    return header;
}

LoopFacts generateLoop(const LoopDescription& loop, NameTable& names, TraceSink& sink)
{
    LoopFacts facts;
    FaultInjector injector(loop.faults, sink);
    for (const RankLoop& rank : loop.ranks)
        RankGenerator(rank, loop.hostRows, names, injector, facts).run();
    facts.faults = injector.counts();
    return facts;
}

GeneratedTrace generateLoop(const LoopDescription& loop, LoopFacts* facts)
{
    GeneratedTrace trace;
    trace.header = headerOf(loop);
    LoopFacts generated = generateLoop(loop, trace.names, trace);
    if (facts)
        *facts = std::move(generated);
    return trace;
}

} // namespace stepscope::testsupport
