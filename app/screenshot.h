#pragma once

#include <QObject>
#include <QString>

namespace stepscope {

class MainWindow;
class TraceLoader;

/// For developers: waits until the window has opened its trace, or refused it, and has painted, writes it to
/// a picture and quits. Of a damaged trace it shows the trace, not the page that stands before it.
class Screenshot : public QObject {
    Q_OBJECT

public:
    /// `window` and `loader` must outlive it.
    Screenshot(MainWindow& window, TraceLoader& loader, const QString& path, bool waitsForTrace);

private:
    void takeSoon();
    void take();

    MainWindow& m_window;
    QString m_path;
};

} // namespace stepscope
