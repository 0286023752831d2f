#include "widgets/viewmodel/gapnavigator.h"

#include <algorithm>
#include <numeric>

namespace stepscope {

GapNavigator::GapNavigator(const TraceDocument* document, QObject* parent)
    : QObject(parent), m_document(document)
{
    connect(m_document, &TraceDocument::indexChanged, this, &GapNavigator::startOver);
    connect(m_document, &TraceDocument::assessmentChanged, this, &GapNavigator::followWindow);
    startOver();
}

const GapIndex& GapNavigator::gaps() const
{
    return m_document->index()->device(m_device).occupancy.gaps();
}

GapRanking::Part GapNavigator::inside() const
{
    return m_device.isValid() ? gaps().insideOf(m_document->window()) : GapRanking::Part{0, 0};
}

std::uint64_t GapNavigator::count() const
{
    const auto [first, last] = inside();
    if (!m_bands || first == last)
        return last - first;
    const GapHistogram histogram = gaps().histogramIn(m_document->window());
    return std::accumulate(histogram.gaps.begin() + static_cast<std::ptrdiff_t>(m_bands->first),
                           histogram.gaps.begin() + static_cast<std::ptrdiff_t>(m_bands->last),
                           std::uint64_t{0});
}

void GapNavigator::setBands(const std::optional<BandRange>& bands)
{
    if (bands == m_bands || (bands && !m_device.isValid()))
        return;
    m_bands = bands;
    m_ranking.setBands(bands.value_or(BandRange()));
    if (m_isOffered) // nobody chose it
        clear();
    emit bandsChanged();
    emit positionChanged();
}

bool GapNavigator::isOfBands() const
{
    return m_ranking.bands().contains(gaps().bandOf(*m_current));
}

TimeRange GapNavigator::current() const
{
    return gaps()[*m_current];
}

const GapAutopsy& GapNavigator::autopsy() const
{
    if (!m_autopsy)
        m_autopsy = autopsyOf(*m_document->index(), m_device, current());
    return *m_autopsy;
}

std::uint64_t GapNavigator::rank() const
{
    return m_ranking.rankOf(*m_current, inside()) + 1;
}

std::optional<GapInStep> GapNavigator::placeInStep() const
{
    const std::vector<Step>& steps = m_document->index()->device(m_device).steps.steps;
    const TimePoint begin = current().begin;
    const auto step = std::partition_point(steps.begin(), steps.end(),
                                           [begin](const Step& other) { return other.range.end <= begin; });
    if (step == steps.end() || !step->range.contains(begin))
        return std::nullopt;
    const std::size_t first = gaps().insideOf({step->range.begin, step->range.end}).first;
    const std::size_t last = gaps().insideOf({step->range.end, step->range.end}).first;
    return GapInStep{static_cast<std::size_t>(step - steps.begin()), *m_current - first + 1, last - first};
}

void GapNavigator::offerLongest()
{
    if (m_current)
        return;
    setCurrent(m_ranking.longest(inside()));
    m_isOffered = m_current.has_value();
}

bool GapNavigator::selectAt(TimePoint time)
{
    const auto [first, last] = inside();
    if (first == last)
        return false;
    // The last gap that begins at `time` or before.
    const std::size_t after = gaps().insideOf({time + Duration(1), time + Duration(1)}).first;
    if (after <= first || after > last || !gaps()[after - 1].contains(time))
        return false;
    setCurrent(after - 1);
    m_isOffered = false;
    return true;
}

void GapNavigator::clear()
{
    setCurrent(std::nullopt);
}

bool GapNavigator::startsWithLongest() const
{
    return !m_current || m_isOffered || !isOfBands();
}

void GapNavigator::showNext()
{
    show(startsWithLongest() ? m_ranking.longest(inside()) : m_ranking.after(*m_current, inside()));
}

void GapNavigator::showPrevious()
{
    show(startsWithLongest() ? m_ranking.longest(inside()) : m_ranking.before(*m_current, inside()));
}

void GapNavigator::show(std::optional<std::size_t> gap)
{
    if (gap)
        setCurrent(gap);
    m_isOffered = false;
    if (m_current)
        emit shown(current());
}

void GapNavigator::setCurrent(std::optional<std::size_t> gap)
{
    if (gap == m_current)
        return;
    m_current = gap;
    m_isOffered = false;
    m_autopsy.reset();
    emit changed();
}

void GapNavigator::startOver()
{
    const bool hadCurrent = m_current.has_value();
    m_current.reset();
    m_autopsy.reset();
    const bool hasDevices = m_document->isOpen() && !m_document->index()->devices().empty();
    const DeviceId device = hasDevices ? m_document->reference() : DeviceId();
    const auto trace = hasDevices ? m_document->index()->sharedTrace() : nullptr;
    const bool endsChoice = m_bands && (device != m_device || trace != m_trace.lock());
    if (endsChoice)
        m_bands.reset();
    m_device = device;
    m_trace = trace;
    m_ranking = hasDevices ? GapRanking(gaps()) : GapRanking();
    m_ranking.setBands(m_bands.value_or(BandRange()));
    if (hadCurrent)
        emit changed();
    if (endsChoice)
        emit bandsChanged();
}

void GapNavigator::followWindow()
{
    if (m_device.isValid() && m_device != m_document->reference())
        startOver();
    if (m_current && !m_document->window().contains(current()))
        clear();
    emit positionChanged();
}

} // namespace stepscope
