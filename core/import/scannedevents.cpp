#include "core/import/scannedevents.h"

#include "core/import/textwords.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t fewestSlots = 1024;

/// Eight bytes at a time; names are long, and few of them differ.
std::uint64_t hashOf(std::string_view text)
{
    constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
    std::uint64_t hash = text.size() * factor;
    for (std::size_t at = 0; at + 8 < text.size(); at += 8) {
        hash = (hash ^ wordAt(text.data() + at)) * factor;
        hash ^= hash >> 29;
    }
    const std::uint64_t last =
        text.size() < 8 ? shortWord(text) : wordAt(text.data() + text.size() - sizeof(std::uint64_t));
    hash = (hash ^ last) * factor;
    return hash ^ (hash >> 32);
}

bool needsExtra(EventCategory category)
{
    return category == EventCategory::Kernel || category == EventCategory::Memcpy ||
           category == EventCategory::Memset || category == EventCategory::Names;
}

} // namespace

void ScannedEvents::clear()
{
    m_kinds.clear();
    m_rows.clear();
    m_extras.clear();
    m_texts.clear();
    m_nameIds.clear();
    m_hashes.clear();
    std::fill(m_slots.begin(), m_slots.end(), 0U);
    m_lastKind = 0;
}

std::uint32_t ScannedEvents::kindOf(std::string_view phase, std::string_view category)
{
    const auto isIt = [&](const Kind& kind) {
        return isSameText(kind.category, category) && isSameText(kind.phase, phase);
    };
    if (m_lastKind < m_kinds.size() && isIt(m_kinds[m_lastKind]))
        return m_lastKind;
    const auto known = std::find_if(m_kinds.begin(), m_kinds.end(), isIt);
    m_lastKind = static_cast<std::uint32_t>(known - m_kinds.begin());
    if (known == m_kinds.end())
        m_kinds.push_back({phase, category, eventCategory(phase, category), 0});
    return m_lastKind;
}

void ScannedEvents::growSlots()
{
    m_slots.assign(std::max(fewestSlots, m_slots.size() * 2), 0U);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t text = 0; text < m_texts.size(); ++text) {
        std::size_t slot = m_hashes[text] & mask;
        while (m_slots[slot] != 0)
            slot = (slot + 1) & mask;
        m_slots[slot] = static_cast<std::uint32_t>(text + 1);
    }
}

std::uint32_t ScannedEvents::textOf(std::string_view text)
{
    if (text.empty())
        return noText;
    if (m_slots.size() < 2 * (m_texts.size() + 1))
        growSlots();
    const std::uint64_t hash = hashOf(text);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    for (; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const std::uint32_t known = m_slots[slot] - 1;
        if (m_hashes[known] == hash && isSameText(m_texts[known], text))
            return known;
    }
    m_slots[slot] = static_cast<std::uint32_t>(m_texts.size() + 1);
    m_texts.push_back(text);
    m_nameIds.emplace_back();
    m_hashes.push_back(hash);
    return m_slots[slot] - 1;
}

void ScannedEvents::add(const KinetoEvent& event)
{
    const std::uint32_t kind = kindOf(event.phase, event.category);
    ++m_kinds[kind].events;
    const EventCategory read = m_kinds[kind].read;
    if (read == EventCategory::Ignored)
        return;
    const std::uint32_t has = (event.begin ? HasBegin : 0U) | (event.duration ? HasDuration : 0U) |
                              (event.pid ? HasPid : 0U) | (event.tid ? HasTid : 0U) |
                              (event.device ? HasDevice : 0U) | (event.stream ? HasStream : 0U) |
                              (needsExtra(read) ? HasExtra : 0U);
    m_rows.push_back({event.begin.value_or(0), event.duration.value_or(0), event.pid.value_or(0),
                      event.tid.value_or(0), event.correlation, textOf(event.name), kind, has});
    if (needsExtra(read)) {
        m_extras.push_back({event.device.value_or(0), event.stream.value_or(0), event.bytes, event.graphId,
                            event.graphNodeId, textOf(event.copyKind), textOf(event.label)});
    }
}

} // namespace stepscope
