#pragma once

#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QObject>

namespace stepscope {

/// Walks the view from step to step of the reference device inside the steady window.
class StepNavigator : public QObject {
    Q_OBJECT

public:
    /// Both must outlive the navigator.
    StepNavigator(TraceDocument* document, TimelineViewport* viewport, QObject* parent = nullptr);

    /// Steps that lie wholly inside the window.
    int count() const;
    /// The one under the middle of the view, from 1; 0 when the middle is outside all of them.
    int current() const;
    /// Brings step `number` (from 1) to the middle. A view of many steps closes in to a few.
    void show(int number);
    void showNext();
    void showPrevious();

signals:
    void changed();

private:
    const StepIndex* steps() const;
    std::pair<std::size_t, std::size_t> inside() const;

    TraceDocument* m_document;
    TimelineViewport* m_viewport;
};

} // namespace stepscope
