#pragma once

#include "core/base/progress.h"
#include "core/import/blockreader.h"
#include "core/import/textblock.h"
#include "core/import/textsource.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace stepscope {

/// Progress of work on another thread, for the thread that may talk to the outside.
class RelayedProgress final : public Progress {
public:
    void report(std::uint64_t done, std::uint64_t total) override
    {
        m_total = total;
        m_done = done;
    }
    bool isCancelled() const override { return m_isCancelled; }
    void cancel() { m_isCancelled = true; }

    /// Passes on what was reported, and the other way whether to stop.
    void relay(Progress& outside)
    {
        outside.report(m_done, m_total);
        if (outside.isCancelled())
            cancel();
    }

private:
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<std::uint64_t> m_total = 0;
    std::atomic<bool> m_isCancelled = false;
};

/// Reads a trace's text on a thread of its own, ahead of who uses it, in blocks; whichever of the two threads
/// has nothing better to do looks for the events in the blocks that wait. So reading, inflating and scanning
/// take two cores, and the text is never held whole. The events of a block are a guess until its user has
/// read as far as its beginning: see ScannedEvents and scanEvents(). One user, on one thread.
class EventPipeline final : public TextSource {
public:
    /// `source` and `progress` must outlive the pipeline. `source` is used by the other thread until
    /// finish(), `progress` by that thread alone.
    EventPipeline(GzipStream& source, std::size_t blockBytes, RelayedProgress& progress, Progress& outside);
    ~EventPipeline() override;
    EventPipeline(const EventPipeline&) = delete;
    EventPipeline& operator=(const EventPipeline&) = delete;

    /// The text of the next block, with scanPadding zeros behind it. Throws what the other thread threw.
    std::string_view next() override;
    std::uint64_t textBytes() const override { return m_textBytes; }

    /// The events of the present block from `offset` of the whole text on, where an event ends. They stay
    /// until the next call of either function.
    ScannedEvents& eventsFrom(std::uint64_t offset);
    /// Where the last of them ends; the offset that was asked for when there are none.
    std::uint64_t eventsEnd() const { return m_eventsEnd; }

    /// Ends the other thread. What follows in `source` is for the caller.
    void finish();

private:
    enum class State { Waiting, Scanning, Scanned };
    enum class Side { Reader, User };
    struct Entry {
        std::unique_ptr<TextBlock> block;
        State state = State::Waiting;
    };

    void run();
    void readOne(std::unique_lock<std::mutex>& lock);
    bool scanOne(std::unique_lock<std::mutex>& lock, Side side);

    BlockReader m_reader;
    RelayedProgress& m_progress;
    Progress& m_outside;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_queue; // in the order of the text
    std::vector<std::unique_ptr<TextBlock>> m_spare;
    std::exception_ptr m_fault;
    bool m_isAtEnd = false;
    bool m_isStopped = false;

    std::unique_ptr<TextBlock> m_present;
    ScannedEvents m_ownEvents;
    std::uint64_t m_textBytes = 0;
    std::uint64_t m_eventsEnd = 0;
    std::thread m_thread;
};

} // namespace stepscope
