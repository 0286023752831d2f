#pragma once

#include "core/base/ids.h"
#include "core/lod/laneindex.h"
#include "widgets/viewmodel/spanref.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// What a lane of the timeline draws.
enum class LaneKind : std::uint8_t {
    DeviceBusy,  ///< head of a device's group: busy and idle, always there
    Graphs,      ///< CUDA graph replays
    Compute,     ///< time with a compute kernel
    Comm,        ///< communication: exposed solid, hidden dotted
    Copies,      ///< copies and memsets: exposed solid, hidden dotted
    Stream,      ///< every operation of one stream, overlapping ones in sub-rows
    HostHead,    ///< head of a process' host group
    Annotations, ///< step annotations and other ranges of one launching thread, nested ones in sub-rows
    Calls,       ///< API calls of one launching thread, nested ones in sub-rows
    IdleOwner,   ///< who owns the idle time of a device of the host's process
};

/// One lane as it is listed: which data, which group. No geometry.
struct Lane {
    LaneKind kind = LaneKind::DeviceBusy;
    DeviceId device;         ///< of a device's group; IdleOwner
    ProcessId process;       ///< of a host group
    ThreadId thread;         ///< Annotations, Calls
    std::int64_t stream = 0; ///< Stream
    int subRows = 1;
    QString group; ///< stable for a file: "device:0", "host:1"
    QString title; ///< "GPU 0", "stream 7", "API calls"
    QString note;  ///< beside the title, dimmer: hardware, what a stream does most, a thread's name
    // What the lane draws; these live as long as the trace is open.
    const PackedSpans* spans = nullptr;
    const IntervalUnion* solid = nullptr;  ///< Compute, Comm, Copies: what is exposed
    const IntervalUnion* dotted = nullptr; ///< Comm, Copies: what is hidden behind kernels

    bool isHead() const { return kind == LaneKind::DeviceBusy || kind == LaneKind::HostHead; }
    /// What an id of `spans` refers to.
    SpanRef refOf(std::uint32_t id) const;
};

/// Where a span is drawn: in which of the visible lanes, in which of its sub-rows.
struct SpanPlace {
    std::size_t lane = 0;
    std::size_t subRow = 0;
};

/// The lanes of the open trace in the order they are drawn: each device with its sub-lanes when expanded,
/// then each host process that launches work. Which groups are expanded is the user's and lives here; at
/// first the reference device and the host of its process. What a group holds is packed when it is first
/// expanded: small groups at once, large ones in a worker, and until then only their head is listed.
/// GUI thread only; otherwise a change costs O(lanes).
class LaneList : public QObject {
    Q_OBJECT

public:
    explicit LaneList(TraceDocument* document, QObject* parent = nullptr);
    ~LaneList() override;

    /// What is visible: lanes of collapsed groups other than their head are left out.
    const std::vector<Lane>& lanes() const { return m_visible; }
    /// Another number for each other list of lanes.
    std::uint64_t revision() const { return m_revision; }
    bool isExpanded(const QString& group) const { return m_expanded.contains(group); }
    bool canExpand(const QString& group) const { return groupNamed(group) != nullptr; }
    void setExpanded(const QString& group, bool expanded);
    void toggle(const QString& group) { setExpanded(group, !isExpanded(group)); }
    /// To keep and to restore; names that the trace does not have are ignored.
    QStringList expandedGroups() const { return m_expanded; }
    void setExpandedGroups(const QStringList& groups);
    void setAllExpanded(bool expanded);
    /// Pinned groups come first, in the order they were pinned in. Until another trace is opened.
    void togglePinned(const QString& group);
    bool isPinned(const QString& group) const { return m_pinned.contains(group); }
    QStringList pinnedGroups() const { return m_pinned; }
    /// How many of the visible lanes are theirs.
    std::size_t pinnedLanes() const { return m_pinnedLanes; }

    /// The group whose lanes draw a span; empty when there is none.
    QString groupOf(const SpanRef& span) const;
    /// Nothing while its group is collapsed or still being packed. O(lanes + rows · log n).
    std::optional<SpanPlace> placeOf(const SpanRef& span) const;

    /// Whether an expanded group is still being packed.
    bool isPacking() const;
    /// Waits for it: for pictures that are made at once.
    void finishPacking();
    /// What has been packed so far.
    PackedSize packedSize() const;

signals:
    /// The visible lanes are other ones.
    void changed();

private:
    struct Spans;
    struct Group;

    Group* groupNamed(const QString& name) const;
    void startOver();
    void rebuild();
    void append(Group& group);
    void pack(Group& group);
    void setSpans(Group& group, std::shared_ptr<const Spans> spans);
    void appendDeviceLanes(Group& group) const;
    void appendHostLanes(Group& group) const;

    TraceDocument* m_document;
    std::shared_ptr<const TraceIndex> m_index;
    std::vector<std::unique_ptr<Group>> m_groups;
    std::vector<Lane> m_visible;
    QStringList m_expanded;
    QStringList m_pinned;
    std::size_t m_pinnedLanes = 0;
    std::uint64_t m_revision = 0;
};

} // namespace stepscope
