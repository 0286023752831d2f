#pragma once

#include "widgets/viewmodel/gaphistogrambars.h"

#include <optional>
#include <vector>

namespace stepscope {

/// How bands of the idle-gap histogram are chosen by mouse and keys: always whole bands, from the one where
/// the choice began, its anchor, to the one where it ends, its head. A value; knows no pixels.
class GapBandPicker {
public:
    const std::optional<BandRange>& chosen() const { return m_chosen; }
    /// A choice made elsewhere.
    void choose(const std::optional<BandRange>& bands);

    /// A press and a drag of the mouse, at places on the axis of bands: band k is [k, k + 1). Beside all bars
    /// a press chooses nothing; a drag from there takes the bars it reaches.
    void press(const std::vector<GapBar>& bars, double place);
    void dragTo(const std::vector<GapBar>& bars, double place);
    /// To the next longer (1) or shorter (−1) band that holds a gap: it alone, or all from the anchor to it.
    /// Where nothing is chosen, the band with most idle time. Past the last one nothing happens.
    void move(const std::vector<GapBar>& bars, int direction, bool extends);

private:
    void take(std::size_t anchor, std::size_t head);

    std::optional<BandRange> m_chosen;
    std::size_t m_anchor = 0;
    std::size_t m_head = 0;
    double m_pressed = 0.0;
};

} // namespace stepscope
