#include "tests/gui/drags/bruteforce.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stepscope {

namespace {

struct Change {
    TimePoint time;
    int weight;
    int difference;
};

} // namespace

Duration percentileOf(std::vector<Duration> values, double share)
{
    std::sort(values.begin(), values.end());
    const double position = share * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::size_t>(std::floor(position));
    const std::size_t upper = std::min(lower + 1, values.size() - 1);
    const double step = static_cast<double>((values[upper] - values[lower]).count());
    return values[lower] + Duration(std::llround((position - std::floor(position)) * step));
}

BruteForce::BruteForce(const Trace& trace, DeviceId device)
{
    const ActivityTable& work = trace.device(device).activities;
    std::vector<Change> changes;
    for (std::size_t row = 0; row < work.size(); ++row) {
        const std::string_view name = trace.name(work.name(row));
        const bool isNamedComm = name.find("cross_device_reduce") != std::string_view::npos ||
                                 name.find("nccl") != std::string_view::npos;
        const int weight = work.kind(row) == ActivityKind::Kernel       ? (isNamedComm ? 3 : 4)
                           : work.kind(row) == ActivityKind::GraphTrace ? 1
                                                                        : 2;
        changes.push_back({work.begin(row), weight, 1});
        changes.push_back({work.end(row), weight, -1});
    }
    std::sort(changes.begin(), changes.end(),
              [](const Change& a, const Change& b) { return a.time < b.time; });
    std::array<int, 5> running{};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        running[static_cast<std::size_t>(changes[i].weight)] += changes[i].difference;
        if (i + 1 == changes.size() || changes[i + 1].time == changes[i].time)
            continue;
        for (int weight = 4; weight > 0; --weight) {
            if (running[static_cast<std::size_t>(weight)] > 0) {
                m_pieces.push_back({{changes[i].time, changes[i + 1].time}, weight});
                break;
            }
        }
    }
}

WindowTruth BruteForce::of(TimeRange window, const std::vector<Step>& steps) const
{
    WindowTruth truth;
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        const Duration inside = m_pieces[i].range.intersected(window).duration();
        truth.busy += inside;
        if (m_pieces[i].weight == 4)
            truth.compute += inside;
        if (m_pieces[i].weight == 3)
            truth.exposedComm += inside;
        if (i == 0)
            continue;
        const TimeRange gap{m_pieces[i - 1].range.end, m_pieces[i].range.begin};
        if (gap.isEmpty() || !window.contains(gap))
            continue;
        std::size_t band = 0;
        while (band + 1 < GapBands::count && GapBands::lowerEdge(band + 1) <= gap.duration())
            ++band;
        ++truth.gaps.gaps[band];
        truth.gaps.time[band] += gap.duration();
        ++truth.gaps.gapCount;
        truth.gaps.gapTime += gap.duration();
    }
    std::size_t piece = 0; // steps and pieces are both in order
    for (const Step& step : steps) {
        if (!step.isClean() || !window.contains(step.range))
            continue;
        truth.cadences.push_back(step.range.duration());
        truth.cadenceTotal += step.range.duration();
        while (piece < m_pieces.size() && m_pieces[piece].range.end <= step.range.begin)
            ++piece;
        for (std::size_t i = piece; i < m_pieces.size() && m_pieces[i].range.begin < step.range.end; ++i)
            truth.busyInSteps += m_pieces[i].range.intersected(step.range).duration();
    }
    return truth;
}

} // namespace stepscope
