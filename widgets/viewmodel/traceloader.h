#pragma once

#include "core/analysis/traceindex.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/trace/tracepreview.h"
#include "widgets/viewmodel/loadanswers.h"

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace stepscope {

using IndexedTrace = std::shared_ptr<const TraceIndex>;

/// Reads and indexes one file or folder, or the files of a rank set: what stands between a path and a window.
/// Refuses by content before it reads the whole, and refuses a trace without GPU work. Blocks; for a worker
/// thread. NeedsMemory and SuspiciousGzip are questions that `answers` answer; the memory that is free is
/// measured here, beside all that is open. `showPreview`, where set, is called from the same thread.
Result<IndexedTrace> loadTrace(const std::vector<std::string>& paths, const LoadAnswers& answers,
                               Progress& progress,
                               const std::function<void(const TracePreview&)>& showPreview = {});

/// Opens traces off the GUI thread, one at a time: a second open cancels the first, whose result is dropped.
/// Each open ends in exactly one of loaded, failed and cancelled, and is `previewed` before that only;
/// whoever shows a trace keeps it until `loaded`. GUI thread only.
class TraceLoader : public QObject {
    Q_OBJECT

public:
    using ShowPreview = std::function<void(const TracePreview&)>;
    using Work =
        std::function<Result<IndexedTrace>(const std::vector<std::string>& paths, const LoadAnswers& answers,
                                           Progress& progress, const ShowPreview& showPreview)>;
    /// With nothing to show before it is done.
    using PlainWork = std::function<Result<IndexedTrace>(const std::vector<std::string>& paths,
                                                         const LoadAnswers& answers, Progress& progress)>;

    /// From here on progress is not of reading but of what is made of it.
    static constexpr int readPerMille = 850;
    /// What is left to do with a trace that is shown. False: it is not what its files hold any more.
    using Afterwork = std::function<bool(const IndexedTrace& index, Progress& progress)>;

    explicit TraceLoader(Work work = loadTrace, QObject* parent = nullptr);
    explicit TraceLoader(PlainWork work, QObject* parent = nullptr);
    /// Cancels, and waits until the worker has noticed.
    ~TraceLoader() override;

    /// Runs after each `loaded`, once the hash of its file is known, off the GUI thread; ended by the next
    /// one and by the end of this.
    void setAfterwork(Afterwork work);

    /// At least one.
    void open(const QStringList& paths, const LoadAnswers& answers = {});
    void cancel();
    bool isLoading() const { return m_watcher != nullptr; }
    /// What is or was opened last: a path, or "first and n more".
    const QString& path() const { return m_path; }
    /// With what it was opened.
    const QStringList& paths() const { return m_paths; }
    const LoadAnswers& answers() const { return m_answers; }

signals:
    void started(const QString& path);
    /// 0 to 1000.
    void progressed(int perMille);
    /// What can be drawn so far; only the latest, where they come faster than they are shown.
    void previewed(std::shared_ptr<const stepscope::TracePreview> preview);
    void loaded(std::shared_ptr<const stepscope::TraceIndex> index, std::chrono::milliseconds took);
    /// Some time after `loaded`: the hash of that trace's file, which was left for later, is known now.
    void identified(std::shared_ptr<const stepscope::TraceIndex> index);
    /// Some time after `loaded`: the files of that trace, which was opened so, do not hold it any more.
    void outdated(std::shared_ptr<const stepscope::TraceIndex> index, const QStringList& paths,
                  const stepscope::LoadAnswers& answers);
    void failed(const QString& path, const stepscope::Error& error);
    void cancelled(const QString& path);

private:
    struct News;
    using Outcome = std::shared_ptr<Result<IndexedTrace>>; // QFuture wants a default-constructible result
    void finish(QFutureWatcher<Outcome>* watcher);
    void beginAfterwork(const IndexedTrace& index);
    bool identify(const IndexedTrace& index, Progress& progress);
    /// Forgets the running job, if any, and lets it end on its own.
    bool abandon();
    /// From the job's thread.
    template <class Change> static void tell(const std::shared_ptr<News>& news, Change change);
    void hear(News& news);
    void hearNoMore();

    Work m_work;
    QString m_path;
    QStringList m_paths;
    LoadAnswers m_answers;
    std::chrono::steady_clock::time_point m_start;
    QFutureWatcher<Outcome>* m_watcher = nullptr;
    std::shared_ptr<News> m_news; // of the running job
    Afterwork m_afterwork;
    QThreadPool m_afterPool; // its one thread keeps nobody waiting
    QFutureWatcher<bool>* m_afterwatcher = nullptr;
};

} // namespace stepscope
