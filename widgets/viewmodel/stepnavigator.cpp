#include "widgets/viewmodel/stepnavigator.h"

#include <algorithm>

namespace stepscope {

namespace {

/// A view wider than this many steps shows no single step; it closes in to `stepsAfterJump`.
constexpr int widestInSteps = 40;
constexpr int stepsAfterJump = 5;

TimePoint middleOf(TimeRange range)
{
    return range.begin + range.duration() / 2;
}

} // namespace

StepNavigator::StepNavigator(TraceDocument* document, TimelineViewport* viewport, QObject* parent)
    : QObject(parent), m_document(document), m_viewport(viewport)
{
    connect(m_document, &TraceDocument::assessmentChanged, this, &StepNavigator::changed);
    connect(m_viewport, &TimelineViewport::viewChanged, this, &StepNavigator::changed);
}

const StepIndex* StepNavigator::steps() const
{
    return m_document->isOpen() ? &m_document->index()->device(m_document->reference()).steps : nullptr;
}

std::pair<std::size_t, std::size_t> StepNavigator::inside() const
{
    if (!m_document->assessment())
        return {0, 0};
    const DeviceWindow& window = m_document->assessment()->referenceWindow();
    return {window.firstStep, window.lastStep};
}

int StepNavigator::count() const
{
    const auto [first, last] = inside();
    return static_cast<int>(last - first);
}

int StepNavigator::current() const
{
    const StepIndex* const all = steps();
    const auto [first, last] = inside();
    if (!all || first == last)
        return 0;
    const TimePoint middle = middleOf(m_viewport->view());
    const auto begin = all->steps.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = all->steps.begin() + static_cast<std::ptrdiff_t>(last);
    const auto after = std::upper_bound(
        begin, end, middle, [](TimePoint time, const Step& step) { return time < step.range.begin; });
    if (after == begin || !(after - 1)->range.contains(middle))
        return 0;
    return static_cast<int>(after - begin);
}

void StepNavigator::show(int number)
{
    const StepIndex* const all = steps();
    if (!all || count() == 0)
        return;
    const auto offset = static_cast<std::size_t>(std::clamp(number, 1, count()) - 1);
    const TimeRange step = all->steps[inside().first + offset].range;
    Duration width = m_viewport->view().duration();
    if (all->medianCadence > Duration::zero() && width > all->medianCadence * widestInSteps)
        width = all->medianCadence * stepsAfterJump;
    width = std::max(width, step.duration());
    const TimePoint begin = middleOf(step) - width / 2;
    m_viewport->setView({begin, begin + width});
}

void StepNavigator::showNext()
{
    const int now = current();
    show(now == 0 ? 1 : now + 1);
}

void StepNavigator::showPrevious()
{
    const int now = current();
    show(now == 0 ? count() : now - 1);
}

} // namespace stepscope
