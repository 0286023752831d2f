#include "core/report/salvagetext.h"

#include "core/analysis/tornend.h"
#include "core/report/budgetreport.h"
#include "core/report/damagetext.h"
#include "core/report/gatetext.h"
#include "core/report/importtext.h"
#include "core/report/numbertext.h"

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

constexpr std::size_t mostPlaces = 3;
constexpr std::size_t mostDevices = 3;
constexpr int salvageLateSteps = 2; // a host launches ahead of its device

bool endsEarly(const Trace& trace)
{
    const std::vector<DamagedPlace>& damage = trace.capture().damage;
    return damage.empty() || std::any_of(damage.begin(), damage.end(),
                                         [](const DamagedPlace& place) { return place.reachesEnd; });
}

std::vector<Sentence> foundIn(const Trace& trace)
{
    const CaptureInfo& capture = trace.capture();
    const ImportLog& log = trace.log();
    std::vector<Sentence> found;
    for (std::size_t i = 0; i < std::min(capture.damage.size(), mostPlaces); ++i)
        found.push_back(damageSentence(capture, capture.damage[i]));
    if (capture.damage.size() > mostPlaces)
        found.push_back({STEPSCOPE_TR("Further damaged places: %1, all in the import log"),
                         {grouped(capture.damage.size() - mostPlaces)}});
    if (capture.damage.empty()) {
        for (const ImportEntry& entry : log.entries()) {
            if (severityOf(entry.code) == ImportSeverity::Error)
                found.push_back(importSentence(entry));
        }
    } else if (log.count(ImportCode::TruncatedGzip) > 0) {
        found.push_back({STEPSCOPE_TR("The gzip trailer is missing"), {}});
    } else if (log.count(ImportCode::DamagedGzip) > 0) {
        found.push_back({STEPSCOPE_TR("The compressed data is damaged"), {}});
    }
    std::uint64_t kept = 0;
    for (const auto& [kind, count] : capture.contents)
        kept += count;
    if (capture.format == TraceFormat::NsysSqlite)
        found.push_back(
            {kept == 1 ? STEPSCOPE_TR("%1 whole row was kept") : STEPSCOPE_TR("%1 whole rows were kept"),
             {grouped(kept)}});
    else
        found.push_back(
            {kept == 1 ? STEPSCOPE_TR("%1 whole event was kept") : STEPSCOPE_TR("%1 whole events were kept"),
             {grouped(kept)}});
    return found;
}

TimePoint endOf(const DeviceIndex& device)
{
    return device.occupancy.busy().extent().end;
}

/// The longest median step: devices of one trace end within a step of each other.
Duration stepOf(const TraceIndex& index)
{
    Duration step = Duration::zero();
    for (const DeviceIndex& device : index.devices())
        step = std::max(step, device.steps.medianCadence);
    return step;
}

std::vector<Sentence> lanesOf(const TraceIndex& index)
{
    const Duration step = stepOf(index);
    const std::vector<DeviceIndex>& devices = index.devices();
    if (step == Duration::zero() || devices.empty())
        return {};
    std::vector<Sentence> lanes;
    const auto latest =
        std::max_element(devices.begin(), devices.end(),
                         [](const DeviceIndex& a, const DeviceIndex& b) { return endOf(a) < endOf(b); });
    const std::string other =
        deviceLabel(index.trace(), DeviceId(static_cast<std::size_t>(latest - devices.begin())));
    std::size_t early = 0;
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const Duration behind = endOf(*latest) - endOf(devices[i]);
        if (behind <= step || ++early > mostDevices)
            continue;
        lanes.push_back({STEPSCOPE_TR("%1 ends %2 before %3"),
                         {deviceLabel(index.trace(), DeviceId(i)), shortDuration(behind), other}});
    }
    if (early > mostDevices)
        lanes.push_back({STEPSCOPE_TR("Further GPUs that end early: %1"), {grouped(early - mostDevices)}});
    const Duration host = index.trace().extent().end - endOf(*latest);
    if (early == 0 && host > salvageLateSteps * step)
        lanes.push_back(
            {STEPSCOPE_TR("The GPU records end %1 before those of the host"), {shortDuration(host)}});
    return lanes;
}

