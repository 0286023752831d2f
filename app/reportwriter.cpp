#include "app/reportwriter.h"

#include "app/reportpage.h"
#include "core/report/exportfiles.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace stepscope {

namespace {

const QString pictureEnding = QStringLiteral("-report.png");
const QString finePictureEnding = QStringLiteral("-report@2x.png");

constexpr qreal finePixels = 2.0;
constexpr qreal dotsPerMetre = 96.0 / 0.0254;

Result<Done> writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return Done{};
    return Error{ErrorCode::CannotWrite, path.toStdString() + ": " + file.errorString().toStdString()};
}

bool isWanted(const ReportRequest& request, const std::string& name)
{
    return name.ends_with(".csv") ? request.tables : request.text;
}

QByteArray png(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

QString ReportWriter::stemOf(const QString& tracePath)
{
    QString name = QFileInfo(tracePath).fileName();
    for (const QLatin1String ending :
         {QLatin1String(".gz"), QLatin1String(".json"), QLatin1String(".sqlite")}) {
        if (name.endsWith(ending) && name.size() > ending.size())
            name.chop(ending.size());
    }
    return name;
}

QStringList ReportWriter::fileNames(const ReportRequest& request)
{
    QStringList names;
    if (request.picture)
        names += request.stem + pictureEnding;
    if (request.finePicture)
        names += request.stem + finePictureEnding;
    for (const std::string& name : exportFileNames()) {
        if (isWanted(request, name))
            names += request.stem + QLatin1Char('-') + QString::fromStdString(name);
    }
    return names;
}

Result<Done> ReportWriter::write(const ReportRequest& request) const
{
    if (Result<Done> done = writeTables(request, *m_document->assessment(), *m_document->index()); !done)
        return done;
    return writePictures(request);
}

Result<Done> ReportWriter::writeTables(const ReportRequest& request, const Assessment& assessment,
                                       const TraceIndex& index)
{
    if (!QDir().mkpath(request.folder))
        return Error{ErrorCode::CannotWrite, request.folder.toStdString()};
    if (!request.tables && !request.text)
        return Done{};
    const QString stem = QDir(request.folder).filePath(request.stem);
    for (const ExportFile& file : exportFiles(assessment, index)) {
        if (!isWanted(request, file.name))
            continue;
        const QString path = stem + QLatin1Char('-') + QString::fromStdString(file.name);
        if (Result<Done> done = writeFile(path, QByteArray::fromStdString(file.content)); !done)
            return done;
    }
    return Done{};
}

Result<Done> ReportWriter::writePictures(const ReportRequest& request) const
{
    if (!QDir().mkpath(request.folder))
        return Error{ErrorCode::CannotWrite, request.folder.toStdString()};
    const QString stem = QDir(request.folder).filePath(request.stem);
    if (request.picture) {
        if (Result<Done> done = writeFile(stem + pictureEnding, png(page(1.0))); !done)
            return done;
    }
    return request.finePicture ? writeFile(stem + finePictureEnding, png(page(finePixels)))
                               : Result<Done>(Done{});
}

QImage ReportWriter::page(qreal ratio) const
{
    ReportPage page(m_document, ratio);
    QImage image(page.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(page.palette().color(QPalette::Window));
    page.render(&image);
    // Both sizes print alike, and a picture on its own says where it comes from.
    image.setDotsPerMeterX(qRound(dotsPerMetre * ratio));
    image.setDotsPerMeterY(qRound(dotsPerMetre * ratio));
    const CaptureInfo& capture = m_document->index()->trace().capture();
    image.setText(QStringLiteral("Software"),
                  QStringLiteral("StepScope %1").arg(QCoreApplication::applicationVersion()));
    image.setText(QStringLiteral("Source"), QString::fromStdString(capture.sha256.text()));
    return image;
}

} // namespace stepscope
