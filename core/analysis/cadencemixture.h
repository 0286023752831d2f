#pragma once

#include "core/analysis/stepcolumn.h"

#include <optional>
#include <vector>

namespace stepscope {

/// One of two kinds of step in a loop.
struct CadenceMode {
    Duration median = Duration::zero();
    double share = 0.0; ///< of the steps

    friend bool operator==(const CadenceMode&, const CadenceMode&) = default;
};

/// A loop of two kinds of step: speculation that switches its depth, two batch sizes. One median describes
/// neither, and the longer kind is no outlier.
struct CadenceMixture {
    CadenceMode shorter;
    CadenceMode longer;
    Duration boundary = Duration::zero(); ///< cadences of at least this are of the longer kind

    const CadenceMode& of(Duration cadence) const { return cadence < boundary ? shorter : longer; }
    friend bool operator==(const CadenceMixture&, const CadenceMixture&) = default;
};

/// A mixture when the cadences are clearly of two kinds: at least 20 of them, a tenth of them of each kind,
/// an Otsu division that explains 80 % of the variance, medians at least 5 % apart and further than three
/// times P90 − P10 within either kind. O(n log n).
std::optional<CadenceMixture> findMixture(std::vector<Duration> cadences);

/// The same kinds among [first, last) of a column of the trace's cadences, with their medians and shares
/// there; nullopt when fewer than a tenth are of one kind. O(log n).
std::optional<CadenceMixture> mixtureAmong(const CadenceMixture& mixture, const StepColumn& cadences,
                                           std::size_t first, std::size_t last);

/// The longest cadence that is no outlier beside the median of its own kind.
Duration longestUsual(Duration median);
/// Longer than 1.5 medians of its own kind (definitions.md §5).
bool isOutlier(Duration cadence, Duration median, const std::optional<CadenceMixture>& mixture);

/// How many of [first, last) are outliers; `median` is theirs, `mixture` the one among them. O(log n).
std::size_t countOutliers(const StepColumn& cadences, std::size_t first, std::size_t last, Duration median,
                          const std::optional<CadenceMixture>& mixture);

} // namespace stepscope
