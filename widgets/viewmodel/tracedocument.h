#pragma once

#include "core/gates/assessment.h"
#include "widgets/viewmodel/markerlist.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// The open trace, its steady window and the numbers of that window. The single source of truth of the
/// window: every change publishes one snapshot by one signal, so all views change in the same frame.
/// GUI thread only; setting the window costs one assessWindow().
class TraceDocument : public QObject {
    Q_OBJECT

public:
    static constexpr Duration shortestWindow = Duration(1000); // 1 µs

    explicit TraceDocument(QObject* parent = nullptr);

    /// Shows another trace: its automatic window, its reference device. Null closes the document.
    void setIndex(std::shared_ptr<const TraceIndex> index);
    const std::shared_ptr<const TraceIndex>& index() const { return m_index; }
    bool isOpen() const { return m_index != nullptr; }
    /// The hash of `index`'s file is known now: said of the open trace, of another one ignored.
    void identify(const std::shared_ptr<const TraceIndex>& index);

    TimeRange window() const { return m_window; }
    /// Clamped to the trace and at least `shortestWindow` long. Equal to the present one: nothing happens.
    void setWindow(TimeRange window);
    void setAutomaticWindow();
    /// Whether the user is dragging the window: what is shown of it may then wait for its end.
    bool isWindowHeld() const { return m_isWindowHeld; }
    void setWindowHeld(bool isHeld);
    /// Whether the window is the suggested one of the reference device.
    bool isAutomaticWindow() const;
    /// The next best window of the reference device, where it has one.
    std::optional<TimeRange> runnerUpWindow() const;
    /// Nothing happens where there is none.
    void setRunnerUpWindow();
    bool isRunnerUpWindow() const;
    /// The boundary of the reference device nearest to `time`, or `time` when there is none within `reach`.
    TimePoint snapped(TimePoint time, Duration reach) const;

    /// The boundaries that the user drew, by device; devices whose steps are as found are not in it.
    using DrawnSteps = std::map<std::uint32_t, std::vector<TimePoint>>;
    const DrawnSteps& drawnSteps() const { return m_drawn; }
    bool hasDrawnSteps() const { return m_drawn.contains(m_reference.value()); }
    /// Other steps on the reference device: one begins at each boundary; none: as they were found. index()
    /// is another object afterwards, of the same trace; an automatic window follows. O(n log n) in the
    /// device's operations.
    void drawSteps(std::vector<TimePoint> boundaries);
    /// All that was drawn before; devices and times that the trace does not have are left out.
    void setDrawnSteps(const DrawnSteps& drawn);

    DeviceId reference() const { return m_reference; }
    /// An automatic window follows to the new device's own suggestion; one that the user drew stays.
    void setReference(DeviceId device);
    const DriverNumbers& driver() const { return m_input.driver; }
    void setDriver(const DriverNumbers& driver);
    /// All that the user says of the trace: the driver's numbers, overridden gates, the measurement context,
    /// thresholds. An equal one: nothing happens.
    const AssessmentInput& input() const { return m_input; }
    void setInput(const AssessmentInput& input);
    /// The verdict is given in spite of a failure of `gate`, for `reason`; an empty one takes it back.
    void overrideGate(GateId gate, const QString& reason);

    /// The places the user marked.
    MarkerList& markers() const { return *m_markers; }

    /// Null when no trace is open.
    const std::shared_ptr<const Assessment>& assessment() const { return m_assessment; }

signals:
    void windowReleased();
    /// Another trace (or none): views start over. The new trace's first snapshot is already there, and
    /// assessmentChanged follows.
    void indexChanged();
    /// The hash of the open trace's file is known now, which it was not when it was opened.
    void identified();
    /// The one snapshot that every panel shows.
    void assessmentChanged(std::shared_ptr<const stepscope::Assessment> assessment);

private:
    TimeRange clamped(TimeRange window) const;
    void assess();

    std::shared_ptr<const TraceIndex> m_found; // steps as found
    std::shared_ptr<const TraceIndex> m_index; // with the drawn ones
    DrawnSteps m_drawn;
    std::shared_ptr<const Assessment> m_assessment;
    std::shared_ptr<const TraceIndex> m_assessed; // what m_assessment is of
    TimeRange m_window;
    DeviceId m_reference;
    AssessmentInput m_input;
    MarkerList* m_markers;
    std::uint64_t m_lastSnapshot = 0;
    bool m_isWindowHeld = false;
};

} // namespace stepscope
