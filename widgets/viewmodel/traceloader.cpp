#include "widgets/viewmodel/traceloader.h"

#include "core/analysis/budgetframes.h"
#include "core/analysis/kernelclassifier.h"
#include "core/base/freememory.h"
#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"
#include "core/nsysexport/reportimporter.h"

#include <QFile>
#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>
#include <mutex>
#include <new>

namespace stepscope {

namespace {

constexpr int progressSteps = 1000;

/// Maps the work of one part of the job to its share of the whole.
class PartialProgress final : public Progress {
public:
    PartialProgress(Progress& whole, int first, int last) : m_whole(whole), m_first(first), m_last(last) {}

    void report(std::uint64_t done, std::uint64_t total) override
    {
        const double share =
            total > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total)) : 0.0;
        m_whole.report(static_cast<std::uint64_t>(m_first + share * (m_last - m_first)), progressSteps);
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress& m_whole;
    int m_first;
    int m_last;
};

template <class Outcome> class PromiseProgress final : public Progress {
public:
    explicit PromiseProgress(QPromise<Outcome>& promise) : m_promise(promise)
    {
        m_promise.setProgressRange(0, progressSteps);
    }

    void report(std::uint64_t done, std::uint64_t total) override
    {
        if (total > 0)
            m_promise.setProgressValue(static_cast<int>(std::min(done, total) * progressSteps / total));
    }
    bool isCancelled() const override { return m_promise.isCanceled(); }

private:
    QPromise<Outcome>& m_promise;
};

} // namespace

Result<IndexedTrace> loadTrace(const std::vector<std::string>& paths, const LoadAnswers& answers,
                               Progress& progress,
                               const std::function<void(const TracePreview&)>& showPreview)
{
    ImportOptions options;
    options.showPreview = showPreview;
    if (answers.leavesOutPython)
        options.keepsPythonFrame = budgetFrames();
    options.acceptsExpansion = answers.acceptsExpansion;
    options.memoryLimit = answers.takesAnyMemory ? 0 : freeMemory().value_or(0);
    PartialProgress reading(progress, 0, TraceLoader::readPerMille);
    Result<Trace> imported = importReportOrTraces(paths, reading, options);
    if (!imported)
        return imported.error();
    auto trace = std::make_shared<const Trace>(std::move(*imported));
    if (std::optional<Error> nothing = whyNothingToShow(*trace, shownPathOf(paths)))
        return *std::move(nothing);
    PartialProgress indexing(progress, TraceLoader::readPerMille, progressSteps);
    return TraceIndex::build(std::move(trace), KernelClassifier::standard(), indexing);
}

/// Where a job leaves its previews. It may outlive the loader, which takes itself out before it goes.
struct TraceLoader::PreviewBox {
    std::mutex mutex;
    TraceLoader* loader = nullptr;
    std::shared_ptr<const TracePreview> latest; // not shown yet
};

TraceLoader::TraceLoader(Work work, QObject* parent) : QObject(parent), m_work(std::move(work)) {}

TraceLoader::TraceLoader(PlainWork work, QObject* parent)
    : TraceLoader([work = std::move(work)](const std::vector<std::string>& paths, const LoadAnswers& answers,
                                           Progress& progress,
                                           const ShowPreview&) { return work(paths, answers, progress); },
                  parent)
{}

TraceLoader::~TraceLoader()
{
    closeBox();
    if (m_watcher) {
        m_watcher->disconnect(this);
        m_watcher->cancel();
        m_watcher->waitForFinished();
    }
}

void TraceLoader::open(const QStringList& paths, const LoadAnswers& answers)
{
    std::vector<std::string> files;
    for (const QString& path : paths)
        files.push_back(QFile::encodeName(path).toStdString());
    const QString path = QFile::decodeName(shownPathOf(files).c_str());
    const QString abandoned = m_path;
    if (abandon())
        emit cancelled(abandoned);
    m_path = path;
    m_paths = paths;
    m_answers = answers;
    m_start = std::chrono::steady_clock::now();
    m_watcher = new QFutureWatcher<Outcome>(this);
    auto* const watcher = m_watcher;
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { finish(watcher); });
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &TraceLoader::progressed);
    m_previews = std::make_shared<PreviewBox>();
    m_previews->loader = this;
    // The job owns all it uses: it may outlive this object's interest in it.
    watcher->setFuture(QtConcurrent::run([work = m_work, files = std::move(files), answers,
                                          box = m_previews](QPromise<Outcome>& promise) {
        PromiseProgress<Outcome> progress(promise);
        const ShowPreview show = [&box](const TracePreview& preview) { post(box, preview); };
        try {
            promise.addResult(std::make_shared<Result<IndexedTrace>>(work(files, answers, progress, show)));
        } catch (const std::bad_alloc&) {
            promise.addResult(std::make_shared<Result<IndexedTrace>>(Error{ErrorCode::OutOfMemory, {}}));
        }
    }));
    emit started(path);
}

void TraceLoader::cancel()
{
    const QString path = m_path;
    if (abandon())
        emit cancelled(path);
}

void TraceLoader::post(const std::shared_ptr<PreviewBox>& box, const TracePreview& preview)
{
    auto latest = std::make_shared<const TracePreview>(preview);
    const std::lock_guard lock(box->mutex);
    if (box->loader == nullptr)
        return;
    const bool isPosted = box->latest != nullptr;
    box->latest = std::move(latest);
    if (!isPosted)
        QMetaObject::invokeMethod(
            box->loader, [loader = box->loader, box] { loader->showLatest(*box); }, Qt::QueuedConnection);
}

void TraceLoader::showLatest(PreviewBox& box)
{
    std::shared_ptr<const TracePreview> latest;
    {
        const std::lock_guard lock(box.mutex);
        latest = std::exchange(box.latest, nullptr);
    }
    if (&box == m_previews.get() && latest)
        emit previewed(std::move(latest));
}

void TraceLoader::closeBox()
{
    if (!m_previews)
        return;
    const std::lock_guard lock(m_previews->mutex);
    m_previews->loader = nullptr;
    m_previews->latest.reset();
}

bool TraceLoader::abandon()
{
    if (!m_watcher)
        return false;
    closeBox();
    m_previews.reset();
    QFutureWatcher<Outcome>* const watcher = m_watcher;
    m_watcher = nullptr;
    watcher->disconnect(this);
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->cancel();
    return true;
}

void TraceLoader::finish(QFutureWatcher<Outcome>* watcher)
{
    m_watcher = nullptr;
    closeBox();
    m_previews.reset();
    watcher->deleteLater();
    // A job that was cancelled ends without a result (Qt 6.4).
    if (watcher->isCanceled() || watcher->future().resultCount() == 0) {
        emit cancelled(m_path);
        return;
    }
    const Outcome outcome = watcher->result();
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_start);
    if (*outcome)
        emit loaded(outcome->value(), took);
    else if (outcome->error().code == ErrorCode::Cancelled)
        emit cancelled(m_path);
    else
        emit failed(m_path, outcome->error());
}

} // namespace stepscope
