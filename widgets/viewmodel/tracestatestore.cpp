#include "widgets/viewmodel/tracestatestore.h"

#include "widgets/viewmodel/tracestatejson.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int lockMilliseconds = 500;

/// The object in the file; an empty one when there is no file, nothing when the file cannot be used.
std::optional<QJsonObject> contentOf(const QString& path, QString& why)
{
    QFile file(path);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly)) {
        why = file.errorString();
        return std::nullopt;
    }
    const QByteArray text = file.read(TraceStateStore::largestFile + 1);
    if (text.size() > TraceStateStore::largestFile) {
        why = QCoreApplication::translate("TraceStateStore", "it is larger than 1 MiB");
        return std::nullopt;
    }
    return tracestatejson::parse(text, why);
}

} // namespace

QString TraceStateStore::standardFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/traces");
}

bool TraceStateStore::isHash(const std::string& sha256)
{
    constexpr std::size_t digits = 64;
    return sha256.size() == digits && std::all_of(sha256.begin(), sha256.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

QString TraceStateStore::pathOf(const std::string& sha256) const
{
    return QDir(m_folder).filePath(QString::fromStdString(sha256) + QStringLiteral(".json"));
}

TraceStateStore::Read TraceStateStore::read(const std::string& sha256) const
{
    if (!isHash(sha256))
        return {};
    QString why;
    if (const std::optional<QJsonObject> object = contentOf(pathOf(sha256), why))
        return {tracestatejson::stateIn(*object), {}};
    return {{}, putAside(pathOf(sha256), why)};
}

TraceStateStore::Written TraceStateStore::write(const std::string& sha256, TraceState::Fields fields,
                                                const TraceState& state) const
{
    if (!isHash(sha256) || !fields)
        return {true, {}};
    const auto failed = [this](const QString& why) {
        return Written{false, tr("Window, zoom and typed values cannot be kept in %1: %2")
                                  .arg(QDir::toNativeSeparators(m_folder), why)};
    };
    if (!QDir().mkpath(m_folder))
        return failed(tr("the folder cannot be made"));
    QLockFile lock(QDir(m_folder).filePath(QStringLiteral("lock")));
    if (!lock.tryLock(lockMilliseconds)) {
        return failed(lock.error() == QLockFile::PermissionError ? tr("the folder cannot be written")
                                                                 : tr("another program holds the lock"));
    }
    const QString path = pathOf(sha256);
    const bool isNew = !QFile::exists(path);
    QString why;
    QString problem;
    std::optional<QJsonObject> object = contentOf(path, why);
    if (!object) {
        problem = putAside(path, why);
        if (QFile::exists(path))
            return {false, problem}; // it could not be put aside, and is not ours to overwrite
        object = QJsonObject();
    }
    tracestatejson::put(*object, fields, state);
    QSaveFile file(path);
    const QByteArray text = tracestatejson::textOf(*object);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return failed(file.errorString());
    if (isNew)
        forgetOldest();
    return {true, problem};
}

QString TraceStateStore::putAside(const QString& path, const QString& why) const
{
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside); // only the last one is worth keeping
    const QString name = QDir::toNativeSeparators(path);
    if (QFile::rename(path, aside))
        return tr("What was kept for this trace could not be read, so it starts afresh: %1. The file is put "
                  "aside as %2")
            .arg(why, QDir::toNativeSeparators(aside));
    return tr("What was kept for this trace could not be read: %1. Nothing is kept until %2 is out of the "
              "way")
        .arg(why, name);
}

void TraceStateStore::forgetOldest() const
{
    const QFileInfoList oldestFirst =
        QDir(m_folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time | QDir::Reversed);
    for (qsizetype i = 0; i < oldestFirst.size() - mostFiles; ++i)
        QFile::remove(oldestFirst[i].filePath());
}

} // namespace stepscope
