#pragma once

#include "core/base/ids.h"
#include "core/import/eventcategory.h"
#include "core/import/kinetoevent.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stepscope {

/// What EventScanner found in a piece of text: the events that are used, in their order, and how many there
/// are of each kind. Texts are views of the piece, each held once. Not thread-safe.
class ScannedEvents {
public:
    struct Kind {
        std::string_view phase;
        std::string_view category;
        EventCategory read = EventCategory::Ignored;
        std::uint64_t events = 0;
    };
    /// In order of first appearance.
    const std::vector<Kind>& kinds() const { return m_kinds; }
    bool isEmpty() const { return m_kinds.empty(); }

    /// Calls `visit(event, kind)` for each event whose kind is not ignored. The id of a name is kept here
    /// once the visitor has found it.
    template <class Visit> void forEach(Visit visit)
    {
        KinetoEvent event;
        std::size_t extra = 0;
        for (const Row& row : m_rows) {
            const Kind& kind = m_kinds[row.kind];
            event.phase = kind.phase;
            event.category = kind.category;
            event.name = text(row.name);
            event.nameId = row.name == noText ? nullptr : &m_nameIds[row.name];
            event.begin = optional(row, HasBegin, row.begin);
            event.duration = optional(row, HasDuration, row.duration);
            event.pid = optional(row, HasPid, row.pid);
            event.tid = optional(row, HasTid, row.tid);
            event.correlation = row.correlation;
            if ((row.has & HasExtra) != 0) {
                const Extra& more = m_extras[extra++];
                event.device = optional(row, HasDevice, more.device);
                event.stream = optional(row, HasStream, more.stream);
                event.bytes = more.bytes;
                event.graphId = more.graphId;
                event.graphNodeId = more.graphNodeId;
                event.copyKind = text(more.copyKind);
                event.label = text(more.label);
            } else {
                const std::int64_t correlation = event.correlation;
                event.clearArguments();
                event.correlation = correlation;
            }
            visit(static_cast<const KinetoEvent&>(event), static_cast<std::size_t>(row.kind));
        }
    }

    /// Counts an event, and keeps it unless its kind is ignored. `event.nameId` is not looked at.
    void add(const KinetoEvent& event);
    /// Forgets all but the memory.
    void clear();

private:
    static constexpr std::uint32_t noText = 0xffffffffU;
    enum Has : std::uint32_t {
        HasBegin = 1,
        HasDuration = 2,
        HasPid = 4,
        HasTid = 8,
        HasDevice = 16,
        HasStream = 32,
        HasExtra = 64,
    };
    struct Row {
        std::int64_t begin;
        std::int64_t duration;
        std::int64_t pid;
        std::int64_t tid;
        std::int64_t correlation;
        std::uint32_t name;
        std::uint32_t kind;
        std::uint32_t has;
    };
    struct Extra { // of GPU work and of the names of lanes
        std::int64_t device;
        std::int64_t stream;
        std::int64_t bytes;
        std::int64_t graphId;
        std::int64_t graphNodeId;
        std::uint32_t copyKind;
        std::uint32_t label;
    };

    static std::optional<std::int64_t> optional(const Row& row, Has bit, std::int64_t value)
    {
        return (row.has & bit) != 0 ? std::optional(value) : std::nullopt;
    }
    std::string_view text(std::uint32_t id) const { return id == noText ? std::string_view() : m_texts[id]; }
    std::uint32_t kindOf(std::string_view phase, std::string_view category);
    std::uint32_t textOf(std::string_view text);
    void growSlots();

    std::vector<Kind> m_kinds;
    std::vector<Row> m_rows;
    std::vector<Extra> m_extras; // of the rows that have one, in their order
    std::vector<std::string_view> m_texts;
    std::vector<NameId> m_nameIds;       // by text
    std::vector<std::uint64_t> m_hashes; // by text
    std::vector<std::uint32_t> m_slots;  // open addressing: text + 1, or 0
    std::uint32_t m_lastKind = 0;
};

} // namespace stepscope
