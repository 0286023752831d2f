#pragma once

#include "core/import/pagescan.h"
#include "core/import/rowblock.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace stepscope {

/// Hands out the rows of a PageScan; those of a large table are read on a thread of its own, some blocks
/// ahead of the one who asks.
class RowAhead {
public:
    RowAhead(PageScan scan, bool isLarge);
    RowAhead(const RowAhead&) = delete;
    RowAhead& operator=(const RowAhead&) = delete;
    /// Waits for a block to end at most.
    ~RowAhead();

    /// As PageScan::next(). Waits for a block at most. Not to be asked again after Done or Declined.
    PageScan::Step next(RowBlock& block);

private:
    struct Piece {
        RowBlock block;
        PageScan::Step step = PageScan::Step::Rows;
    };

    void readAll();
    bool waitForRoom();

    PageScan m_scan;
    std::mutex m_mutex; // of all below
    std::condition_variable m_changed;
    std::deque<Piece> m_ready;
    std::vector<RowBlock> m_used;
    bool m_isStopped = false;
    std::thread m_thread; // none for a small table
};

} // namespace stepscope
