#pragma once

#include "widgets/viewmodel/arearef.h"

#include <QStackedWidget>

namespace stepscope {

class AreaFigures;
class AreaPanel;
class AreaSelection;
class DetailPanel;
class SpanSelection;

/// What is selected on the lanes: a span, or an area. From a span that was followed out of an area a button
/// leads back to it.
class SelectionPanel : public QStackedWidget {
    Q_OBJECT

public:
    /// All must outlive the panel.
    SelectionPanel(SpanSelection& spans, AreaSelection& areas, const AreaFigures& figures,
                   QWidget* parent = nullptr);

    DetailPanel& details() const { return *m_details; }
    AreaPanel& area() const { return *m_area; }

signals:
    void showRequested(const stepscope::SpanRef& span);
    /// The area that a name was followed out of is wanted again.
    void areaRequested(const stepscope::AreaRef& area);

private:
    void followName(const SpanRef& span);

    const AreaSelection& m_areas;
    DetailPanel* m_details;
    AreaPanel* m_area;
    AreaRef m_left; // the area that a name was followed out of
};

} // namespace stepscope
