#pragma once

#include <QString>

namespace stepscope {

/// Reads the trace and writes its whole report (app/reportwriter.h) to `folder`, which is made when it is
/// missing. What the window remembers of the trace plays no part. Says on stderr what went wrong. Needs a
/// QApplication, which may be offscreen; returns the exit code of the program, as stepscope-cli would: 0, 1
/// unreadable, 2 the verdict is withheld.
int writeReport(const QString& tracePath, const QString& folder);

} // namespace stepscope