std::vector<Sentence> reasonOf(const Trace& trace)
{
    if (!endsEarly(trace))
        return {{STEPSCOPE_TR("Most often a copy or a disk went wrong"), {}},
                {STEPSCOPE_TR("Fetch the file again and compare its size with that of the original"), {}}};
    if (trace.capture().format == TraceFormat::NsysSqlite)
        return {{STEPSCOPE_TR("Most often the file was copied before the export was done"), {}},
                {STEPSCOPE_TR("Wait until nsys export ends, and fetch the file again"), {}}};
    return {
        {STEPSCOPE_TR("Most often the engine was stopped while it was still writing, or the file was fetched "
                      "before it was whole"),
         {}},
        {STEPSCOPE_TR("Fetch it again; if it is as short on the server, capture again and stop the profiler "
                      "before the engine"),
         {}}};
}

const GateResult* qualityGate(const Assessment& assessment)
{
    for (const GateResult& gate : assessment.referenceGates()) {
        if (gate.gate == GateId::CaptureQuality)
            return &gate;
    }
    return nullptr;
}

std::string withheldList(const std::vector<GateId>& gates)
{
    std::string list;
    for (const GateId gate : gates)
        list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(gate));
    return list;
}

std::vector<Sentence> meaningOf(const TraceIndex& index, const Assessment& assessment)
{
    const GateResult* const gate = qualityGate(assessment);
    if (gate == nullptr || index.devices().empty())
        return {};
    TimePoint whole = endOf(index.devices().front());
    for (std::size_t i = 0; i < index.devices().size(); ++i)
        whole = std::min(whole, tornEnd(index, DeviceId(i)).value_or(endOf(index.devices()[i])));
    const std::string until = seconds(whole, 2);
    const std::vector<GateId>& withheld = assessment.referenceVerdict().withheldBy;
    std::vector<Sentence> meaning;
    const bool failed = gate->state == GateState::Fail;
    if (failed && gate->isOverridden())
        meaning.push_back({STEPSCOPE_TR("Gate 4 fails and was overridden"), {}});
    else if (failed)
        meaning.push_back({STEPSCOPE_TR("Gate 4 fails and withholds the verdict"), {}});
    else if (gate->state == GateState::Warn)
        meaning.push_back({STEPSCOPE_TR("Gate 4 warns"), {}});
    else
        meaning.push_back({STEPSCOPE_TR("Gate 4 finds nothing wrong in the part that was read"), {}});
    if (const Evidence* const reason = decidingEvidence(*gate); failed && reason)
        meaning.push_back(evidenceSentence(*reason));
    if (withheld.empty())
        meaning.push_back({STEPSCOPE_TR("The verdict stands for windows that end before %1 s"), {until}});
    else if (failed)
        meaning.push_back(
            {STEPSCOPE_TR("All lanes go on until %1 s: what they show before that can be read"), {until}});
    else
        meaning.push_back(
            {STEPSCOPE_TR("The verdict is withheld all the same, by gate %1; all lanes go on until %2 s"),
             {withheldList(withheld), until}});
    if (index.trace().capture().format == TraceFormat::KinetoJson && endsEarly(index.trace()))
        meaning.push_back(
            {STEPSCOPE_TR("This profiler does not write in order of time: a long idle stretch before "
                          "that may be lost records, too"),
             {}});
    return meaning;
}

} // namespace

bool isSalvaged(const Trace& trace)
{
    return trace.log().isDamaged() || !trace.capture().damage.empty();
}

SalvageText salvageText(const TraceIndex& index, const Assessment& assessment)
{
    const Trace& trace = index.trace();
    SalvageText text;
    text.title.text =
        endsEarly(trace)
            ? STEPSCOPE_TR("This trace ends early, and was opened as far as it goes")
            : STEPSCOPE_TR("This trace is damaged inside, and was opened without the damaged part");
    text.found = foundIn(trace);
    text.lanes = lanesOf(index);
    text.reason = reasonOf(trace);
    text.meaning = meaningOf(index, assessment);
    return text;
}

} // namespace stepscope
