#include "app/headlessreport.h"

#include "app/reportpage.h"
#include "core/report/errortext.h"
#include "core/report/exportfiles.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPixmap>
#include <QSaveFile>

#include <cstdio>

namespace stepscope {

namespace {

constexpr int reportDone = 0;
constexpr int reportFailed = 1;
constexpr int reportWithheld = 2;

void say(const std::string& sentence)
{
    std::fprintf(stderr, "stepscope: %s\n", sentence.c_str());
}

/// "a2_graph_hostbound" for "…/a2_graph_hostbound.json.gz".
QString baseName(const QString& path)
{
    QString name = QFileInfo(path).fileName();
    for (const QLatin1String ending :
         {QLatin1String(".gz"), QLatin1String(".json"), QLatin1String(".sqlite")}) {
        if (name.endsWith(ending) && name.size() > ending.size())
            name.chop(ending.size());
    }
    return name;
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return true;
    const std::string detail = path.toStdString() + ": " + file.errorString().toStdString();
    say(errorSentence(Error{ErrorCode::CannotWrite, detail}, path.toStdString()));
    return false;
}

bool writePicture(const QString& path, TraceDocument* document)
{
    ReportPage page(document);
    page.ensurePolished();
    if (page.grab().save(path, "PNG"))
        return true;
    say(errorSentence(Error{ErrorCode::CannotWrite, path.toStdString()}, path.toStdString()));
    return false;
}

} // namespace

int writeReport(const QString& tracePath, const QString& folder)
{
    NoProgress progress;
    const Result<IndexedTrace> loaded = loadTrace(QFile::encodeName(tracePath).toStdString(), progress);
    if (!loaded) {
        say(errorSentence(loaded.error(), tracePath.toStdString()));
        return reportFailed;
    }
    if (!QDir().mkpath(folder)) {
        say(errorSentence(Error{ErrorCode::CannotWrite, folder.toStdString()}, folder.toStdString()));
        return reportFailed;
    }
    TraceDocument document;
    document.setIndex(*loaded);
    const Assessment& assessment = *document.assessment();
    const QString stem = QDir(folder).filePath(baseName(tracePath));
    for (const ExportFile& file : exportFiles(assessment, **loaded)) {
        if (!writeFile(stem + u'-' + QString::fromStdString(file.name),
                       QByteArray::fromStdString(file.content)))
            return reportFailed;
    }
    if (!writePicture(stem + QStringLiteral("-report.png"), &document))
        return reportFailed;
    return assessment.referenceVerdict().verdict == VerdictClass::Withheld ? reportWithheld : reportDone;
}

} // namespace stepscope
