// What the timeline costs while somebody works in it: CPU of the GUI thread from an input to the painted
// frame, the wall clock beside it, on generated traces of eight devices, at one and at two device pixels for
// each of 1920 × 1080, groups collapsed and expanded; what is under the mouse; bytes that are kept to draw a
// span; an area over everything. Offscreen, by the same way as on a screen.

#include "core/analysis/areastatistics.h"
#include "tests/bench/decodetrace.h"
#include "tests/bench/timestaken.h"
#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace stepscope;

namespace {

constexpr int frames = 200;
constexpr int positions = 1'000;
constexpr QSize frameSize(1920, 1080);

struct Depth {
    const char* name;
    double share;         // of the trace
    std::int64_t longest; // ns
};

constexpr std::array depths = {Depth{"overview", 1.0, INT64_MAX}, Depth{"mid", 0.03, 2'000'000'000},
                               Depth{"deep", 1.0, 8'000'000}};

class Bench {
public:
    explicit Bench(std::size_t operations)
        : m_index(decodeTrace(operations, DecodeLanes::Several)), m_lanes(&m_document),
          m_selection(m_document), m_areas(m_document, m_selection),
          m_widget(&m_document, &m_viewport, &m_lanes, &m_selection, &m_areas)
    {
        m_widget.resize(frameSize);
        m_widget.show();
        m_document.setIndex(m_index);
        m_widget.setMaximumHeight(QWIDGETSIZE_MAX);
        m_canvas = m_widget.findChild<LaneCanvas*>();
    }

    void run()
    {
        QStringList groups;
        for (const Lane& lane : std::vector<Lane>(m_lanes.lanes())) {
            if (lane.isHead())
                groups << lane.group;
        }
        for (const bool isExpanded : {false, true}) {
            m_lanes.setExpandedGroups(isExpanded ? groups : QStringList());
            m_lanes.finishPacking();
            m_widget.setMaximumHeight(QWIDGETSIZE_MAX);
            m_widget.resize(frameSize);
            QApplication::processEvents();
            const QImage shown = m_widget.grab().toImage();
            std::printf("%zu operations and %zu calls, %g x: frames of %d x %d pixels, groups %s\n",
                        m_index->trace().activityCount(), m_index->trace().calls().size(),
                        m_canvas->devicePixelRatioF(), shown.width(), shown.height(),
                        isExpanded ? "expanded" : "collapsed");
            for (const Depth& depth : depths)
                measureDepth(depth);
        }
        const PackedSize size = m_lanes.packedSize();
        std::printf("drawing structures: %.2f bytes for each of %zu spans\n",
                    static_cast<double>(size.bytes) / static_cast<double>(size.spans), size.spans);
        measureArea();
        std::fflush(stdout);
    }

private:
    /// All lanes over the whole trace: on a worker, while the window goes on.
    void measureArea() const
    {
        std::vector<AreaLane> lanes;
        for (std::size_t device = 0; device < m_index->devices().size(); ++device) {
            AreaLane lane;
            lane.device = DeviceId(static_cast<std::uint32_t>(device));
            lanes.push_back(lane);
        }
        NoProgress progress;
        const double wall = wallSeconds();
        const double cpu = threadSeconds();
        const Result<AreaStatistics> found =
            AreaStatistics::of(*m_index, m_index->trace().extent(), lanes, progress);
        const double seconds = threadSeconds() - cpu;
        std::printf("an area over all of %llu operations: %.2f s CPU, %.2f s wall\n",
                    static_cast<unsigned long long>(found ? found->all.count : 0), seconds,
                    wallSeconds() - wall);
    }

    void measureDepth(const Depth& depth)
    {
        const TimeRange all = m_viewport.limits();
        const auto length =
            std::min(depth.longest,
                     static_cast<std::int64_t>(depth.share * static_cast<double>(all.duration().count())));
        const TimePoint begin = all.begin + (all.duration() - Duration(length)) / 2;
        const auto startOver = [&] {
            m_viewport.setView({begin, begin + Duration(length)});
            QApplication::processEvents();
        };
        startOver();
        measureFrames(depth, "pan", [&](int frame) {
            // Of the whole trace there is nothing to pan: a little less.
            if (frame == 0 && m_viewport.view() == all)
                m_viewport.zoomAt(begin + Duration(length / 2), 0.9);
            m_viewport.pan(frame % 40 < 20 ? 0.005 : -0.005);
        });
        startOver();
        measureFrames(depth, "zoom", [&](int frame) {
            m_viewport.zoomAt(begin + Duration(length / 3), frame % 40 < 20 ? 0.97 : 1.0 / 0.97);
        });
        startOver();
        const TimeRange view = m_viewport.view();
        measureFrames(depth, "drag the window", [&](int frame) {
            const Duration step = view.duration() / 1'000;
            m_document.setWindow({view.begin + view.duration() / 10 + frame % 100 * step,
                                  view.begin + view.duration() / 2 + frame % 173 * step});
        });
        startOver();
        measureHover(depth);
    }

    void measureFrames(const Depth& depth, const char* what, const std::function<void(int)>& change)
    {
        TimesTaken times;
        for (int frame = 0; frame < frames; ++frame) {
            times.measure([&] {
                change(frame);
                QApplication::processEvents();
            });
        }
        print(depth, what, times);
    }

    /// Without the frame that follows: what of the answer is ours.
    void measureHover(const Depth& depth)
    {
        std::mt19937 random(5);
        const QRect area = m_canvas->timeRect();
        TimesTaken hits;
        TimesTaken moves;
        TimesTaken tips;
        std::size_t found = 0;
        for (int position = 0; position < positions; ++position) {
            const QPoint at(area.left() + static_cast<int>(random() % static_cast<unsigned>(area.width())),
                            static_cast<int>(random() % static_cast<unsigned>(area.height())));
            hits.measure([&] { found += m_canvas->spanAt(at).isNone() ? 0U : 1U; });
            moves.measure([&] {
                QMouseEvent move(QEvent::MouseMove, at, m_canvas->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                                 Qt::NoModifier);
                QApplication::sendEvent(m_canvas, &move);
            });
            tips.measure([&] { m_tips += m_canvas->toolTipAt(at).size(); });
        }
        QApplication::processEvents();
        print(depth, "hit test", hits);
        print(depth, "status read-out", moves);
        print(depth, "tooltip text", tips);
        std::printf("    %zu of %d positions were on a span\n", found, positions);
    }

    static void print(const Depth& depth, const char* what, const TimesTaken& times)
    {
        std::printf("  %-9s %-16s %s\n", depth.name, what, times.text().c_str());
        std::fflush(stdout);
    }

    std::shared_ptr<const TraceIndex> m_index;
    TraceDocument m_document;
    TimelineViewport m_viewport;
    LaneList m_lanes;
    SpanSelection m_selection;
    AreaSelection m_areas;
    TimelineWidget m_widget;
    LaneCanvas* m_canvas = nullptr;
    qsizetype m_tips = 0;
};

int run(int argc, char** argv, int ratio, std::size_t operations)
{
    qputenv("QT_SCALE_FACTOR", QByteArray::number(ratio));
    QApplication application(argc, argv);
    Bench(operations).run();
    return 0;
}

/// Whether that went well, in a process of its own: the scale is an application's for good, and a window
/// opens one trace, not what is left of the memory of three.
bool runApart(int argc, char** argv, int ratio, std::size_t operations)
{
    const pid_t child = fork();
    if (child == 0)
        std::exit(run(argc, argv, ratio, operations));
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    std::vector<std::size_t> sizes;
    for (int argument = 1; argument < argc; ++argument) // the numbers of operations wanted
        sizes.push_back(QByteArray(argv[argument]).toULongLong());
    if (sizes.empty())
        sizes = {100'000U, 1'000'000U, 10'000'000U};
    for (const int ratio : {1, 2}) {
        for (const std::size_t operations : sizes) {
            if (!runApart(argc, argv, ratio, operations))
                return 1;
        }
    }
    return 0;
}
