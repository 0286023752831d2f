#include "widgets/viewmodel/areafigures.h"

#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/tracedocument.h"

namespace stepscope {

AreaFigures::AreaFigures(const TraceDocument& document, const AreaSelection& areas, QObject* parent)
    : QObject(parent), m_document(document), m_job([this](const AreaNumbers& numbers) { show(numbers); })
{
    connect(&areas, &AreaSelection::changed, this, &AreaFigures::request);
}

void AreaFigures::request(const AreaRef& area)
{
    if (area.isNone() || !m_document.isOpen()) {
        m_job.cancel();
        show({});
        return;
    }
    m_job.request([wanted = AreaNumbers{m_document.index(), area, {}}](
                      Progress& progress) mutable -> std::optional<AreaNumbers> {
        std::vector<AreaLane> lanes;
        for (const LaneRef& lane : wanted.area.lanes) {
            if (const std::optional<AreaLane> spans = lane.spans())
                lanes.push_back(*spans);
        }
        Result<AreaStatistics> found = AreaStatistics::of(*wanted.index, wanted.area.range, lanes, progress);
        if (!found)
            return std::nullopt;
        wanted.statistics = std::move(*found);
        return std::move(wanted);
    });
    emit changed();
}

void AreaFigures::show(const AreaNumbers& numbers)
{
    m_numbers = numbers;
    emit changed();
}

} // namespace stepscope
