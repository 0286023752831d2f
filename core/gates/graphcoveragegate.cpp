#include "core/gates/gates.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double recordedPass = 0.98;
constexpr double recordedFail = 0.90;
constexpr double uniformPass = 0.90;
constexpr double uniformFail = 0.75;
constexpr double uniformBand = 0.20; // of the median

template <class T> bool isNear(T value, T median)
{
    return std::abs(static_cast<double>(value) - static_cast<double>(median)) <=
           uniformBand * static_cast<double>(median);
}

/// Share of clean steps whose operation count and busy time lie near the median; nullopt without a step.
std::optional<double> uniformShare(const GateInput& input)
{
    std::vector<std::int64_t> operations;
    for (std::size_t i = input.numbers.firstStep; i < input.numbers.lastStep; ++i) {
        if (input.steps()[i].isClean())
            operations.push_back(input.steps()[i].operations());
    }
    if (operations.empty())
        return std::nullopt;
    const auto middle = operations.begin() + static_cast<std::ptrdiff_t>(operations.size() / 2);
    std::nth_element(operations.begin(), middle, operations.end());
    const std::int64_t medianOperations = *middle;
    const std::int64_t medianBusy = input.numbers.budget.busy.perStep.median.count();
    std::size_t near = 0;
    for (std::size_t i = input.numbers.firstStep; i < input.numbers.lastStep; ++i) {
        const Step& step = input.steps()[i];
        if (step.isClean() && isNear<std::int64_t>(step.operations(), medianOperations) &&
            isNear<std::int64_t>(step.times.busy().count(), medianBusy))
            ++near;
    }
    return static_cast<double>(near) / static_cast<double>(operations.size());
}

} // namespace

GateResult graphCoverageGate(const GateInput& input)
{
    GateBuilder gate(GateId::GraphsCounted);
    const ProcessId process = input.device().process;
    const CallIndex::Coverage file = input.index.calls().coverageOf(process);
    const DeviceOccupancy& occupancy = input.deviceIndex().occupancy;
    GateState graphs = GateState::Pass;
    if (occupancy.isGraphLevel())
        graphs = GateState::Warn;
    else if (file.graphLaunches > 0 && file.recordedGraphs == 0)
        graphs = GateState::Fail;
    else if (file.launches == 0 && occupancy.replays().empty())
        graphs = GateState::Unknown; // host calls were not recorded
    gate.add(EvidenceCode::GraphRecords, graphs, static_cast<double>(file.graphLaunches));

    if (file.launches > 0) {
        const CallIndex::Coverage inside = input.index.calls().coverageIn(process, input.window);
        const auto share = [](const CallIndex::Coverage& coverage) {
            return coverage.launches == 0
                       ? 1.0
                       : static_cast<double>(coverage.recorded) / static_cast<double>(coverage.launches);
        };
        gate.addAbove(EvidenceCode::UnderRecording, std::min(share(inside), share(file)), recordedPass,
                      recordedFail);
    }
    if (const std::optional<double> uniform = uniformShare(input))
        gate.addAbove(EvidenceCode::StepUniformity, *uniform, uniformPass, uniformFail);
    return gate.result();
}

} // namespace stepscope
