#pragma once

#include "core/base/progress.h"
#include "core/import/previewmaker.h"

#include <chrono>
#include <functional>

namespace stepscope {

/// Shows previews where a reader reports: the first as soon as there is GPU work, then some a second, so
/// that making them costs about a hundredth of the time. Reports to, and is cancelled by, `whole`.
class PreviewProgress final : public Progress {
public:
    /// Without `show` nothing is made.
    PreviewProgress(Progress& whole, const TraceBuilder& builder,
                    std::function<void(const TracePreview&)> show)
        : m_whole(whole), m_maker(builder), m_show(std::move(show))
    {}

    PreviewMaker& maker() { return m_maker; }
    /// From now on only the first `devices` devices are looked at.
    void setDevices(std::size_t devices) { m_devices = devices; }

    void report(std::uint64_t done, std::uint64_t total) override;
    /// Shows what came since the last preview: after the last row.
    void showRest();
    bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    using Clock = std::chrono::steady_clock;

    void show();

    Progress& m_whole;
    PreviewMaker m_maker;
    std::function<void(const TracePreview&)> m_show;
    std::size_t m_devices = PreviewMaker::allDevices;
    Clock::time_point m_next; // no preview before
};

} // namespace stepscope
