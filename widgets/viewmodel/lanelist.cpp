#include "widgets/viewmodel/lanelist.h"

#include "widgets/viewmodel/displaytext.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>

namespace stepscope {

namespace {

// Some ten milliseconds of packing; more is a worker's.
constexpr std::size_t packedAtOnce = 200'000;

Lane subLane(const Lane& head, LaneKind kind, const QString& title)
{
    Lane lane = head;
    lane.kind = kind;
    lane.title = title;
    lane.note.clear();
    return lane;
}

void setSpansOf(Lane& lane, const PackedSpans& spans)
{
    lane.spans = &spans;
    lane.subRows = std::max(1, static_cast<int>(spans.rows.size()));
}

QString shortHardware(const Device& device)
{
    QString text = QString::fromStdString(device.hardware);
    if (text.startsWith(QLatin1String("NVIDIA ")))
        text.remove(0, 7);
    return text;
}

/// What tells threads apart in little room: "EngineCore", "1239".
QString shortThreadName(const Thread& thread)
{
    const QString name = QString::fromStdString(thread.name);
    const bool isGeneric = name.isEmpty() || name.startsWith(QLatin1String("thread "));
    return isGeneric ? QString::number(thread.tid) : name;
}

/// Processes that launch GPU work, in the order of their devices, then the others.
std::vector<ProcessId> launchingHosts(const TraceIndex& index)
{
    const Trace& trace = index.trace();
    std::vector<ProcessId> all;
    for (const Device& device : trace.devices())
        all.push_back(device.process);
    for (std::size_t process = 0; process < trace.processes().size(); ++process)
        all.emplace_back(process);
    std::vector<ProcessId> hosts;
    for (const ProcessId process : all) {
        if (index.calls().coverageOf(process).launches > 0 &&
            std::find(hosts.begin(), hosts.end(), process) == hosts.end())
            hosts.push_back(process);
    }
    return hosts;
}

} // namespace

SpanRef Lane::refOf(std::uint32_t id) const
{
    switch (kind) {
    case LaneKind::Graphs:
        return {SpanRef::Kind::Replay, device, id};
    case LaneKind::Stream:
        return {SpanRef::Kind::Operation, device, id};
    case LaneKind::Annotations:
        return {SpanRef::Kind::Range, {}, id};
    case LaneKind::Calls:
        return {SpanRef::Kind::Call, {}, id};
    case LaneKind::DeviceBusy:
    case LaneKind::Compute:
    case LaneKind::Comm:
    case LaneKind::Copies:
    case LaneKind::HostHead:
    case LaneKind::IdleOwner:
        break;
    }
    return {};
}

/// Of a device or of a host, never both.
struct LaneList::Spans {
    DeviceSpans device;
    HostSpans host;
};

struct LaneList::Group {
    QString name;
    Lane head;
    std::shared_ptr<const Spans> spans; // null until packed
    QFuture<std::shared_ptr<const Spans>> packing;
    bool isPacking = false;
    std::vector<Lane> lanes;

    bool isDevice() const { return head.kind == LaneKind::DeviceBusy; }
};

LaneList::LaneList(TraceDocument* document, QObject* parent) : QObject(parent), m_document(document)
{
    connect(document, &TraceDocument::indexChanged, this, &LaneList::startOver);
    startOver();
}

LaneList::~LaneList() = default;

LaneList::Group* LaneList::groupNamed(const QString& name) const
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(),
                                    [&name](const auto& group) { return group->name == name; });
    return found == m_groups.end() ? nullptr : found->get();
}

void LaneList::startOver()
{
    m_groups.clear();
    m_expanded.clear();
    m_pinned.clear();
    m_index = m_document->index();
    if (m_index) {
        const Trace& trace = m_index->trace();
        for (std::size_t device = 0; device < trace.devices().size(); ++device) {
            auto group = std::make_unique<Group>();
            group->name = QStringLiteral("device:%1").arg(device);
            group->head.kind = LaneKind::DeviceBusy;
            group->head.device = DeviceId(device);
            group->head.group = group->name;
            group->head.title = displaytext::deviceName(trace, DeviceId(device));
            group->head.note = shortHardware(trace.device(DeviceId(device)));
            m_groups.push_back(std::move(group));
        }
        const std::vector<ProcessId> hosts = launchingHosts(*m_index);
        for (const ProcessId process : hosts) {
            auto group = std::make_unique<Group>();
            const Process& host = trace.processes()[process.value()];
            group->name = QStringLiteral("host:%1").arg(process.value());
            group->head.kind = LaneKind::HostHead;
            group->head.process = process;
            group->head.group = group->name;
            group->head.title = hosts.size() == 1 ? tr("Host") : tr("Host, process %1").arg(host.pid);
            group->head.note = QString::fromStdString(host.name);
            m_groups.push_back(std::move(group));
        }
        const DeviceId reference = m_document->reference();
        m_expanded << QStringLiteral("device:%1").arg(reference.value());
        const QString host = QStringLiteral("host:%1").arg(trace.device(reference).process.value());
        if (canExpand(host))
            m_expanded << host;
    }
    rebuild();
}

