#include "core/trace/tracepreviewof.h"

#include <algorithm>
#include <limits>

namespace stepscope {

namespace {

constexpr std::int64_t wholeShare = std::numeric_limits<std::uint16_t>::max();

/// Equal stretches of a range: the i-th begins at length × i / count, rounded down.
class Stretches {
public:
    explicit Stretches(TimeRange range)
        : m_begin(range.begin), m_length(range.duration().count()),
          m_count(std::min<std::int64_t>(static_cast<std::int64_t>(previewStretches), m_length)),
          m_busy(static_cast<std::size_t>(m_count))
    {}

    /// Ranges that do not overlap and lie within the whole.
    void add(TimeRange busy)
    {
        if (busy.isEmpty())
            return;
        std::int64_t from = (busy.begin - m_begin).count();
        const std::int64_t until = (busy.end - m_begin).count();
        // The last stretch that begins at `from` or before.
        for (auto i = static_cast<std::int64_t>((Wide(from + 1) * m_count - 1) / m_length); from < until;
             ++i) {
            const std::int64_t end = std::min(until, beginOf(i + 1));
            m_busy[static_cast<std::size_t>(i)] += end - from;
            from = end;
        }
    }

    std::vector<std::uint16_t> shares() const
    {
        std::vector<std::uint16_t> shares;
        shares.reserve(m_busy.size());
        for (std::int64_t i = 0; i < m_count; ++i) {
            const std::int64_t busy = m_busy[static_cast<std::size_t>(i)];
            const std::int64_t length = beginOf(i + 1) - beginOf(i);
            const auto rounded = static_cast<std::int64_t>((Wide(busy) * wholeShare + length / 2) / length);
            const std::int64_t share = busy == length ? wholeShare
                                       : busy == 0    ? 0
                                                      : std::clamp<std::int64_t>(rounded, 1, wholeShare - 1);
            shares.push_back(static_cast<std::uint16_t>(share));
        }
        return shares;
    }

private:
    __extension__ using Wide = __int128; // a length times a count may pass 64 bits

    std::int64_t beginOf(std::int64_t stretch) const
    {
        return static_cast<std::int64_t>(Wide(m_length) * stretch / m_count);
    }

    TimePoint m_begin;
    std::int64_t m_length;
    std::int64_t m_count;
    std::vector<std::int64_t> m_busy;
};

std::vector<std::uint16_t> busyShares(const ActivityTable& work, TimeRange extent)
{
    Stretches stretches(extent);
    TimeRange open; // of what overlaps so far
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (work.begin(row) <= open.end && !open.isEmpty()) {
            open.end = std::max(open.end, work.end(row));
            continue;
        }
        stretches.add(open);
        open = work.range(row);
    }
    stretches.add(open);
    return stretches.shares();
}

} // namespace

TracePreview tracePreviewOf(const Trace& trace, const std::function<std::string(DeviceId)>& labelOf)
{
    TracePreview preview;
    preview.extent = trace.gpuExtent();
    for (std::size_t device = 0; device < trace.devices().size(); ++device)
        preview.lanes.push_back(
            {labelOf(DeviceId(device)), busyShares(trace.devices()[device].activities, preview.extent)});
    return preview;
}

} // namespace stepscope
