#pragma once

#include "widgets/theme/apptheme.h"

#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace stepscope {

/// Exit codes of the window program.
enum class ExitCode {
    Done = 0,
    Failure = 1,   ///< wrong usage, an unreadable trace
    NoDisplay = 4, ///< --check-display: no window can be shown here
};

/// What was asked for on the command line.
struct CommandLine {
    enum class Verb { Window, Help, Version, Report, CheckDisplay, Wrong };

    Verb verb = Verb::Window;
    QString message; ///< the help text, or what is wrong
    QStringList files;
    bool openSample = false;
    bool usesCache = true;
    std::optional<ThemeChoice> theme;
    QString reportFolder;
    QString screenshot; ///< for developers: open, grab the window to this file, quit
    QSize size;

    /// The files of each window: all in one where they are the ranks of one recording by their names, as when
    /// a shell expands `rank*.json.gz`; else one a window.
    QList<QStringList> documents() const;

    /// Reads the arguments, the program's name first. Needs a QCoreApplication.
    static CommandLine parse(const QStringList& arguments);
};

} // namespace stepscope
