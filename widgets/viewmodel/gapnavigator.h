#pragma once

#include "core/analysis/gapautopsy.h"
#include "widgets/viewmodel/gapranking.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>

namespace stepscope {

/// Where a gap lies in the step in which it begins.
struct GapInStep {
    std::size_t step = 0;     ///< as steps are numbered everywhere
    std::uint64_t number = 0; ///< by time, from 1
    std::uint64_t count = 0;  ///< gaps that begin in the step

    friend bool operator==(const GapInStep&, const GapInStep&) = default;
};

/// One idle gap of the reference device is the current one, or none: it can only be one that lies wholly
/// inside the steady window, and goes when the window, the device or the trace no longer has it. Bands of
/// length can be chosen: next and previous are then of those alone. The window may change under them; another
/// device or trace ends the choice. A changed window costs nothing; what is asked for costs as much as it
/// says. GUI thread only.
class GapNavigator : public QObject {
    Q_OBJECT

public:
    /// The document must outlive the navigator.
    explicit GapNavigator(const TraceDocument* document, QObject* parent = nullptr);

    const TraceDocument& document() const { return *m_document; }
    /// Gaps wholly inside the window, of the chosen bands. O(log n) and some hundred steps.
    std::uint64_t count() const;
    /// The chosen bands; none: all gaps.
    const std::optional<BandRange>& bands() const { return m_bands; }
    bool hasCurrent() const { return m_current.has_value(); }
    /// Only while there is a current gap, as all that follows.
    TimeRange current() const;
    DeviceId device() const { return m_device; }
    /// Taken apart when first asked for.
    const GapAutopsy& autopsy() const;
    /// Whether it is of the chosen bands: one that was clicked need not be.
    bool isOfBands() const;
    /// Its number by length, the longest is 1. Only for a gap of the chosen bands. O(gaps in the window) for
    /// another gap; for another window O(gaps gained and lost).
    std::uint64_t rank() const;
    /// None for a gap that is in no step. O(log n).
    std::optional<GapInStep> placeInStep() const;

    /// Makes the longest gap the current one where there is none. It does not count as chosen: the next
    /// showNext() begins with it. O(gaps in the window).
    void offerLongest();
    /// Makes the idle gap at `time` the current one; false when there is none, or it is not inside the
    /// window. O(log n).
    bool selectAt(TimePoint time);
    void clear();
    /// Gaps looked at so far, for tests of what it costs.
    std::size_t looked() const { return m_ranking.looked(); }

public slots:
    /// A gap that nobody chose goes; one that was chosen stays, of the bands or not.
    void setBands(const std::optional<stepscope::BandRange>& bands);
    void clearBands() { setBands(std::nullopt); }
    /// By length, shorter and longer; at first the longest, and so from a gap that is not of the chosen
    /// bands. O(gaps in the window).
    void showNext();
    void showPrevious();

signals:
    /// Another gap is the current one, or none.
    void changed();
    /// Others are chosen, or none.
    void bandsChanged();
    /// The window is another one, or the chosen bands: count, rank or steps may differ.
    void positionChanged();
    /// showNext() or showPrevious() has arrived at a gap, even if it is the same: bring it into view.
    void shown(stepscope::TimeRange gap);

private:
    const GapIndex& gaps() const;
    GapRanking::Part inside() const;
    void startOver();
    void followWindow();
    void setCurrent(std::optional<std::size_t> gap);
    bool startsWithLongest() const;
    void show(std::optional<std::size_t> gap);

    const TraceDocument* m_document;
    DeviceId m_device;
    std::weak_ptr<const Trace> m_trace; // whose gaps they are; drawn steps leave it as it is
    std::optional<BandRange> m_bands;
    std::optional<std::size_t> m_current;
    bool m_isOffered = false;
    mutable GapRanking m_ranking;
    mutable std::optional<GapAutopsy> m_autopsy;
};

} // namespace stepscope
