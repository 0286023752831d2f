#include "core/report/gaplist.h"

namespace stepscope {

GapList::GapList(const Assessment& assessment, const TraceIndex& index, DeviceId device, std::size_t most)
    : m_index(index), m_device(device),
      m_gaps(longestGaps(index.device(device).occupancy.gaps(), assessment.analysis.window, most))
{
    for (const TimeRange& gap : m_gaps)
        m_times += index.device(device).occupancy.timesIn(gap);
}

GapPlace GapList::placeOf(TimeRange gap) const
{
    return stepscope::placeOf(m_index.device(m_device).steps, gap);
}

GapAutopsy GapList::autopsyOf(TimeRange gap) const
{
    return stepscope::autopsyOf(m_index, m_device, gap);
}

} // namespace stepscope
