#include "core/import/previewprogress.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr auto shortestPause = std::chrono::milliseconds(150);
constexpr int pauseOfCost = 100;

} // namespace

void PreviewProgress::report(std::uint64_t done, std::uint64_t total)
{
    m_whole.report(done, total);
    if (!m_show)
        return;
    const Clock::time_point begin = Clock::now();
    if (begin < m_next)
        return;
    m_maker.takeIn(m_devices);
    const std::optional<TracePreview> preview = m_maker.preview();
    if (preview)
        m_show(*preview);
    const Clock::time_point end = Clock::now();
    m_next = end + std::max<Clock::duration>(preview ? shortestPause : Clock::duration::zero(),
                                             pauseOfCost * (end - begin));
}

} // namespace stepscope
