#include "core/analysis/traceindex.h"

#include "core/analysis/stepevidence.h"
#include "core/base/inparallel.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::uint32_t nothingLaunched = 0xffffffffU;
constexpr std::size_t enoughSteps = 20;                           // definitions.md §9, several devices
constexpr Duration clockTolerance = std::chrono::microseconds(2); // domain.md §6.4

std::size_t cleanSteps(const StepIndex& steps)
{
    return static_cast<std::size_t>(std::count_if(steps.steps.begin(), steps.steps.end(),
                                                  [](const Step& step) { return step.isClean(); }));
}

/// Operations that begin before their own launch call: the clocks of host and device disagree there.
struct ClockFaults {
    std::uint64_t count = 0;
    std::optional<TimeRange> first;

    static ClockFaults in(const Trace& trace, const ActivityTable& work)
    {
        ClockFaults faults;
        for (std::size_t row = 0; row < work.size(); ++row) {
            const CallId launch = work.launch(row);
            if (!launch.isValid() || work.begin(row) + clockTolerance >= trace.calls().begin(launch.value()))
                continue;
            if (++faults.count == 1)
                faults.first = work.range(row);
        }
        return faults;
    }
};

} // namespace

Result<std::shared_ptr<const TraceIndex>> TraceIndex::build(std::shared_ptr<const Trace> trace,
                                                            const KernelClassifier& classifier,
                                                            Progress& progress, const StepOptions& options)
{
    std::shared_ptr<TraceIndex> index(new TraceIndex(std::move(trace)));
    const Trace& source = index->trace();
    auto common = std::make_shared<Common>();
    CommNames comm;
    inParallel(
        source.calls().size() + source.cpuEvents().size() >= rowsWorthAThread,
        [&] {
            comm = classify(source, classifier, *common);
            linkLaunchedWork(source, *common);
            common->calls = CallIndex::build(source);
        },
        [&] { common->host = HostActivity::build(source); });
    index->m_common = common;
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    const std::vector<KernelClass> classes = index->classesByName();
    const std::size_t devices = source.devices().size();
    for (std::size_t i = 0; i < devices; ++i) {
        const DeviceId device(i);
        const ActivityTable& work = source.device(device).activities;
        std::optional<DeviceOccupancy> occupancy;
        StepEvidence evidence;
        ClockFaults faults;
        inParallel(
            work.size() >= rowsWorthAThread,
            [&] { occupancy = DeviceOccupancy::build(source, device, comm, common->host); },
            [&] {
                evidence = findStepEvidence(source, device, options);
                faults = ClockFaults::in(source, work);
            });
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, {}};
        DeviceIndex built(std::move(*occupancy));
        built.steps = findSteps(source, device, built.occupancy, classes, std::move(evidence));
        built.clockFaults = faults.count;
        built.firstClockFault = faults.first;
        index->m_devices.push_back(std::move(built));
        progress.report(i + 1, devices);
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, {}};
    }
    return std::shared_ptr<const TraceIndex>(std::move(index));
}

std::shared_ptr<const TraceIndex> TraceIndex::withDrawnSteps(DeviceId device,
                                                             std::vector<TimePoint> boundaries) const
{
    std::shared_ptr<TraceIndex> other(new TraceIndex(*this));
    DeviceIndex& changed = other->m_devices[device.value()];
    changed.steps =
        stepsFromBoundaries(trace(), device, changed.occupancy, classesByName(), std::move(boundaries));
    return other;
}

std::vector<KernelClass> TraceIndex::classesByName() const
{
    std::vector<KernelClass> classes;
    classes.reserve(m_common->matches.size());
    for (const KernelMatch& match : m_common->matches)
        classes.push_back(match.kernelClass);
    return classes;
}

CommNames TraceIndex::classify(const Trace& trace, const KernelClassifier& classifier, Common& common)
{
    common.rules = classifier.rules();
    common.matches.assign(trace.names().size(), {});
    std::vector<bool> isAsked(common.matches.size(), false);
    std::vector<bool> isComm(common.matches.size(), false);
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            const NameId name = device.activities.name(row);
            if (device.activities.kind(row) != ActivityKind::Kernel || isAsked[name.value()])
                continue;
            isAsked[name.value()] = true;
            common.matches[name.value()] = classifier.match(trace.name(name));
            common.hints.take(trace.name(name));
            isComm[name.value()] = common.matches[name.value()].kernelClass == KernelClass::Communication;
        }
    }
    return CommNames(std::move(isComm));
}

void TraceIndex::linkLaunchedWork(const Trace& trace, Common& common)
{
    common.launched.assign(trace.calls().size(), nothingLaunched);
    std::uint32_t first = 0;
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            const CallId launch = device.activities.launch(row);
            if (launch.isValid() && common.launched[launch.value()] == nothingLaunched)
                common.launched[launch.value()] = first + static_cast<std::uint32_t>(row);
        }
        first += static_cast<std::uint32_t>(device.activities.size());
    }
}

KernelMatch TraceIndex::kernelMatch(NameId name) const
{
    return name.value() < m_common->matches.size() ? m_common->matches[name.value()] : KernelMatch{};
}

const KernelRule* TraceIndex::rule(NameId name) const
{
    const int rule = kernelMatch(name).rule;
    return rule < 0 ? nullptr : &m_common->rules[static_cast<std::size_t>(rule)];
}

std::optional<OperationRef> TraceIndex::launchedBy(CallId call) const
{
    if (call.value() >= m_common->launched.size() || m_common->launched[call.value()] == nothingLaunched)
        return std::nullopt;
    std::uint32_t row = m_common->launched[call.value()];
    std::size_t device = 0;
    while (row >= m_trace->devices()[device].activities.size())
        row -= static_cast<std::uint32_t>(m_trace->devices()[device++].activities.size());
    return OperationRef{DeviceId(device), row};
}

DeviceId TraceIndex::referenceDevice() const
{
    std::size_t best = 0;
    for (std::size_t device = 0; device < m_devices.size(); ++device) {
        const std::size_t steps = cleanSteps(m_devices[device].steps);
        if (steps >= enoughSteps)
            return DeviceId(device);
        if (steps > cleanSteps(m_devices[best].steps))
            best = device;
    }
    return m_devices.empty() ? DeviceId() : DeviceId(best);
}

TimeRange TraceIndex::automaticWindow(DeviceId device) const
{
    if (device.value() >= m_devices.size())
        return {};
    const DeviceIndex& chosen = m_devices[device.value()];
    return chosen.steps.steady.suggestion ? chosen.steps.steady.suggestion->window
                                          : chosen.occupancy.busy().extent();
}

TimeRange TraceIndex::robustExtent() const
{
    std::optional<TimeRange> extent;
    for (const Device& device : m_trace->devices()) {
        const ActivityTable& work = device.activities;
        if (work.isEmpty())
            continue;
        const TimeRange robust{work.begin(work.size() / 100), work.end(work.size() - 1 - work.size() / 100)};
        extent = extent ? TimeRange{std::min(extent->begin, robust.begin), std::max(extent->end, robust.end)}
                        : robust;
    }
    if (!extent)
        return m_trace->extent();
    const DeviceId reference = referenceDevice();
    TimeRange widened = *extent;
    for (const Step& step : device(reference).steps.steps) { // to whole steps of the reference device
        if (step.range.contains(extent->begin))
            widened.begin = step.range.begin;
        if (step.range.contains(extent->end))
            widened.end = step.range.end;
    }
    return widened;
}

} // namespace stepscope
