#include "widgets/viewmodel/spanselection.h"

#include "widgets/viewmodel/tracedocument.h"

namespace stepscope {

SpanSelection::SpanSelection(TraceDocument& document, QObject* parent) : QObject(parent), m_document(document)
{
    connect(&document, &TraceDocument::indexChanged, this, &SpanSelection::clear);
    connect(&document, &TraceDocument::assessmentChanged, this, [this] {
        if (m_current.kind == SpanRef::Kind::Step && m_document.index() != m_index)
            clear();
    });
}

void SpanSelection::select(const SpanRef& span)
{
    if (span == m_current)
        return;
    m_current = span;
    m_index = span.kind == SpanRef::Kind::Step ? m_document.index() : nullptr;
    emit changed(span);
}

} // namespace stepscope
