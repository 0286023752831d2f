#include "widgets/viewmodel/timelineviewport.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

Duration scaled(Duration length, double factor)
{
    return Duration(std::llround(static_cast<double>(length.count()) * factor));
}

} // namespace

double toPixel(TimePoint time, TimeRange view, double width)
{
    if (view.isEmpty())
        return 0.0;
    return static_cast<double>((time - view.begin).count()) * width /
           static_cast<double>(view.duration().count());
}

TimePoint toTime(double pixel, TimeRange view, double width)
{
    if (width <= 0.0)
        return view.begin;
    return view.begin + scaled(view.duration(), pixel / width);
}

TimelineViewport::TimelineViewport(QObject* parent) : QObject(parent) {}

void TimelineViewport::reset(TimeRange limits, TimeRange view)
{
    // An empty trace still needs an axis.
    m_limits = {limits.begin, std::max(limits.end, limits.begin + narrowest)};
    m_view = {};
    setView(view.isEmpty() ? m_limits : view);
}

void TimelineViewport::setView(TimeRange view)
{
    const Duration length = std::clamp(view.duration(), narrowest, m_limits.duration());
    const TimePoint begin = std::clamp(view.begin, m_limits.begin, m_limits.end - length);
    const TimeRange clamped{begin, begin + length};
    if (clamped == m_view)
        return;
    m_view = clamped;
    emit viewChanged(m_view);
}

void TimelineViewport::zoomAt(TimePoint anchor, double factor)
{
    const Duration before = m_view.duration();
    if (before <= Duration::zero())
        return;
    const double wanted = static_cast<double>(before.count()) * factor;
    const Duration after(std::llround(std::clamp(wanted, static_cast<double>(narrowest.count()),
                                                 static_cast<double>(m_limits.duration().count()))));
    const double ratio = static_cast<double>(after.count()) / static_cast<double>(before.count());
    const TimePoint begin = anchor - scaled(anchor - m_view.begin, ratio);
    setView({begin, begin + after});
}

void TimelineViewport::pan(double share)
{
    const Duration shift = scaled(m_view.duration(), share);
    setView({m_view.begin + shift, m_view.end + shift});
}

void TimelineViewport::centreOn(TimePoint time)
{
    const Duration length = m_view.duration();
    const TimePoint begin = time - length / 2;
    setView({begin, begin + length});
}

void TimelineViewport::showAll()
{
    setView(m_limits);
}

} // namespace stepscope
