#pragma once

#include "widgets/viewmodel/arearef.h"

#include <QObject>

namespace stepscope {

class SpanSelection;
class TraceDocument;

/// Which area of the open trace's lanes is selected: one, or none. An area and a span are never selected at
/// the same time: the later one stays. Another trace clears it. GUI thread only.
class AreaSelection : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it, or be no longer used.
    AreaSelection(TraceDocument& document, SpanSelection& spans, QObject* parent = nullptr);

    const AreaRef& current() const { return m_current; }
    void select(const AreaRef& area);
    void clear() { select({}); }

signals:
    void changed(const stepscope::AreaRef& area);

private:
    SpanSelection& m_spans;
    AreaRef m_current;
};

} // namespace stepscope
