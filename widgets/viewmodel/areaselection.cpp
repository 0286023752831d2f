#include "widgets/viewmodel/areaselection.h"

#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/tracedocument.h"

namespace stepscope {

AreaSelection::AreaSelection(TraceDocument& document, SpanSelection& spans, QObject* parent)
    : QObject(parent), m_spans(spans)
{
    connect(&document, &TraceDocument::indexChanged, this, &AreaSelection::clear);
    connect(&spans, &SpanSelection::changed, this, [this](const SpanRef& span) {
        if (!span.isNone())
            clear();
    });
}

void AreaSelection::select(const AreaRef& area)
{
    const AreaRef wanted = area.isNone() ? AreaRef() : area;
    if (wanted == m_current)
        return;
    m_current = wanted;
    if (!wanted.isNone())
        m_spans.clear();
    emit changed(wanted);
}

} // namespace stepscope
