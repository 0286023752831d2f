#pragma once

#include "app/reportwriter.h"
#include "widgets/theme/apptheme.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

namespace stepscope {

/// What the program remembers between runs. Made once in main and passed on.
class Settings {
public:
    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    QByteArray splitter(const QString& name) const;
    void setSplitter(const QString& name, const QByteArray& state);

    /// Where the file dialog starts.
    QString lastFolder() const;
    void setLastFolder(const QString& folder);

    /// Folder and kinds of files; the name is the trace's. At first: the user's documents, all files.
    ReportRequest lastExport() const;
    void setLastExport(const ReportRequest& request);

    QSettings& store() { return m_store; }

private:
    QSettings m_store;
};

} // namespace stepscope
