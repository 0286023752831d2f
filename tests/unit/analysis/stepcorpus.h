#pragma once

#include "tests/support/generatedtrace.h"
#include "tests/support/loopgenerator.h"

#include <array>
#include <cstdint>

namespace stepscope::testsupport {

/// The decode loops a step detector is held to (domain.md §5.6): seven shapes of a step …
enum class StepShape {
    Eager,          ///< host-bound, every kernel launched by itself
    FullGraph,      ///< input copies, one graph, head and sampler outside
    Piecewise,      ///< layers + 1 graphs with eager attention between them
    Speculative,    ///< one verify graph, then three replays of a draft graph, an argmax after each
    Async,          ///< the device never waits: 0 to 10 µs between steps, token copy on a second stream
    TensorParallel, ///< eager with two all-reduces a layer and a gather of logits, most of the time in them
    SamplerInGraph, ///< all in one graph but the copies in and out
};
inline constexpr std::array<StepShape, 7> allStepShapes = {
    StepShape::Eager, StepShape::FullGraph,      StepShape::Piecewise,     StepShape::Speculative,
    StepShape::Async, StepShape::TensorParallel, StepShape::SamplerInGraph};
const char* stepShapeName(StepShape shape);

/// … each disturbed in one way.
enum class Disturbance {
    None,
    LostKernels, ///< 1 % of the kernels are missing
    Prefills,    ///< 12 bursts of one to three prefill steps
    Lulls,       ///< three pauses of 400 ms
    GraphLevel,  ///< one record for a replay
    SideStream,  ///< copies and small kernels on a second stream, at no fixed place in the step
    Every16,     ///< operations that run in every 16th step only
    Every64,
};
inline constexpr std::array<Disturbance, 8> allDisturbances = {
    Disturbance::None,       Disturbance::LostKernels, Disturbance::Prefills, Disturbance::Lulls,
    Disturbance::GraphLevel, Disturbance::SideStream,  Disturbance::Every16,  Disturbance::Every64};
const char* disturbanceName(Disturbance disturbance);

/// A whole loop of one rank: from the first operation of a step to the last one of another. `facts` receives
/// the true steps. Deterministic.
GeneratedTrace corpusTrace(StepShape shape, Disturbance disturbance, bool withCalls, std::uint64_t seed,
                           LoopFacts& facts);

/// A speculative loop of 240 steps that switches its depth: `manyDrafts` in every `period`-th step, or in one
/// of three at random where `period` is 0, else `fewDrafts`.
GeneratedTrace switchingTrace(int fewDrafts, int manyDrafts, int period, LoopFacts& facts);

} // namespace stepscope::testsupport
