#pragma once

#include <QObject>

namespace stepscope {

class TraceDocument;
class TracePage;
class WindowActions;

/// The menu entries by which the user draws steps: which can be used at present, and what they do.
class StepActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive the object.
    StepActions(WindowActions& actions, TracePage& page, TraceDocument& document, QObject* parent);

private:
    void drawLikeSelection();
    void update();

    WindowActions& m_actions;
    TracePage& m_page;
    TraceDocument& m_document;
};

} // namespace stepscope
