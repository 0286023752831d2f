#include "app/samplefile.h"

#include <QFile>

namespace stepscope {

namespace {

const QString sampleName = QStringLiteral("decode_hostbound.json.gz");
const QString sampleResource = QStringLiteral(":/sample/") + sampleName;

} // namespace

bool SampleFile::isAvailable()
{
    return QFile::exists(sampleResource);
}

std::optional<QString> SampleFile::path()
{
    if (!isAvailable())
        return std::nullopt;
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    if (!m_folder->isValid())
        return std::nullopt;
    const QString path = m_folder->filePath(sampleName);
    if (!QFile::exists(path) && !QFile::copy(sampleResource, path))
        return std::nullopt;
    return path;
}

bool SampleFile::contains(const QString& path) const
{
    return m_folder && path.startsWith(m_folder->path());
}

} // namespace stepscope
