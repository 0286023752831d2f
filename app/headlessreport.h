#pragma once

#include <QString>

namespace stepscope {

class TraceCache;

/// Reads the trace and writes its whole report (app/reportwriter.h) to `folder`, which is made when it is
/// missing. What the window remembers of the trace plays no part. Says on stderr what went wrong. Needs a
/// QApplication, which may be offscreen; returns the exit code of the program, as stepscope-cli would: 0, 1
/// unreadable, 2 the verdict is withheld. With `cache` by way of what was kept of the trace, confirmed before
/// anything is written.
int writeReport(const QString& tracePath, const QString& folder, const TraceCache* cache = nullptr);

} // namespace stepscope
