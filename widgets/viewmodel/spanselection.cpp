#include "widgets/viewmodel/spanselection.h"

#include "widgets/viewmodel/tracedocument.h"

namespace stepscope {

SpanSelection::SpanSelection(TraceDocument& document, QObject* parent) : QObject(parent)
{
    connect(&document, &TraceDocument::indexChanged, this, &SpanSelection::clear);
}

void SpanSelection::select(const SpanRef& span)
{
    if (span == m_current)
        return;
    m_current = span;
    emit changed(span);
}

} // namespace stepscope
