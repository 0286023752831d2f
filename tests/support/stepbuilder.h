#pragma once

#include "tests/support/loopdescription.h"

#include <string>
#include <vector>

namespace stepscope::testsupport {

// Ready-made parts of a decode step with real names. Durations of whole microseconds stay whole microseconds.

struct DecoderShape {
    int layers = 3;
    Nanos duration = 1500000; ///< of all nodes together, shared out by typical weight, exact to the ns
    Nanos comm = 0;           ///< part of it in two all-reduces a layer; 0: a model on one GPU, without them
    Nanos delay = 0;          ///< idle before each node but the first, on top of `duration`
};

/// The nodes of one forward pass: embedding, layers of 10 kernels (12 with comm), final norm.
std::vector<GpuOpSpec> decoderNodes(const DecoderShape& shape);

/// `nodes` cut into pieces of equal count, for piecewise graphs.
std::vector<std::vector<GpuOpSpec>> inPieces(const std::vector<GpuOpSpec>& nodes, int pieces);

LaunchSpec graphReplay(std::int64_t graphId, std::vector<GpuOpSpec> nodes, Nanos gap = 0);
LaunchSpec eagerKernel(const std::string& name, Nanos duration, Nanos gap = 0);
/// A copy to pinned memory.
LaunchSpec tokenCopy(std::int64_t bytes, Nanos duration);
/// The same on the side stream, beside what the main stream does next.
LaunchSpec sideTokenCopy(std::int64_t bytes, Nanos duration);
/// A copy from pinned memory.
LaunchSpec inputCopy(std::int64_t bytes, Nanos duration, Nanos gap = 0);

/// LM head, argmax, a copy of the token: `head` + 12 us + 2 us, back to back.
void addSampling(StepSpec& step, Nanos head);
/// LM head, argmax, a kernel of bookkeeping that hides the copy of the token: `head` + 20 us + 30 us.
/// No copy is exposed, so all of it is compute.
void addSamplingWithHiddenCopy(StepSpec& step, Nanos head);

/// The host work of a gap between steps, and with it what fills the gap.
struct HostGap {
    Nanos syncReturn = 20000;
    Nanos sampling = 0;
    Nanos update = 0;   ///< class scheduler
    Nanos schedule = 0; ///< class scheduler
    Nanos prepare = 0;
    Nanos metadata = 0; ///< class prepare
    Nanos launch = 60000;
};

/// Gives `step` this host work and its first launch the gap; what remains of the gap has no event.
void setHostGap(StepSpec& step, Nanos gap, const HostGap& host);

/// The worked example of definitions.md: 1.710 ms busy without a hole (a graph, LM head, argmax, token copy),
/// then 11.4 ms of host.
StepSpec workedStep();
/// The host work of its gap; 1.82 ms have no event.
HostGap workedHostGap();

/// `count` kernels of a prefill of 512 tokens, one launch each, back to back, without sampling and without
/// host work: give it a setHostGap().
StepSpec prefillStep(int count, Nanos duration);

/// A rank with conventional ids: pid 1239 + rank, device = rank.
RankLoop rankLoop(int rank, std::vector<Segment> segments);

/// Equal ranks, each `skew` later than the one before; one device each.
LoopDescription replicated(const RankLoop& rank, int count, Nanos skew);

} // namespace stepscope::testsupport