void LaneList::setExpanded(const QString& group, bool expanded)
{
    if (expanded == isExpanded(group) || !canExpand(group))
        return;
    if (expanded)
        m_expanded << group;
    else
        m_expanded.removeAll(group);
    rebuild();
}

void LaneList::setExpandedGroups(const QStringList& groups)
{
    QStringList known;
    for (const QString& group : groups) {
        if (canExpand(group) && !known.contains(group))
            known << group;
    }
    if (known == m_expanded)
        return;
    m_expanded = known;
    rebuild();
}

void LaneList::setAllExpanded(bool expanded)
{
    QStringList groups;
    for (const std::unique_ptr<Group>& group : m_groups) {
        if (expanded)
            groups << group->name;
    }
    setExpandedGroups(groups);
}

void LaneList::rebuild()
{
    m_visible.clear();
    for (const QString& group : m_pinned)
        append(*groupNamed(group));
    m_pinnedLanes = m_visible.size();
    for (const auto& group : m_groups) {
        if (!isPinned(group->name))
            append(*group);
    }
    ++m_revision;
    emit changed();
}

void LaneList::append(Group& group)
{
    m_visible.push_back(group.head);
    if (!isExpanded(group.name))
        return;
    if (!group.spans && !group.isPacking)
        pack(group);
    m_visible.insert(m_visible.end(), group.lanes.begin(), group.lanes.end());
}

void LaneList::togglePinned(const QString& group)
{
    if (groupNamed(group) == nullptr)
        return;
    if (m_pinned.removeAll(group) == 0)
        m_pinned << group;
    rebuild();
}

void LaneList::pack(Group& group)
{
    const auto work = [index = m_index, device = group.head.device, process = group.head.process,
                       isDevice = group.isDevice()]() -> std::shared_ptr<const Spans> {
        auto spans = std::make_shared<Spans>();
        if (isDevice)
            spans->device = packDevice(*index, device);
        else
            spans->host = packHost(*index, process);
        return spans;
    };
    const Trace& trace = m_index->trace();
    const std::size_t size = group.isDevice() ? trace.device(group.head.device).activities.size()
                                              : trace.calls().size() + trace.ranges().size();
    if (size <= packedAtOnce) {
        setSpans(group, work());
        return;
    }
    group.isPacking = true;
    group.packing = QtConcurrent::run(work);
    // Not QFuture::then(): with it, waiting for the result can lock up in Qt 6.4.
    auto* const watcher = new QFutureWatcher<std::shared_ptr<const Spans>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, index = m_index, name = group.name] {
                watcher->deleteLater();
                Group* const waiting = groupNamed(name);
                if (m_index != index || waiting == nullptr || !waiting->isPacking)
                    return;
                setSpans(*waiting, watcher->result());
                rebuild();
            });
    watcher->setFuture(group.packing);
}

void LaneList::setSpans(Group& group, std::shared_ptr<const Spans> spans)
{
    group.isPacking = false;
    group.packing = {};
    group.spans = std::move(spans);
    group.lanes.clear();
    if (group.isDevice())
        appendDeviceLanes(group);
    else
        appendHostLanes(group);
}

bool LaneList::isPacking() const
{
    return std::any_of(m_groups.begin(), m_groups.end(), [](const auto& group) { return group->isPacking; });
}

void LaneList::finishPacking()
{
    if (!isPacking())
        return;
    for (const auto& group : m_groups) {
        if (group->isPacking)
            setSpans(*group, group->packing.result());
    }
    rebuild();
}

PackedSize LaneList::packedSize() const
{
    PackedSize sum;
    for (const auto& group : m_groups) {
        if (!group->spans)
            continue;
        sum += group->spans->device.packedSize();
        sum += group->spans->host.packedSize();
    }
    return sum;
}

