#include "app/screenshot.h"

#include "app/mainwindow.h"
#include "widgets/viewmodel/traceloader.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>

namespace stepscope {

namespace {

// Queued replots and style changes have happened by then.
constexpr int settleMilliseconds = 400;

} // namespace

Screenshot::Screenshot(MainWindow& window, TraceLoader& loader, const QString& path, bool waitsForTrace)
    : m_window(window), m_path(path)
{
    connect(&loader, &TraceLoader::loaded, this, &Screenshot::takeSoon);
    connect(&loader, &TraceLoader::failed, this, &Screenshot::takeSoon);
    if (!waitsForTrace)
        takeSoon();
}

void Screenshot::takeSoon()
{
    m_window.showTrace(); // the window has answered the loader first, and may have put a page before it
    QTimer::singleShot(settleMilliseconds, this, &Screenshot::take);
}

void Screenshot::take()
{
    const bool isSaved = m_window.grab().save(m_path, "PNG");
    QCoreApplication::exit(isSaved ? 0 : 1);
}

} // namespace stepscope
