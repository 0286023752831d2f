#include "widgets/viewmodel/cachedloader.h"

#include "core/analysis/budgetframes.h"
#include "core/analysis/kernelclassifier.h"
#include "core/base/freememory.h"
#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr int loadSteps = 1000;

/// Maps the work of one part of the job to its share of the whole.
class PartialProgress final : public Progress {
public:
    PartialProgress(Progress& whole, int first, int last) : m_whole(whole), m_first(first), m_last(last) {}

    void report(std::uint64_t done, std::uint64_t total) override
    {
        const double share =
            total > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total)) : 0.0;
        m_whole.report(static_cast<std::uint64_t>(m_first + share * (m_last - m_first)), loadSteps);
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress& m_whole;
    int m_first;
    int m_last;
};

} // namespace

Result<IndexedTrace> CachedLoader::load(const std::vector<std::string>& paths, const LoadAnswers& answers,
                                        Progress& progress, const TraceLoader::ShowPreview& showPreview)
{
    ImportOptions options;
    options.showPreview = showPreview;
    if (answers.leavesOutPython)
        options.keepsPythonFrame = budgetFrames();
    options.hashesLater = !answers.hashesWhileReading;
    options.acceptsExpansion = answers.acceptsExpansion;
    options.memoryLimit = answers.takesAnyMemory ? 0 : freeMemory().value_or(0);
    const auto opening = std::make_shared<TraceOpening>(paths, options, m_cache);
    PartialProgress reading(progress, 0, TraceLoader::readPerMille);
    Result<Trace> opened = opening->open(reading);
    if (!opened)
        return opened.error();
    auto trace = std::make_shared<const Trace>(std::move(*opened));
    if (std::optional<Error> nothing = whyNothingToShow(*trace, shownPathOf(paths)))
        return *std::move(nothing);
    PartialProgress indexing(progress, TraceLoader::readPerMille, loadSteps);
    Result<IndexedTrace> index = TraceIndex::build(std::move(trace), KernelClassifier::standard(), indexing);
    if (index && m_cache) {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_unsettled, [](const auto& each) { return each.first.expired(); });
        m_unsettled.emplace_back(*index, opening);
    }
    return index;
}

bool CachedLoader::settle(const IndexedTrace& index, Progress& progress)
{
    Opening opening;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_unsettled.begin(), m_unsettled.end(),
                                        [&index](const auto& each) { return each.first.lock() == index; });
        if (found == m_unsettled.end())
            return true;
        opening = found->second;
        m_unsettled.erase(found);
    }
    if (opening->isFromCache())
        return opening->check(index->trace(), progress) != TraceOpening::Check::Changed;
    opening->keep(index->trace(), progress);
    return true;
}

} // namespace stepscope
