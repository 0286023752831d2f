#pragma once

#include "tests/support/loopgenerator.h"
#include "tests/support/randomsource.h"

#include <cstdint>
#include <string>

namespace stepscope::testsupport {

/// Lays out the loop of one rank; a part of generateLoop(), which states the rules.
class RankGenerator {
public:
    RankGenerator(const RankLoop& rank, const HostRows& rows, NameTable& names, TraceSink& sink,
                  LoopFacts& facts);

    void run();

private:
    /// A factor in parts per million, 0 = unchanged; outlier steps are multiplied on top.
    struct Scale {
        std::int64_t ppm = 0;
        std::int64_t factor = 1;
        Nanos of(Nanos duration) const { return (duration + duration * ppm / 1000000) * factor; }
    };

    struct RangeProjection {
        Nanos begin = 0;
        Nanos end = 0;
    };

    void runStep(const Segment& segment, std::int64_t index, Nanos lull);
    void launch(const LaunchSpec& spec, bool async, Nanos lull);
    void runOps(const LaunchSpec& spec, Nanos gap, std::int64_t durationPpm, std::int64_t correlation,
                std::int64_t externalId);
    Nanos onTick(Nanos duration) const { return duration < m_tick ? duration : duration / m_tick * m_tick; }
    void wait(const WaitSpec& spec, bool async);
    void hostWork(const HostSpec& spec, Scale scale);
    void addCall(const std::string& api, Nanos begin, Nanos end, std::int64_t correlation,
                 std::int64_t externalId, int tid, bool isLaunch);
    void addCpuOp(const std::string& name, Nanos begin, Nanos end, std::int64_t externalId);
    void addRange(const AnnotationSpec& annotation, Nanos begin, Nanos end, RangeProjection gpu);
    [[noreturn]] void hostIsLate(const std::string& what) const;

    const RankLoop& m_rank;
    HostRows m_rows;
    NameTable& m_names;
    TraceSink& m_sink;
    LoopFacts& m_facts;
    RandomSource m_random;

    Scale m_gapScale;               // of the step being laid out
    std::int64_t m_durationPpm = 0; // limit of the segment being laid out
    Nanos m_tick = 1;
    Nanos m_host = 0;        // from here on the launching thread is free
    Nanos m_gpu = 0;         // end of the last main-stream operation
    Nanos m_side = 0;        // end of the last side-stream operation
    Nanos m_stepBegin = 0;   // first main-stream operation of the step, -1 before it
    Nanos m_previousEnd = 0; // end of all GPU work of the step before
    RangeProjection m_projection;
    std::int64_t m_steps = 0;
    std::int64_t m_correlation = 0;
    std::int64_t m_externalId = 0;
};

/// The text of a step annotation in one of the styles seen in traces.
std::string annotationText(const AnnotationSpec& annotation, std::int64_t stepIndex);

} // namespace stepscope::testsupport
