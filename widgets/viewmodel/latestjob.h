#pragma once

#include "core/base/progress.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QtConcurrentRun>

#include <functional>
#include <optional>
#include <utility>

namespace stepscope {

/// Work that is asked for again before it is done, off the GUI thread: one runs, one waits, older requests
/// are dropped. What the running one finds is still delivered, so that a drag shows something. A job takes
/// what it needs by value and touches no QObject; one that returns nothing is not delivered. GUI thread only;
/// results arrive there.
template <class Value> class LatestJob {
public:
    using Work = std::function<std::optional<Value>(Progress&)>;
    using Delivery = std::function<void(Value)>;

    explicit LatestJob(Delivery deliver) : m_deliver(std::move(deliver)) {}
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;
    ~LatestJob() { cancel(); }

    void request(Work work)
    {
        if (m_watcher)
            m_pending = std::move(work);
        else
            start(std::move(work));
    }
    /// Drops what waits and asks what runs to stop; neither is delivered.
    void cancel()
    {
        m_pending.reset();
        if (QFutureWatcher<Value>* const watcher = std::exchange(m_watcher, nullptr)) {
            watcher->disconnect();
            watcher->cancel();
            watcher->deleteLater();
        }
    }
    bool isBusy() const { return m_watcher != nullptr; }
    /// Returns when nothing runs or waits any more; all results are delivered. For reports and tests.
    void waitForFinished()
    {
        while (m_watcher) {
            m_watcher->waitForFinished();
            finish();
        }
    }

private:
    class JobProgress final : public Progress {
    public:
        explicit JobProgress(QPromise<Value>& promise) : m_promise(promise) {}
        void report(std::uint64_t, std::uint64_t) override {}
        bool isCancelled() const override { return m_promise.isCanceled(); }

    private:
        QPromise<Value>& m_promise;
    };

    void start(Work work)
    {
        m_watcher = new QFutureWatcher<Value>;
        QObject::connect(m_watcher, &QFutureWatcherBase::finished, m_watcher, [this] { finish(); });
        m_watcher->setFuture(QtConcurrent::run([work = std::move(work)](QPromise<Value>& promise) {
            JobProgress progress(promise);
            if (std::optional<Value> value = work(progress))
                promise.addResult(*std::move(value));
        }));
    }

    void finish()
    {
        QFutureWatcher<Value>* const watcher = std::exchange(m_watcher, nullptr);
        watcher->disconnect();
        watcher->deleteLater();
        if (m_pending)
            start(*std::exchange(m_pending, std::nullopt));
        if (watcher->future().resultCount() > 0)
            m_deliver(watcher->result());
    }

    Delivery m_deliver;
    QFutureWatcher<Value>* m_watcher = nullptr; // of the job that runs
    std::optional<Work> m_pending;
};

} // namespace stepscope
