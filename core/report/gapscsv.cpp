#include "core/report/gapscsv.h"

#include "core/analysis/gaplaunch.h"
#include "core/analysis/gapplace.h"
#include "core/report/csvcell.h"
#include "core/report/csvcontext.h"
#include "core/report/numbertext.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

/// The rows of one device.
class GapRows {
public:
    GapRows(const Trace& trace, const ActivityTable& work, const DeviceIndex& lane,
            const BlockingCalls& blocking)
        : m_trace(trace), m_work(work), m_lane(lane), m_blocking(blocking)
    {}

    std::string row(const TimeRange& gap) const
    {
        const ClassTimes times = m_lane.occupancy.timesIn(gap);
        const GapPlace place = placeOf(m_lane.steps, gap);
        std::string cells = std::to_string(nanosecondsOf(gap.begin)) + "," +
                            std::to_string(gap.duration().count()) + "," +
                            (place.step ? std::to_string(*place.step) : "") + "," +
                            (place.isBoundary ? "boundary," : "inner,");
        for (const TimeClass timeClass : allTimeClasses) {
            if (!isBusy(timeClass))
                cells += std::to_string(times[timeClass].count()) + ",";
        }
        const std::optional<std::size_t> next =
            operationEndingGap(m_work, m_work.firstAtOrAfter(gap.end), gap.end);
        const double untraced = static_cast<double>(times[TimeClass::Untraced].count()) /
                                static_cast<double>(gap.duration().count());
        return cells + nameCell(operationBeforeGap(m_work, gap)) + "," + nameCell(next) + "," +
               launchCells(gap, next ? m_work.launch(*next) : CallId()) + "," + fixed(untraced, 6) + "\r\n";
    }

private:
    std::string nameCell(std::optional<std::size_t> row) const
    {
        return row ? csvText(m_trace.name(m_work.name(*row))) : std::string();
    }

    /// launch_api, launch_start_ns, launch_end_ns, prequeued, blocking_api
    std::string launchCells(const TimeRange& gap, CallId launch) const
    {
        if (!launch.isValid())
            return ",,,,";
        const ApiCallTable& calls = m_trace.calls();
        const std::size_t call = launch.value();
        const CallId waited = m_blocking.longestIn(calls.thread(call), {gap.begin, calls.begin(call)});
        return csvText(m_trace.name(calls.name(call))) + "," +
               std::to_string(nanosecondsOf(calls.begin(call))) + "," +
               std::to_string(nanosecondsOf(calls.end(call))) + "," +
               (calls.end(call) <= gap.begin ? "1" : "0") + "," +
               (waited.isValid() ? csvText(m_trace.name(calls.name(waited.value()))) : std::string());
    }

    const Trace& m_trace;
    const ActivityTable& m_work;
    const DeviceIndex& m_lane;
    const BlockingCalls& m_blocking;
};

} // namespace

std::string gapsCsv(const Assessment& assessment, const TraceIndex& index)
{
    std::string csv = std::string(csvContextHeader) + ",start_ns,dur_ns,step,kind";
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            csv += "," + std::string(timeClassWord(timeClass)) + "_ns";
    }
    csv +=
        ",prev_op,next_op,launch_api,launch_start_ns,launch_end_ns,prequeued,blocking_api,untraced_share\r\n";
    const BlockingCalls& blocking = index.host().blockingCalls();
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const DeviceIndex& lane = index.devices()[device];
        const GapRows rows(index.trace(), index.trace().device(DeviceId(device)).activities, lane, blocking);
        const std::string context = csvContextCells(assessment, index, DeviceId(device)) + ",";
        const GapIndex& gaps = lane.occupancy.gaps();
        const auto [first, last] = gaps.insideOf(assessment.analysis.window);
        for (std::size_t gap = first; gap < last; ++gap)
            csv += context + rows.row(gaps[gap]);
    }
    return csv;
}

} // namespace stepscope
