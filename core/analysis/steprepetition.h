#pragma once

#include "core/analysis/stepmarker.h"

#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// How alike the periods between neighbouring markers are, by what runs in them and after what, stream by
/// stream: merged over streams a perfect loop whose copies lie beside the next step reads 0.86. A lost
/// operation costs its own place only. O(n log n) once.
class StepRepetition {
public:
    /// `markers`: rows in order, at least two.
    StepRepetition(const ActivityTable& work, const OperationSequence& sequence,
                   std::span<const std::uint32_t> markers);

    /// Mean over the periods of the likeness with the best of the four before: 1 for a perfect loop; prefills
    /// in it, other batch sizes and two kinds of step in turn lower it little. This is the autocorrelation of
    /// definitions.md §4.
    double confirmation() const;
    /// Whether these periods are steps and a period between `coarse` markers is only so many of them: at no
    /// place in the coarse period does one differ from its predecessor as a rule (a draft differs from its
    /// verification, the 16th decode step does not differ from the 15th).
    bool isFinerStepOf(std::span<const std::uint32_t> coarse) const;

    /// Whether neighbouring periods run the same operations as a rule, however often each.
    bool neighboursShareOperations() const;

private:
    std::size_t count() const { return m_first.size() - 1; }
    /// Common features over those of the longer period.
    double likeness(std::size_t a, std::size_t b) const { return compare(a, b, false); }
    double compare(std::size_t a, std::size_t b, bool eachOnce) const;

    std::vector<std::uint32_t> m_markers;
    std::vector<std::size_t> m_first;      // of a period's features; one more at the end
    std::vector<std::uint64_t> m_features; // sorted within each period
};

} // namespace stepscope
