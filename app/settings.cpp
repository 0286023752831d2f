#include "app/settings.h"

#include <QStandardPaths>

namespace stepscope {

namespace {

const QString themeKey = QStringLiteral("window/theme");
const QString geometryKey = QStringLiteral("window/geometry");
const QString folderKey = QStringLiteral("files/lastFolder");

const QString exportFolderKey = QStringLiteral("export/folder");
const QString exportPictureKey = QStringLiteral("export/picture");
const QString exportFinePictureKey = QStringLiteral("export/finePicture");
const QString exportTablesKey = QStringLiteral("export/tables");
const QString exportTextKey = QStringLiteral("export/text");

QString splitterKey(const QString& name)
{
    return QStringLiteral("window/splitter/") + name;
}

} // namespace

ThemeChoice Settings::theme() const
{
    const QString name = m_store.value(themeKey).toString();
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    return name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::System:
        m_store.setValue(themeKey, QStringLiteral("system"));
        break;
    case ThemeChoice::Light:
        m_store.setValue(themeKey, QStringLiteral("light"));
        break;
    case ThemeChoice::Dark:
        m_store.setValue(themeKey, QStringLiteral("dark"));
        break;
    }
}

QByteArray Settings::windowGeometry() const
{
    return m_store.value(geometryKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    m_store.setValue(geometryKey, geometry);
}

QByteArray Settings::splitter(const QString& name) const
{
    return m_store.value(splitterKey(name)).toByteArray();
}

void Settings::setSplitter(const QString& name, const QByteArray& state)
{
    m_store.setValue(splitterKey(name), state);
}

QString Settings::lastFolder() const
{
    return m_store.value(folderKey).toString();
}

void Settings::setLastFolder(const QString& folder)
{
    m_store.setValue(folderKey, folder);
}

ReportRequest Settings::lastExport() const
{
    ReportRequest request;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    request.folder = m_store.value(exportFolderKey, documents).toString();
    request.picture = m_store.value(exportPictureKey, true).toBool();
    request.finePicture = m_store.value(exportFinePictureKey, true).toBool();
    request.tables = m_store.value(exportTablesKey, true).toBool();
    request.text = m_store.value(exportTextKey, true).toBool();
    return request;
}

void Settings::setLastExport(const ReportRequest& request)
{
    m_store.setValue(exportFolderKey, request.folder);
    m_store.setValue(exportPictureKey, request.picture);
    m_store.setValue(exportFinePictureKey, request.finePicture);
    m_store.setValue(exportTablesKey, request.tables);
    m_store.setValue(exportTextKey, request.text);
}

} // namespace stepscope
