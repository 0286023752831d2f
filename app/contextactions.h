#pragma once

#include "app/dialogs/contextdialog.h"
#include "core/gates/assessmentinput.h"
#include "widgets/theme/tracepalette.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <string>

namespace stepscope {

class NoteBar;
class Settings;
class TraceDocument;
class WindowActions;

/// How the measurement context comes to a trace: typed in its dialog, from the server's command, from a
/// context file; and how it is kept. What came of it is said in the dialog where it is open, else in the
/// window.
class ContextActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive the object.
    ContextActions(WindowActions& actions, TraceDocument& document, NoteBar& note, Settings& settings,
                   QWidget* window);

    /// Shows the dialog, or brings it to the front.
    void edit();
    /// Null while it is closed.
    ContextDialog* dialog() const { return m_dialog; }

    /// Takes a dropped file when it is a context file or tells of a server's command; false when it is
    /// neither, or no trace is open.
    bool takeFile(const QString& path);
    void paste();
    void load(const QString& path);
    /// False when the file could not be written; the user knows.
    bool save(const QString& path);

private:
    void chooseToLoad();
    void chooseToSave();
    void takeCommand(const std::string& text, const QString& source);
    void takeContext(const std::string& text, const QString& source);
    /// In the window, `takeBack` is offered beside it; the dialog has its own way back.
    void tell(const QString& title, const QString& text, Colour mark,
              const std::function<void(AssessmentInput&)>& takeBack = nullptr);
    void update();

    WindowActions& m_actions;
    TraceDocument& m_document;
    NoteBar& m_note;
    Settings& m_settings;
    QWidget* m_window;
    QPointer<ContextDialog> m_dialog;
};

} // namespace stepscope
