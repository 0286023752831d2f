#include "app/settings.h"

namespace stepscope {

namespace {

const QString themeKey = QStringLiteral("window/theme");
const QString geometryKey = QStringLiteral("window/geometry");
const QString folderKey = QStringLiteral("files/lastFolder");

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

} // namespace stepscope
