#include "core/import/eventpipeline.h"

#include "core/import/eventscanner.h"

#include <algorithm>
#include <system_error>

namespace stepscope {

namespace {

constexpr std::size_t mostBlocks = 6; // that wait

void scan(TextBlock& block)
{
    block.scannedTo = scanEvents(block.text(), 0, block.events);
}

} // namespace

EventPipeline::EventPipeline(GzipStream& source, std::size_t blockBytes, RelayedProgress& progress,
                             Progress& outside)
    : m_reader(source, blockBytes), m_progress(progress), m_outside(outside)
{
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error&) { // no more threads: next() reads by itself
    }
}

EventPipeline::~EventPipeline()
{
    m_progress.cancel();
    finish();
}

void EventPipeline::finish()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopped = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void EventPipeline::run()
{
    try {
        std::unique_lock lock(m_mutex);
        while (!m_isStopped) {
            if (!m_isAtEnd && m_queue.size() < mostBlocks) {
                readOne(lock);
            } else if (!scanOne(lock, Side::Reader)) {
                if (m_isAtEnd)
                    break;
                m_changed.wait(lock);
            }
        }
    } catch (...) {
        const std::scoped_lock lock(m_mutex);
        m_fault = std::current_exception();
        m_isAtEnd = true;
        m_changed.notify_all();
    }
}

void EventPipeline::readOne(std::unique_lock<std::mutex>& lock)
{
    std::unique_ptr<TextBlock> block;
    if (!m_spare.empty()) {
        block = std::move(m_spare.back());
        m_spare.pop_back();
    }
    lock.unlock();
    if (!block)
        block = std::make_unique<TextBlock>();
    const bool isRead = m_reader.read(*block);
    lock.lock();
    m_isAtEnd = !isRead;
    if (isRead)
        m_queue.push_back({std::move(block), State::Waiting});
    m_changed.notify_all();
}

/// A block that waits; false when none does. The user takes the first, the other thread the last: so they do
/// not wait for each other.
bool EventPipeline::scanOne(std::unique_lock<std::mutex>& lock, Side side)
{
    Entry* waiting = nullptr;
    for (Entry& entry : m_queue) {
        const bool isWaiting = entry.state == State::Waiting && entry.block->beginsBehindEvent;
        if (isWaiting && (side == Side::Reader || !waiting))
            waiting = &entry;
    }
    if (!waiting)
        return false;
    waiting->state = State::Scanning;
    TextBlock& block = *waiting->block;
    lock.unlock();
    scan(block); // as it is being scanned nobody takes it off the queue
    lock.lock();
    const auto scanned = std::find_if(m_queue.begin(), m_queue.end(),
                                      [&block](const Entry& entry) { return entry.block.get() == &block; });
    scanned->state = State::Scanned;
    m_changed.notify_all();
    return true;
}

std::string_view EventPipeline::next()
{
    m_progress.relay(m_outside);
    std::unique_lock lock(m_mutex);
    if (m_present)
        m_spare.push_back(std::move(m_present));
    for (;;) {
        if (m_fault)
            std::rethrow_exception(m_fault);
        if (m_queue.empty()) {
            if (m_isAtEnd)
                return {};
            if (!m_thread.joinable()) {
                readOne(lock);
                continue;
            }
        } else if (const Entry& first = m_queue.front();
                   first.state == State::Scanned ||
                   (first.state == State::Waiting && !first.block->beginsBehindEvent)) {
            break;
        } else if (scanOne(lock, Side::User)) {
            continue;
        }
        m_changed.wait(lock);
    }
    m_present = std::move(m_queue.front().block);
    m_queue.pop_front();
    lock.unlock();
    m_changed.notify_all();
    m_textBytes = m_present->offset + m_present->size;
    return m_present->text();
}

ScannedEvents& EventPipeline::eventsFrom(std::uint64_t offset)
{
    if (!m_present) { // behind the last block
        m_ownEvents.clear();
        m_eventsEnd = offset;
        return m_ownEvents;
    }
    const std::size_t from = offset - m_present->offset;
    if (from == 0 && m_present->scannedTo > 0) {
        m_eventsEnd = offset + m_present->scannedTo;
        return m_present->events;
    }
    m_ownEvents.clear();
    m_eventsEnd = m_present->offset + scanEvents(m_present->text(), from, m_ownEvents);
    return m_ownEvents;
}

} // namespace stepscope
