#include "widgets/viewmodel/traceloader.h"

#include "core/import/traceimporter.h"
#include "widgets/viewmodel/cachedloader.h"

#include <QFile>
#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

namespace stepscope {

namespace {

constexpr int progressSteps = 1000;

} // namespace

Result<IndexedTrace> loadTrace(const std::vector<std::string>& paths, const LoadAnswers& answers,
                               Progress& progress,
                               const std::function<void(const TracePreview&)>& showPreview)
{
    return CachedLoader(nullptr).load(paths, answers, progress, showPreview);
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

TraceLoader::TraceLoader(Work work, QObject* parent) : QObject(parent), m_work(std::move(work))
{
    m_afterPool.setMaxThreadCount(1);
    m_afterPool.setThreadPriority(QThread::LowPriority);
}

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
    if (m_afterwatcher) {
        m_afterwatcher->disconnect(this);
        m_afterwatcher->cancel();
        m_afterwatcher->waitForFinished();
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
    if (*outcome) {
        emit loaded(outcome->value(), took);
        beginAfterwork(outcome->value());
    } else if (outcome->error().code == ErrorCode::Cancelled) {
        emit cancelled(m_path);
    } else {
        emit failed(m_path, outcome->error());
    }
}

void TraceLoader::setAfterwork(Afterwork work)
{
    m_afterwork = std::move(work);
}

void TraceLoader::beginAfterwork(const IndexedTrace& index)
{
    if (m_afterwatcher) { // of a trace that nobody sees any more
        m_afterwatcher->disconnect(this);
        connect(m_afterwatcher, &QFutureWatcherBase::finished, m_afterwatcher, &QObject::deleteLater);
        m_afterwatcher->cancel();
    }
    const bool isIdentified = index->trace().capture().sha256.known().has_value();
    if (isIdentified && !m_afterwork)
        return;
    m_afterwatcher = new QFutureWatcher<bool>(this);
    connect(m_afterwatcher, &QFutureWatcherBase::finished, this,
            [this, index, isIdentified, paths = m_paths, answers = m_answers]() mutable {
                QFutureWatcher<bool>* const watcher = std::exchange(m_afterwatcher, nullptr);
                watcher->deleteLater();
                if (watcher->future().resultCount() == 0 || watcher->result())
                    return;
                if (!isIdentified) // it may go on changing
                    answers.hashesWhileReading = true;
                emit outdated(index, paths, answers);
            });
    m_afterwatcher->setFuture(QtConcurrent::run(
        &m_afterPool, [this, work = m_afterwork, index, isIdentified](QPromise<bool>& promise) {
            JobProgress<bool> progress(promise, [](int) {});
            try {
                const bool isSame = isIdentified || identify(index, progress);
                if (!progress.isCancelled())
                    promise.addResult(isSame && (!work || work(index, progress)));
            } catch (const std::bad_alloc&) { // then it is not done
            }
        }));
}

/// On the thread of the afterwork, which ends before this does. False where the file is not what was read.
bool TraceLoader::identify(const IndexedTrace& index, Progress& progress)
{
    const std::optional<std::string> hash = index->trace().capture().sha256.find(progress);
    if (hash && !hash->empty())
        QMetaObject::invokeMethod(
            this, [this, index] { emit identified(index); }, Qt::QueuedConnection);
    return hash && !hash->empty();
}

} // namespace stepscope
