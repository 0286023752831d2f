#include "core/lod/laneindex.h"

#include "core/lod/rowpacking.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace stepscope {

namespace {

using Ids = std::vector<std::uint32_t>;

PackedSpans packed(const Ids& ids, const std::shared_ptr<const SpanSource>& source,
                   SpanStorage storage = SpanStorage::LookUp)
{
    PackedSpans spans;
    std::vector<Ids> rows = packRows(ids, source->bounds);
    spans.rows.reserve(rows.size());
    for (Ids& row : rows) {
        spans.rows.emplace_back(row, source, storage);
        row = {};
    }
    return spans;
}

std::shared_ptr<const SpanSource> operationsOf(const TraceIndex& index, const ActivityTable& work)
{
    return std::make_shared<const SpanSource>(
        SpanSource{SpanBounds(work.begins(), work.ends()),
                   SpanKinds(work.size(), [&](std::uint32_t row) { return spanKindOf(index, work, row); })});
}

/// Which lists of one table keep their times: those whose ids lie far apart, the short ones first, as long as
/// the table's spans have four bytes each.
std::vector<SpanStorage> storageOf(const std::vector<const Ids*>& lists, std::size_t tableSize)
{
    constexpr std::size_t keptShare = 7; // one in so many
    constexpr std::size_t farApart = 3;
    std::vector<std::size_t> order(lists.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return lists[a]->size() < lists[b]->size(); });
    std::vector<SpanStorage> storage(lists.size(), SpanStorage::LookUp);
    std::size_t room = tableSize / keptShare;
    for (const std::size_t list : order) {
        const Ids& ids = *lists[list];
        if (ids.empty() || ids.back() - ids.front() < farApart * ids.size())
            continue;
        if (ids.size() > room)
            break;
        room -= ids.size();
        storage[list] = SpanStorage::KeepTimes;
    }
    return storage;
}

Duration sumOf(const SpanTimes& times)
{
    return std::accumulate(times.begin(), times.end(), Duration::zero());
}

struct ThreadIds {
    std::uint64_t launches = 0;
    Ids calls;
    Ids ranges;
    bool hasAnnotations = false;
};

/// Calls and ranges of a process by thread; ranges without a thread go with the first process.
std::map<ThreadId, ThreadIds> rowsByThread(const Trace& trace, ProcessId process)
{
    std::map<ThreadId, ThreadIds> threads;
    std::vector<ThreadIds*> ofThread(trace.threads().size(), nullptr);
    for (std::size_t thread = 0; thread < trace.threads().size(); ++thread) {
        if (trace.thread(ThreadId(thread)).process == process)
            ofThread[thread] = &threads[ThreadId(thread)];
    }
    if (process == ProcessId(0))
        threads.try_emplace(ThreadId());
    const ApiCallTable& calls = trace.calls();
    for (std::size_t call = 0; call < calls.size(); ++call) {
        ThreadIds* const thread = ofThread[calls.thread(call).value()];
        if (thread == nullptr)
            continue;
        thread->calls.push_back(static_cast<std::uint32_t>(call));
        thread->launches += isLaunch(calls.kind(call)) ? 1U : 0U;
    }
    for (std::size_t row = 0; row < trace.ranges().size(); ++row) {
        const HostRange& range = trace.ranges()[row];
        if (range.kind == RangeKind::Recording)
            continue; // as long as the trace, and no work of the host
        ThreadIds* thread = nullptr;
        if (range.thread.isValid())
            thread = ofThread[range.thread.value()];
        else if (process == ProcessId(0))
            thread = &threads[ThreadId()];
        if (thread == nullptr)
            continue;
        thread->ranges.push_back(static_cast<std::uint32_t>(row));
        thread->hasAnnotations = thread->hasAnnotations || range.kind == RangeKind::Annotation;
    }
    return threads;
}

} // namespace

std::size_t PackedSpans::size() const
{
    return std::accumulate(rows.begin(), rows.end(), std::size_t{0},
                           [](std::size_t sum, const SpanRow& row) { return sum + row.size(); });
}

SpanTimes PackedSpans::total() const
{
    SpanTimes sum{};
    for (const SpanRow& row : rows) {
        const SpanTimes times = row.total();
        for (std::size_t kind = 0; kind < spanKindCount; ++kind)
            sum[kind] += times[kind];
    }
    return sum;
}

std::optional<std::size_t> PackedSpans::rowOf(std::uint32_t id) const
{
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].positionOf(id) < rows[row].size())
            return row;
    }
    return std::nullopt;
}

PackedSize PackedSpans::packedSize() const
{
    PackedSize sum{0, rows.capacity() * sizeof(SpanRow)};
    for (const SpanRow& row : rows)
        sum += {row.size(), row.memoryBytes()};
    return sum;
}

PackedSize DeviceSpans::packedSize() const
{
    PackedSize sum = replays.packedSize();
    sum += {0, kindBytes + hiddenCopies.memoryBytes() + streams.capacity() * sizeof(StreamSpans)};
    for (const StreamSpans& stream : streams)
        sum += stream.operations.packedSize();
    return sum;
}

PackedSize HostSpans::packedSize() const
{
    PackedSize sum{0, threads.capacity() * sizeof(ThreadSpans)};
    for (const ThreadSpans& thread : threads) {
        sum += thread.ranges.packedSize();
        sum += thread.calls.packedSize();
    }
    return sum;
}

