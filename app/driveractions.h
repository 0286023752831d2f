#pragma once

#include <QObject>
#include <QString>

namespace stepscope {

class NoteBar;
class Settings;
class TraceDocument;
class WindowActions;
struct Error;
template <class T> class Result;
struct DriverRecord;

/// How a driver's record comes to a trace: from a file, from the clipboard, by dropping it; and goes again.
class DriverActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive the object.
    DriverActions(WindowActions& actions, TraceDocument& document, NoteBar& note, Settings& settings,
                  QWidget* window);

    /// Takes a dropped file when it is a driver's record; false when it is none, or no trace is open.
    bool takeFile(const QString& path);

private:
    void chooseFile();
    void paste();
    void take(const Result<DriverRecord>& record, const QString& source);
    void update();

    WindowActions& m_actions;
    TraceDocument& m_document;
    NoteBar& m_note;
    Settings& m_settings;
    QWidget* m_window;
};

} // namespace stepscope
