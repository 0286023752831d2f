#include "core/import/rowahead.h"

#include <exception>
#include <system_error>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t mostBlocksAhead = 4;

} // namespace

RowAhead::RowAhead(PageScan scan, bool isLarge) : m_scan(std::move(scan))
{
    if (!isLarge)
        return;
    try {
        m_thread = std::thread([this] { readAll(); });
    } catch (const std::system_error&) { // as for a small table
    }
}

RowAhead::~RowAhead()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

PageScan::Step RowAhead::next(RowBlock& block)
{
    if (!m_thread.joinable())
        return m_scan.next(block);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_ready.empty(); });
    const PageScan::Step step = m_ready.front().step;
    std::swap(block, m_ready.front().block);
    m_used.push_back(std::move(m_ready.front().block));
    m_ready.pop_front();
    m_changed.notify_all();
    return step;
}

bool RowAhead::waitForRoom()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isStopped || m_ready.size() < mostBlocksAhead; });
    return !m_isStopped;
}

void RowAhead::readAll()
{
    Piece piece;
    while (piece.step == PageScan::Step::Rows && waitForRoom()) {
        {
            const std::lock_guard lock(m_mutex);
            piece.block = m_used.empty() ? RowBlock() : std::move(m_used.back());
            if (!m_used.empty())
                m_used.pop_back();
        }
        try {
            piece.step = m_scan.next(piece.block);
        } catch (const std::exception&) { // memory is short: the other reader needs less, or says so
            piece.step = PageScan::Step::Declined;
            piece.block.clear(piece.block.columns);
        }
        {
            const std::lock_guard lock(m_mutex);
            m_ready.push_back({std::exchange(piece.block, {}), piece.step});
        }
        m_changed.notify_all();
    }
}

} // namespace stepscope
