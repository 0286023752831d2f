#include "app/recentfiles.h"

#include <QSettings>

#include <algorithm>

namespace stepscope {

namespace {

const QString listKey = QStringLiteral("files/recent");
const QString pathKey = QStringLiteral("path");
const QString verdictKey = QStringLiteral("verdict");
const QString toneKey = QStringLiteral("tone");
const QString openedKey = QStringLiteral("opened");

VerdictTone toneFrom(int stored)
{
    const bool isKnown = stored >= 0 && stored <= static_cast<int>(VerdictTone::Withheld);
    return isKnown ? static_cast<VerdictTone>(stored) : VerdictTone::Neutral;
}

} // namespace

RecentFiles::RecentFiles(QSettings& store, QObject* parent) : QObject(parent), m_store(store)
{
    load();
}

void RecentFiles::add(const RecentFile& file)
{
    std::erase_if(m_files, [&file](const RecentFile& other) { return other.path == file.path; });
    m_files.insert(m_files.begin(), file);
    if (m_files.size() > kept)
        m_files.resize(kept);
    save();
    emit changed();
}

void RecentFiles::clear()
{
    m_files.clear();
    save();
    emit changed();
}

void RecentFiles::load()
{
    const int size = m_store.beginReadArray(listKey);
    for (int i = 0; i < size && m_files.size() < kept; ++i) {
        m_store.setArrayIndex(i);
        RecentFile file;
        file.path = m_store.value(pathKey).toString();
        file.verdict = m_store.value(verdictKey).toString();
        file.tone = toneFrom(m_store.value(toneKey).toInt());
        file.opened = m_store.value(openedKey).toDateTime();
        if (!file.path.isEmpty())
            m_files.push_back(file);
    }
    m_store.endArray();
}

void RecentFiles::save()
{
    m_store.remove(listKey);
    m_store.beginWriteArray(listKey);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        m_store.setArrayIndex(static_cast<int>(i));
        m_store.setValue(pathKey, m_files[i].path);
        m_store.setValue(verdictKey, m_files[i].verdict);
        m_store.setValue(toneKey, static_cast<int>(m_files[i].tone));
        m_store.setValue(openedKey, m_files[i].opened);
    }
    m_store.endArray();
}

} // namespace stepscope
