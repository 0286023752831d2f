#pragma once

#include "widgets/viewmodel/spanref.h"

#include <QObject>

#include <memory>

namespace stepscope {

class TraceDocument;
class TraceIndex;

/// Which span of the open trace is selected: one, or none. Another trace clears it; other steps of the same
/// trace clear a selected step, whose number would be another one's. GUI thread only.
class SpanSelection : public QObject {
    Q_OBJECT

public:
    explicit SpanSelection(TraceDocument& document, QObject* parent = nullptr);

    const SpanRef& current() const { return m_current; }
    void select(const SpanRef& span);
    void clear() { select({}); }

signals:
    void changed(const stepscope::SpanRef& span);

private:
    TraceDocument& m_document;
    std::shared_ptr<const TraceIndex> m_index; ///< what a selected step is of
    SpanRef m_current;
};

} // namespace stepscope
