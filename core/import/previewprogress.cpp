#include "core/import/previewprogress.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr auto shortestPause = std::chrono::milliseconds(150);
constexpr auto longestPause = std::chrono::milliseconds(500); // a picture that cost more was not left alone
constexpr int pauseOfCost = 100;

} // namespace

void PreviewProgress::report(std::uint64_t done, std::uint64_t total)
{
    m_whole.report(done, total);
    if (m_show && Clock::now() >= m_next)
        show();
}

void PreviewProgress::showRest()
{
    if (m_show)
        show();
}

void PreviewProgress::show()
{
    m_maker.takeIn(m_devices);
    // Taking rows in costs the same whenever it is done: the pauses are for what a picture costs.
    const Clock::time_point begin = Clock::now();
    const std::optional<TracePreview> preview = m_maker.preview();
    if (!preview)
        return;
    m_show(*preview);
    const Clock::time_point end = Clock::now();
    m_next = end + std::clamp<Clock::duration>(pauseOfCost * (end - begin), shortestPause, longestPause);
}

} // namespace stepscope