bool isLaunch(ApiCallKind kind)
{
    return kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch ||
           kind == ApiCallKind::Copy || kind == ApiCallKind::Memset;
}

SpanKind spanKindOf(const TraceIndex& index, const ActivityTable& work, std::size_t row)
{
    switch (work.kind(row)) {
    case ActivityKind::Memcpy:
    case ActivityKind::Memset:
        return SpanKind::Copy;
    case ActivityKind::GraphTrace:
        return SpanKind::Graph;
    case ActivityKind::Kernel:
        break;
    }
    const KernelClass kernelClass = index.kernelClass(work.name(row));
    if (kernelClass == KernelClass::Communication)
        return SpanKind::Comm;
    return kernelClass == KernelClass::Attention ? SpanKind::Attention : SpanKind::Compute;
}

SpanKind spanKindOf(ApiCallKind kind)
{
    switch (kind) {
    case ApiCallKind::KernelLaunch:
        return SpanKind::Compute;
    case ApiCallKind::GraphLaunch:
        return SpanKind::Graph;
    case ApiCallKind::Copy:
    case ApiCallKind::Memset:
        return SpanKind::Copy;
    case ApiCallKind::Synchronize:
        return SpanKind::Synchronize;
    case ApiCallKind::StreamWait:
    case ApiCallKind::Allocate:
    case ApiCallKind::Build:
    case ApiCallKind::StreamCapture:
    case ApiCallKind::Other:
        break;
    }
    return SpanKind::Other;
}

DeviceSpans packDevice(const TraceIndex& index, DeviceId device)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    DeviceSpans spans;
    Ids all(replays.size());
    std::iota(all.begin(), all.end(), 0U);
    SpanBounds bounds;
    if (!replays.empty())
        bounds = SpanBounds(&replays[0].span.begin, &replays[0].span.end, sizeof(GraphReplay));
    spans.replays =
        packed(all, std::make_shared<const SpanSource>(SpanSource{bounds, SpanKinds(SpanKind::Graph)}));

    std::vector<std::pair<std::int64_t, Ids>> streams;
    std::unordered_map<std::int64_t, std::size_t> placeOf;
    std::vector<TimeRange> copies;
    for (std::size_t row = 0; row < work.size(); ++row) {
        const auto [found, isNew] = placeOf.try_emplace(work.stream(row), streams.size());
        if (isNew)
            streams.emplace_back(work.stream(row), Ids());
        streams[found->second].second.push_back(static_cast<std::uint32_t>(row));
        if (work.kind(row) == ActivityKind::Memcpy || work.kind(row) == ActivityKind::Memset)
            copies.push_back(work.range(row));
    }
    spans.hiddenCopies = IntervalUnion::fromIntervals(std::move(copies))
                             .without(index.device(device).occupancy.of(TimeClass::ExposedMemory));
    const auto source = operationsOf(index, work);
    spans.kindBytes = source->kinds.memoryBytes();
    std::vector<const Ids*> lists;
    for (const auto& [stream, ids] : streams)
        lists.push_back(&ids);
    const std::vector<SpanStorage> storage = storageOf(lists, work.size());
    std::vector<std::pair<Duration, std::size_t>> order;
    for (std::size_t stream = 0; stream < streams.size(); ++stream) {
        spans.streams.push_back(
            {streams[stream].first, packed(streams[stream].second, source, storage[stream])});
        order.emplace_back(-sumOf(spans.streams.back().operations.total()), stream);
        streams[stream].second = {};
    }
    std::sort(order.begin(), order.end());
    std::vector<StreamSpans> sorted;
    for (const auto& [time, stream] : order)
        sorted.push_back(std::move(spans.streams[stream]));
    spans.streams = std::move(sorted);
    return spans;
}

HostSpans packHost(const TraceIndex& index, ProcessId process)
{
    const Trace& trace = index.trace();
    const auto calls = std::make_shared<const SpanSource>(
        SpanSource{SpanBounds(trace.calls().begins(), trace.calls().ends()),
                   SpanKinds(trace.calls().kinds(), [](ApiCallKind kind) { return spanKindOf(kind); })});
    SpanBounds bounds;
    if (!trace.ranges().isEmpty())
        bounds = SpanBounds(&trace.ranges()[0].begin, &trace.ranges()[0].end, sizeof(HostRange));
    const auto ranges = std::make_shared<const SpanSource>(SpanSource{bounds, SpanKinds(SpanKind::Other)});
    HostSpans host;
    for (const auto& [thread, rows] : rowsByThread(trace, process)) {
        if (rows.launches == 0 && rows.ranges.empty())
            continue;
        ThreadSpans spans{thread, rows.launches, packed(rows.ranges, ranges), {}, !rows.hasAnnotations};
        if (rows.launches > 0)
            spans.calls = packed(rows.calls, calls);
        host.threads.push_back(std::move(spans));
    }
    std::stable_sort(
        host.threads.begin(), host.threads.end(), [](const ThreadSpans& a, const ThreadSpans& b) {
            return a.launches != b.launches ? a.launches > b.launches : a.ranges.size() > b.ranges.size();
        });
    return host;
}

} // namespace stepscope
