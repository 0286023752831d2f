#pragma once

#include "widgets/viewmodel/spanref.h"

#include <QObject>

namespace stepscope {

class TraceDocument;

/// Which span of the open trace is selected: one, or none. Another trace clears it. GUI thread only.
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
    SpanRef m_current;
};

} // namespace stepscope
