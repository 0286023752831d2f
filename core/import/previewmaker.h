#pragma once

#include "core/import/busyraster.h"
#include "core/trace/tracebuilder.h"
#include "core/trace/tracepreview.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Makes previews of the rows that a TraceBuilder holds so far. Rows that come in the order of time count as
/// the union they are; others may count twice where they overlap, up to a whole stretch. Rows that begin at
/// 0 where all others are far from it say that no time was recorded, and are left out as build() will. On
/// the thread that owns the builder.
class PreviewMaker {
public:
    static constexpr std::size_t allDevices = std::numeric_limits<std::size_t>::max();

    explicit PreviewMaker(const TraceBuilder& builder) : m_builder(builder) {}

    /// What stands before the devices of one of several files: "rank 3, ".
    void setPrefix(std::uint32_t file, std::string prefix) { m_prefixes[file] = std::move(prefix); }
    /// Takes in the rows that were added since the last time to the first `devices` devices. O(rows added).
    void takeIn(std::size_t devices = allDevices);
    /// Of what was taken in; none while there is no GPU work. O(devices).
    std::optional<TracePreview> preview() const;

private:
    struct Taken {
        std::size_t rows = 0;
        std::vector<TimeRange> atZero; // until it is known what they mean
        TimePoint lastBegin = TimePoint::min();
        TimePoint runEnd = TimePoint::min(); // of the rows in order of time that the last one ends
        bool hasWork = false;
    };

    void takeRow(std::size_t device, TimeRange range);
    void takeRowsAtZero(std::size_t device);
    bool isFarFromZero() const;
    std::string labelOf(std::size_t device) const;

    const TraceBuilder& m_builder;
    std::map<std::uint32_t, std::string> m_prefixes;
    BusyRaster m_raster;
    std::vector<Taken> m_taken; // by device
};

} // namespace stepscope
