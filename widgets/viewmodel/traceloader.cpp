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

/// What a job tells the loader, which takes itself out before it goes: the job may outlive it. Only the
/// latest of each kind, but that always: a future leaves out what follows too closely.
struct TraceLoader::News {
    std::mutex mutex;
    TraceLoader* loader = nullptr;
    bool isPosted = false;
    int perMille = 0;
    std::shared_ptr<const TracePreview> preview; // not shown yet
};

namespace {

template <class Outcome> class JobProgress final : public Progress {
public:
    JobProgress(QPromise<Outcome>& promise, std::function<void(int perMille)> tell)
        : m_promise(promise), m_tell(std::move(tell))
    {}

    void report(std::uint64_t done, std::uint64_t total) override
    {
        if (total == 0)
            return;
        const double share = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
        const int perMille = static_cast<int>(share * progressSteps);
        if (std::exchange(m_perMille, perMille) != perMille)
            m_tell(perMille);
    }
    bool isCancelled() const override { return m_promise.isCanceled(); }

private:
    QPromise<Outcome>& m_promise;
    std::function<void(int perMille)> m_tell;
    int m_perMille = 0;
};

} // namespace

TraceLoader::TraceLoader(Work work, QObject* parent) : QObject(parent), m_work(std::move(work)) {}

TraceLoader::TraceLoader(PlainWork work, QObject* parent)
    : TraceLoader([work = std::move(work)](const std::vector<std::string>& paths, const LoadAnswers& answers,
                                           Progress& progress,
                                           const ShowPreview&) { return work(paths, answers, progress); },
                  parent)
{}

TraceLoader::~TraceLoader()
{
    hearNoMore();
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
    m_news = std::make_shared<News>();
    m_news->loader = this;
    // The job owns all it uses: it may outlive this object's interest in it.
    watcher->setFuture(QtConcurrent::run([work = m_work, files = std::move(files), answers,
                                          news = m_news](QPromise<Outcome>& promise) {
        JobProgress<Outcome> progress(promise, [&news](int perMille) {
            tell(news, [perMille](News& into) { into.perMille = perMille; });
        });
        const ShowPreview show = [&news](const TracePreview& preview) {
            auto latest = std::make_shared<const TracePreview>(preview);
            tell(news, [&latest](News& into) { into.preview = std::move(latest); });
        };
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

template <class Change> void TraceLoader::tell(const std::shared_ptr<News>& news, Change change)
{
    const std::lock_guard lock(news->mutex);
    if (news->loader == nullptr)
        return;
    change(*news);
    if (!std::exchange(news->isPosted, true))
        QMetaObject::invokeMethod(
            news->loader, [loader = news->loader, news] { loader->hear(*news); }, Qt::QueuedConnection);
}

void TraceLoader::hear(News& news)
{
    std::shared_ptr<const TracePreview> preview;
    int perMille = 0;
    {
        const std::lock_guard lock(news.mutex);
        news.isPosted = false;
        perMille = news.perMille;
        preview = std::exchange(news.preview, nullptr);
    }
    // Whoever listens may cancel.
    if (&news == m_news.get())
        emit progressed(perMille);
    if (&news == m_news.get() && preview)
        emit previewed(std::move(preview));
}

void TraceLoader::hearNoMore()
{
    if (!m_news)
        return;
    {
        const std::lock_guard lock(m_news->mutex);
        m_news->loader = nullptr;
    }
    m_news.reset();
}

bool TraceLoader::abandon()
{
    if (!m_watcher)
        return false;
    hearNoMore();
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
    hearNoMore();
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
