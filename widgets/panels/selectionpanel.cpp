#include "widgets/panels/selectionpanel.h"

#include "widgets/panels/areapanel.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/spanselection.h"

namespace stepscope {

SelectionPanel::SelectionPanel(SpanSelection& spans, AreaSelection& areas, const AreaFigures& figures,
                               QWidget* parent)
    : QStackedWidget(parent), m_areas(areas), m_details(new DetailPanel(spans)),
      m_area(new AreaPanel(figures))
{
    addWidget(m_details);
    addWidget(m_area);
    connect(&areas, &AreaSelection::changed, this,
            [this](const AreaRef& area) { setCurrentIndex(area.isNone() ? 0 : 1); });
    connect(&spans, &SpanSelection::changed, this, [this] {
        m_left = {};
        m_details->offerBack(false);
    });
    connect(m_details, &DetailPanel::showRequested, this, &SelectionPanel::showRequested);
    connect(m_details, &DetailPanel::backRequested, this, [this] {
        emit areaRequested(AreaRef(m_left)); // a copy: once it is selected it is forgotten here
    });
    connect(m_area, &AreaPanel::showRequested, this, &SelectionPanel::followName);
}

void SelectionPanel::followName(const SpanRef& span)
{
    const AreaRef area = m_areas.current();
    emit showRequested(span);
    m_left = area;
    m_details->offerBack(true);
}

} // namespace stepscope
