#include "app/headlessreport.h"

#include "app/reportwriter.h"
#include "core/report/errortext.h"
#include "widgets/viewmodel/cachedloader.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QFile>

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

} // namespace

int writeReport(const QString& tracePath, const QString& folder, const TraceCache* cache)
{
    NoProgress progress;
    const std::vector<std::string> paths = {QFile::encodeName(tracePath).toStdString()};
    CachedLoader loader(cache);
    constexpr LoadAnswers answers{.hashesWhileReading = true}; // the report names the hash
    Result<IndexedTrace> loaded = loader.load(paths, answers, progress);
    if (loaded && !loader.settle(*loaded, progress))
        loaded = loadTrace(paths, answers, progress);
    if (!loaded) {
        say(errorSentence(loaded.error(), tracePath.toStdString()));
        return reportFailed;
    }
    TraceDocument document;
    document.setIndex(*loaded);
    ReportRequest request;
    request.folder = folder;
    request.stem = ReportWriter::stemOf(tracePath);
    if (const Result<Done> written = ReportWriter(&document).write(request); !written) {
        say(errorSentence(written.error(), folder.toStdString()));
        return reportFailed;
    }
    const Assessment& assessment = *document.assessment();
    return assessment.referenceVerdict().verdict == VerdictClass::Withheld ? reportWithheld : reportDone;
}

} // namespace stepscope
