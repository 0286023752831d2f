#include "core/import/previewmaker.h"

#include <algorithm>
#include <tuple>

namespace stepscope {

namespace {

/// As TraceBuilder has it.
constexpr Duration farFromZero = std::chrono::hours(1);

} // namespace

void PreviewMaker::takeIn(std::size_t devices)
{
    const std::vector<Device>& all = m_builder.devices();
    const std::size_t count = std::min(devices, all.size());
    while (m_taken.size() < count) {
        m_taken.emplace_back();
        m_raster.addLane();
    }
    for (std::size_t device = 0; device < count; ++device) {
        const ActivityTable& work = all[device].activities;
        Taken& taken = m_taken[device];
        // Placing a file may have taken rows away.
        for (taken.rows = std::min(taken.rows, work.size()); taken.rows < work.size(); ++taken.rows) {
            const TimeRange range = work.range(taken.rows);
            if (range.begin == TimePoint())
                taken.atZero.push_back(range);
            else
                takeRow(device, range);
        }
    }
    for (std::size_t device = 0; device < count; ++device)
        takeRowsAtZero(device);
}

void PreviewMaker::takeRow(std::size_t device, TimeRange range)
{
    Taken& taken = m_taken[device];
    if (range.begin < taken.lastBegin)
        taken.runEnd = TimePoint::min();
    const TimeRange added{std::max(range.begin, taken.runEnd), range.end};
    taken.lastBegin = range.begin;
    taken.runEnd = std::max(taken.runEnd, range.end);
    if (added.end <= added.begin)
        return;
    m_raster.add(device, added);
    taken.hasWork = true;
}

bool PreviewMaker::isFarFromZero() const
{
    const TimePoint begin = m_raster.begin();
    return begin > TimePoint(farFromZero) || begin < TimePoint(-farFromZero);
}

void PreviewMaker::takeRowsAtZero(std::size_t device)
{
    Taken& taken = m_taken[device];
    const bool isNoTime = m_builder.capture().format == TraceFormat::NsysSqlite;
    if (!isNoTime && (m_raster.isEmpty() || taken.atZero.empty()))
        return;
    if (!isNoTime && !isFarFromZero()) {
        for (const TimeRange& range : taken.atZero)
            takeRow(device, range);
    }
    taken.atZero.clear();
}

std::string PreviewMaker::labelOf(std::size_t device) const
{
    const Device& shown = m_builder.devices()[device];
    const std::vector<Process>& processes = m_builder.processes();
    const Process& process = processes[shown.process.value()];
    std::string label = "GPU " + std::to_string(shown.key);
    for (std::size_t other = 0; other < m_taken.size(); ++other) {
        const Device& alike = m_builder.devices()[other];
        if (other != device && m_taken[other].hasWork && alike.key == shown.key &&
            processes[alike.process.value()].file == process.file) {
            label += " (pid " + std::to_string(process.pid) + ")";
            break;
        }
    }
    if (const auto prefix = m_prefixes.find(process.file); prefix != m_prefixes.end())
        return prefix->second + label;
    const std::optional<int> rank = m_builder.capture().rank;
    return rank ? "rank " + std::to_string(*rank) + ", " + label : label;
}

std::optional<TracePreview> PreviewMaker::preview() const
{
    const std::optional<Duration> length = m_raster.length();
    if (m_raster.isEmpty() || !length)
        return std::nullopt;
    std::vector<std::size_t> order;
    for (std::size_t device = 0; device < m_taken.size(); ++device) {
        if (m_taken[device].hasWork)
            order.push_back(device);
    }
    const auto place = [this](std::size_t number) {
        const Device& device = m_builder.devices()[number];
        const Process& process = m_builder.processes()[device.process.value()];
        return std::tuple(process.file, process.pid, device.key);
    };
    std::sort(order.begin(), order.end(),
              [&place](std::size_t a, std::size_t b) { return place(a) < place(b); });
    TracePreview preview;
    preview.extent = {TimePoint(), TimePoint(*length)};
    for (const std::size_t device : order)
        preview.lanes.push_back({labelOf(device), m_raster.sharesOf(device)});
    return preview;
}

} // namespace stepscope
