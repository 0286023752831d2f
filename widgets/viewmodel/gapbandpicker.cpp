#include "widgets/viewmodel/gapbandpicker.h"

#include <algorithm>

namespace stepscope {

namespace {

/// The band at a place on the axis, or the nearest one that is drawn.
std::size_t bandNear(const std::vector<GapBar>& bars, double place)
{
    const auto first = static_cast<double>(bars.front().band);
    const auto last = static_cast<double>(bars.back().band);
    return static_cast<std::size_t>(std::clamp(place, first, last));
}

} // namespace

void GapBandPicker::choose(const std::optional<BandRange>& bands)
{
    if (bands == m_chosen)
        return; // so that anchor and head stay what they are
    m_chosen = bands;
    if (bands) {
        m_anchor = bands->first;
        m_head = bands->last - 1;
    }
}

void GapBandPicker::take(std::size_t anchor, std::size_t head)
{
    m_anchor = anchor;
    m_head = head;
    m_chosen = BandRange{std::min(anchor, head), std::max(anchor, head) + 1};
}

void GapBandPicker::press(const std::vector<GapBar>& bars, double place)
{
    m_pressed = place;
    m_chosen.reset();
    dragTo(bars, place);
}

void GapBandPicker::dragTo(const std::vector<GapBar>& bars, double place)
{
    const auto [from, to] = std::minmax(m_pressed, place);
    const bool misses = bars.empty() || to < static_cast<double>(bars.front().band) ||
                        from >= static_cast<double>(bars.back().band + 1);
    if (misses)
        m_chosen.reset();
    else
        take(bandNear(bars, m_pressed), bandNear(bars, place));
}

void GapBandPicker::move(const std::vector<GapBar>& bars, int direction, bool extends)
{
    if (bars.empty())
        return;
    if (!m_chosen) {
        const auto most = std::max_element(bars.begin(), bars.end(),
                                           [](const GapBar& a, const GapBar& b) { return a.time < b.time; });
        take(most->band, most->band);
        return;
    }
    const auto isNext = [&](const GapBar& bar) {
        return bar.gaps > 0 && (direction > 0 ? bar.band > m_head : bar.band < m_head);
    };
    std::optional<std::size_t> next;
    if (direction > 0) {
        const auto found = std::find_if(bars.begin(), bars.end(), isNext);
        next = found != bars.end() ? std::optional(found->band) : std::nullopt;
    } else {
        const auto found = std::find_if(bars.rbegin(), bars.rend(), isNext);
        next = found != bars.rend() ? std::optional(found->band) : std::nullopt;
    }
    if (next)
        take(extends ? m_anchor : *next, *next);
    else if (!extends)
        take(m_head, m_head);
}

} // namespace stepscope
