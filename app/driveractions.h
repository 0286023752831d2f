#pragma once

#include "core/gates/drivernumbers.h"

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

/// How a driver's records come to a trace, that of the round without a profiler and that of the captured one:
/// from a file, from the clipboard, by dropping it; and go again.
class DriverActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive the object.
    DriverActions(WindowActions& actions, TraceDocument& document, NoteBar& note, Settings& settings,
                  QWidget* window);

    /// Takes a dropped file when it is a driver's record; false when it is none, or no trace is open.
    bool takeFile(const QString& path);

private:
    using Round = RoundNumbers DriverNumbers::*;

    void chooseFile(Round round);
    void paste();
    void take(const Result<DriverRecord>& record, const QString& source, Round round);
    /// A record that was taken for the clean round's is the captured one's.
    void moveToCaptured();
    void forget();
    void update();

    WindowActions& m_actions;
    TraceDocument& m_document;
    NoteBar& m_note;
    Settings& m_settings;
    QWidget* m_window;
};

} // namespace stepscope