void LaneList::appendDeviceLanes(Group& group) const
{
    const DeviceOccupancy& occupancy = m_index->device(group.head.device).occupancy;
    const DeviceSpans& spans = group.spans->device;
    const auto add = [&group](Lane lane) { group.lanes.push_back(std::move(lane)); };
    if (!spans.replays.isEmpty()) {
        Lane lane = subLane(group.head, LaneKind::Graphs, tr("CUDA graphs"));
        setSpansOf(lane, spans.replays);
        add(lane);
    }
    const auto addCover = [&](LaneKind kind, const QString& title, const IntervalUnion& solid,
                              const IntervalUnion* dotted) {
        if (solid.isEmpty() && (dotted == nullptr || dotted->isEmpty()))
            return;
        Lane lane = subLane(group.head, kind, title);
        lane.solid = &solid;
        lane.dotted = dotted;
        add(lane);
    };
    addCover(LaneKind::Compute, tr("compute"), occupancy.compute(), nullptr);
    addCover(LaneKind::Comm, tr("comm"), occupancy.of(TimeClass::ExposedComm), &occupancy.hiddenComm());
    addCover(LaneKind::Copies, tr("copies"), occupancy.of(TimeClass::ExposedMemory), &spans.hiddenCopies);
    for (const StreamSpans& stream : spans.streams) {
        Lane lane = subLane(group.head, LaneKind::Stream, tr("stream %1").arg(stream.stream));
        lane.stream = stream.stream;
        SpanTimes times = stream.operations.total();
        times[static_cast<std::size_t>(SpanKind::Compute)] +=
            times[static_cast<std::size_t>(SpanKind::Attention)];
        const auto most = std::max_element(times.begin(), times.end()) - times.begin();
        switch (static_cast<SpanKind>(most)) {
        case SpanKind::Comm:
            lane.note = tr("comm");
            break;
        case SpanKind::Copy:
            lane.note = tr("copies");
            break;
        case SpanKind::Graph:
            lane.note = tr("graphs");
            break;
        default:
            lane.note = tr("compute");
            break;
        }
        setSpansOf(lane, stream.operations);
        add(lane);
    }
}

void LaneList::appendHostLanes(Group& group) const
{
    const HostSpans& spans = group.spans->host;
    const Trace& trace = m_index->trace();
    const auto named = std::count_if(spans.threads.begin(), spans.threads.end(),
                                     [](const ThreadSpans& thread) { return thread.thread.isValid(); });
    const auto add = [&](LaneKind kind, const QString& title, const ThreadSpans& thread) {
        const PackedSpans& packed = kind == LaneKind::Calls ? thread.calls : thread.ranges;
        if (packed.isEmpty())
            return;
        Lane lane = subLane(group.head, kind, title);
        lane.thread = thread.thread;
        if (thread.thread.isValid() && named > 1) // one thread needs no name to be told from others
            lane.note = shortThreadName(trace.thread(thread.thread));
        setSpansOf(lane, packed);
        group.lanes.push_back(lane);
    };
    for (const ThreadSpans& thread : spans.threads) {
        if (!thread.isOverheadOnly)
            add(LaneKind::Annotations, tr("annotations"), thread);
    }
    for (const ThreadSpans& thread : spans.threads)
        add(LaneKind::Calls, tr("API calls"), thread);
    const auto owned = [&](std::size_t device) {
        return trace.devices()[device].process == group.head.process &&
               m_index->devices()[device].occupancy.gaps().size() > 0;
    };
    std::vector<std::size_t> devices;
    for (std::size_t device = 0; device < trace.devices().size(); ++device) {
        if (owned(device))
            devices.push_back(device);
    }
    for (const std::size_t device : devices) {
        Lane lane = subLane(group.head, LaneKind::IdleOwner, tr("idle owner"));
        lane.device = DeviceId(device);
        if (devices.size() > 1)
            lane.note = displaytext::deviceName(trace, lane.device);
        group.lanes.push_back(lane);
    }
    for (const ThreadSpans& thread : spans.threads) {
        if (thread.isOverheadOnly)
            add(LaneKind::Annotations, tr("profiler"), thread);
    }
}

QString LaneList::groupOf(const SpanRef& span) const
{
    if (!m_index)
        return {};
    const Trace& trace = m_index->trace();
    const auto ofThread = [&](ThreadId thread) {
        const ProcessId process = thread.isValid() ? trace.thread(thread).process : ProcessId(0);
        const QString name = QStringLiteral("host:%1").arg(process.value());
        return canExpand(name) ? name : QString();
    };
    switch (span.kind) {
    case SpanRef::Kind::Operation:
    case SpanRef::Kind::Replay:
        return QStringLiteral("device:%1").arg(span.device.value());
    case SpanRef::Kind::Call:
        return ofThread(trace.calls().thread(span.row));
    case SpanRef::Kind::Range:
        return ofThread(trace.ranges()[span.row].thread);
    case SpanRef::Kind::Step:
    case SpanRef::Kind::None:
        break;
    }
    return {};
}

std::optional<SpanPlace> LaneList::placeOf(const SpanRef& span) const
{
    const QString group = groupOf(span);
    if (group.isEmpty())
        return std::nullopt;
    const Trace& trace = m_index->trace();
    for (std::size_t k = 0; k < m_visible.size(); ++k) {
        const Lane& lane = m_visible[k];
        if (lane.group != group || lane.spans == nullptr || lane.refOf(span.row) != span)
            continue;
        if (lane.kind == LaneKind::Stream &&
            trace.device(lane.device).activities.stream(span.row) != lane.stream)
            continue;
        if (lane.kind == LaneKind::Calls && trace.calls().thread(span.row) != lane.thread)
            continue;
        if (lane.kind == LaneKind::Annotations && trace.ranges()[span.row].thread != lane.thread)
            continue;
        if (const auto row = lane.spans->rowOf(span.row))
            return SpanPlace{k, *row};
    }
    return std::nullopt;
}

} // namespace stepscope
