#include "core/gates/gates.h"

#include <charconv>
#include <string_view>

namespace stepscope {

namespace {

/// 12090 of a fact "cuda_runtime_version"; 0 when the file does not say.
int versionOf(const CaptureInfo& capture, std::string_view fact)
{
    for (const auto& [name, value] : capture.facts) {
        int version = 0;
        if (name == fact &&
            std::from_chars(value.data(), value.data() + value.size(), version).ec == std::errc())
            return version;
    }
    return 0;
}

/// "12.9" for 12090.
std::string cudaVersionText(int version)
{
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// A split between runtime and driver is a suspect only: where there are records they decide, whatever the
/// versions (domain.md §6.0). A file that does not name both cannot say that there is none.
void addVersions(GateBuilder& gate, const GateInput& input, bool hasRecords)
{
    const CaptureInfo& capture = input.trace().capture();
    const std::uint64_t errors = input.trace().log().count(ImportCode::CaptureError);
    const int runtime = versionOf(capture, "cuda_runtime_version");
    const int driver = versionOf(capture, "cuda_driver_version");
    const bool isSplit = runtime > 0 && driver > 0 && runtime / 1000 != driver / 1000;
    GateState state = GateState::Pass;
    if (runtime == 0 || driver == 0)
        state = hasRecords ? GateState::NotApplicable : GateState::Unknown;
    if (errors > 0 || isSplit)
        state = hasRecords ? GateState::Warn : GateState::Fail;
    Evidence& row = gate.add(EvidenceCode::CuptiVersions, state, static_cast<double>(errors));
    if (isSplit)
        row.note = cudaVersionText(runtime) + " / " + cudaVersionText(driver);
}

} // namespace

GateResult cuptiGate(const GateInput& input)
{
    GateBuilder gate(GateId::CuptiMatchesDriver);
    const std::size_t records = input.device().activities.size();
    // Where nothing was launched either, it is the wrong process or window: gate 4 says so.
    const bool hasLaunches = input.index.calls().coverageOf(input.device().process).launches > 0;
    const GateState withoutRecords = hasLaunches ? GateState::Fail : GateState::Unknown;
    gate.add(EvidenceCode::GpuRecords, records > 0 ? GateState::Pass : withoutRecords,
             static_cast<double>(records));
    addVersions(gate, input, records > 0);
    return gate.result();
}

} // namespace stepscope
