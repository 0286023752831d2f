// What the timeline paints, pixel by pixel, against what a plain loop over the rows of the trace says:
// nothing here asks core/lod or the geometry of the lanes for a share, a fold or an edge.

#include "core/import/traceimporter.h"
#include "tests/unit/analysis/randomtrace.h"
#include "widgets/theme/apptheme.h"
#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanselection.h"

#include <QApplication>
#include <QFileInfo>
#include <QTest>

#include <cmath>
#include <map>
#include <numeric>

using namespace stepscope;

namespace {

using Random = std::mt19937;

std::int64_t pick(Random& random, std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

std::shared_ptr<const TraceIndex> indexOf(Trace trace)
{
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)), KernelClassifier::standard(),
                              progress);
}

/// Two devices with overlapping streams whose spans last from nothing to milliseconds, and a host with
/// nested ranges: most of it much narrower than a pixel.
std::shared_ptr<const TraceIndex> denseIndex(Random& random)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(7);
    const ThreadId thread = builder.thread(process, 7);
    const std::array names = {builder.intern("gemm_kernel"), builder.intern("flash_fwd_kernel"),
                              builder.intern("ncclDevKernel_AllReduce_Sum")};
    const NameId launch = builder.intern("cudaLaunchKernel");
    const NameId frame = builder.intern("forward");
    std::int64_t correlation = 0;
    for (int d = 0; d < 2; ++d) {
        const DeviceId device = builder.device(process, d);
        for (const int stream : {7, 20}) {
            std::int64_t at = pick(random, 0, 50'000);
            for (int i = 0; i < 1'500; ++i) {
                at += pick(random, 0, 9) == 0 ? pick(random, 0, 300'000) : pick(random, 0, 1'500);
                Activity row;
                row.begin = timePointAt(at);
                at += pick(random, 0, 40) == 0 ? pick(random, 0, 400'000) : pick(random, 0, 3'000);
                row.end = timePointAt(at);
                row.name = names[static_cast<std::size_t>(pick(random, 0, names.size() - 1))];
                row.kind = pick(random, 0, 9) == 0 ? ActivityKind::Memcpy : ActivityKind::Kernel;
                row.copy = row.kind == ActivityKind::Memcpy ? CopyKind::DeviceToHost : CopyKind::None;
                row.process = process;
                row.stream = stream;
                row.correlation = ++correlation;
                builder.addActivity(device, row);
                ApiCall call;
                call.begin = std::max(timePointAt(0), row.begin - Duration(pick(random, 0, 30'000)));
                call.end = call.begin + Duration(pick(random, 0, 4'000));
                call.name = launch;
                call.thread = thread;
                call.correlation = correlation;
                builder.addCall(call);
                if (i % 50 == 0) {
                    HostRange range;
                    range.begin = call.begin;
                    range.end = call.end + Duration(pick(random, 0, 900'000));
                    range.name = frame;
                    range.thread = thread;
                    builder.addRange(range);
                }
            }
        }
    }
    return indexOf(builder.build());
}

/// Column `k` of `columns`, by the definition: on whole nanoseconds, rounded down.
TimeRange columnOf(TimeRange view, int columns, int k)
{
    const std::int64_t length = view.duration().count(); // of minutes at most: the product has room
    const auto edge = [&](int n) { return view.begin + Duration(length * n / columns); };
    TimeRange column{edge(k), edge(k + 1)};
    column.end = std::max(column.end, column.begin + Duration(1)); // the nanosecond that it lies in
    return column;
}

/// What all operations of a device cover, each nanosecond once.
std::vector<TimeRange> busyTime(const ActivityTable& work)
{
    std::vector<TimeRange> all;
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (!work.range(row).isEmpty())
            all.push_back(work.range(row));
    }
    std::sort(all.begin(), all.end(),
              [](const TimeRange& a, const TimeRange& b) { return a.begin < b.begin; });
    std::vector<TimeRange> merged;
    for (const TimeRange& range : all) {
        if (merged.empty() || range.begin > merged.back().end)
            merged.push_back(range);
        else
            merged.back().end = std::max(merged.back().end, range.end);
    }
    return merged;
}

/// The busy share of each column.
std::vector<double> sharesOf(const std::vector<TimeRange>& busy, TimeRange view, int columns)
{
    std::vector<double> shares;
    std::size_t next = 0;
    for (int k = 0; k < columns; ++k) {
        const TimeRange column = columnOf(view, columns, k);
        while (next < busy.size() && busy[next].end <= column.begin)
            ++next;
        Duration sum = Duration::zero();
        for (std::size_t i = next; i < busy.size() && busy[i].begin < column.end; ++i)
            sum += busy[i].intersected(column).duration();
        shares.push_back(static_cast<double>(sum.count()) / static_cast<double>(column.duration().count()));
    }
    return shares;
}

struct Painted {
    QImage image;
    double ratio = 1.0;
    QPoint origin; // of what is looked at, in device pixels

    QRgb at(int x, int y) const { return image.pixel(origin.x() + x, origin.y() + y); }
};

/// How far a blend of two colours is from a pixel at most, in colour levels.
double distance(QRgb pixel, QRgb ground, QRgb colour, double share)
{
    const auto of = [share](int is, int from, int to) {
        return std::abs(static_cast<double>(is) - (from + (to - from) * share));
    };
    return std::max({of(qRed(pixel), qRed(ground), qRed(colour)),
                     of(qGreen(pixel), qGreen(ground), qGreen(colour)),
                     of(qBlue(pixel), qBlue(ground), qBlue(colour))});
}

/// What is wrong with one column of a busy lane of `height` pixels; empty when it shows `share`.
QString faultOf(const Painted& lane, int x, int height, double share, const TracePalette& colours)
{
    const QRgb ground = colours[Colour::LaneGround].rgb();
    const std::array marks = {colours[Colour::Compute].rgb(), colours[Colour::Comm].rgb(),
                              colours[Colour::Copies].rgb(), colours[Colour::Graph].rgb()};
    const auto isMark = [&](QRgb pixel) {
        return std::find(marks.begin(), marks.end(), pixel) != marks.end();
    };
    const auto fromBelow = [&](int y) { return lane.at(x, height - 1 - y); };
    int whole = 0;
    while (whole < height && isMark(fromBelow(whole)))
        ++whole;
    if (share > 0.0 && whole == 0)
        return QStringLiteral("busy time is not seen");
    if (share < 1.0 && whole == height)
        return QStringLiteral("idle time is not seen");
    double wanted = share * height;
    if (share > 0.0 && share < 1.0) // a sliver has a pixel
        wanted = std::clamp(wanted, lane.ratio, height - lane.ratio);
    double levels = 0.0; // of the one pixel that is neither busy nor idle
    if (whole > wanted) {
        const QRgb top = fromBelow(whole - 1);
        levels = distance(top, ground, top, 1.0 - (whole - wanted));
    } else if (whole < height) {
        levels = 255.0;
        for (const QRgb mark : marks)
            levels = std::min(levels, distance(fromBelow(whole), ground, mark, wanted - whole));
    } else if (wanted > whole) {
        levels = 255.0;
    }
    if (levels > 0.5 + 1e-3)
        return QStringLiteral("%1 pixels wanted, %2 full ones, %3 levels off")
            .arg(wanted)
            .arg(whole)
            .arg(levels);
    for (int y = whole + 1; y < height; ++y) {
        if (fromBelow(y) != ground)
            return QStringLiteral("not idle above");
    }
    return {};
}

/// A span of the trace over the device pixels of the axis; beyond it where it begins or ends there.
struct DrawnSpan {
    double begin = 0.0;
    double end = 0.0;
};

/// The first pixel of `x` to the nearest, and of what lies in it.
bool isNear(double x, double begin, double end)
{
    return x + 1.0 >= begin - 0.5 - 1e-6 && x <= end + 0.5 + 1e-6;
}

/// Of a sub-row; a line over it leaves unknown what is below.
enum class Column { Free, Drawn, Overlaid };

/// What is wrong with a sub-row, given all its visible spans in order.
QString faultOf(const std::vector<Column>& drawn, const std::vector<DrawnSpan>& spans, int unit)
{
    const int width = static_cast<int>(drawn.size());
    const auto at = [&](double x) {
        return drawn[static_cast<std::size_t>(std::clamp(static_cast<int>(x), 0, width - 1))];
    };
    const auto isDrawn = [&](double x) { return at(x) != Column::Free; };
    for (std::size_t k = 0; k < spans.size(); ++k) {
        const DrawnSpan& span = spans[k];
        const bool isSeen = isDrawn(std::floor(span.begin)) || isDrawn(std::round(span.begin)) ||
                            isDrawn((span.begin + span.end) / 2.0);
        if (!isSeen)
            return QStringLiteral("span %1 of %2 at %3 is hidden").arg(k).arg(spans.size()).arg(span.begin);
    }
    std::size_t next = 0;
    for (int x = 0; x < width; ++x) {
        if (at(x) != Column::Drawn)
            continue;
        while (next < spans.size() && spans[next].end + 0.5 + 1e-6 < x)
            ++next;
        const bool isLast = x == width - 1; // of what begins in the last half pixel
        if (next == spans.size() ||
            !isNear(x - (isLast ? 1.0 : 0.0), spans[next].begin - (isLast ? 1.0 : 0.0), spans[next].end))
            return QStringLiteral("column %1 is drawn and has no span").arg(x);
    }
    // What stands alone is as wide as it is, to the nearest edges; the last pixel may be left free.
    for (std::size_t k = 0; k < spans.size(); ++k) {
        const DrawnSpan& span = spans[k];
        const double before = k == 0 ? -10.0 : spans[k - 1].end;
        const double after = k + 1 == spans.size() ? width + 10.0 : spans[k + 1].begin;
        if (span.begin - before < 3.0 || after - span.end < 3.0 || span.begin < 1.0 || span.end > width - 1.0)
            continue;
        int columns = 0;
        bool isKnown = true;
        for (int x = static_cast<int>(span.begin) - 1; x <= static_cast<int>(span.end) + 1; ++x) {
            columns += isDrawn(x) ? 1 : 0;
            isKnown = isKnown && at(x) != Column::Overlaid;
        }
        const int exact = std::max(1, static_cast<int>(std::round(span.end) - std::round(span.begin)));
        if (isKnown && columns != exact && !(exact >= 3 * unit && columns == exact - unit))
            return QStringLiteral("%1 columns for %2 … %3").arg(columns).arg(span.begin).arg(span.end);
    }
    return {};
}

} // namespace

class TestPixelTruth : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void randomTraces_data() { ratios(); }
    void randomTraces();
    void denseTraces_data() { ratios(); }
    void denseTraces();
    void realTraces_data();
    void realTraces();

private:
    static void ratios();
    void check(const std::shared_ptr<const TraceIndex>& index, Random& random, double ratio, int views);
    void checkView();
    void checkBusy(const Painted& all, DeviceId device);
    void checkSpans(const Painted& all, const Lane& lane);
    std::vector<SpanRef> spansOf(const Lane& lane) const;

    std::unique_ptr<AppTheme> m_theme;
    // While a trace is checked.
    const TraceIndex* m_index = nullptr;
    DeviceId m_reference;
    TimelineViewport* m_viewport = nullptr;
    LaneList* m_lanes = nullptr;
    TimelineWidget* m_widget = nullptr;
    LaneCanvas* m_canvas = nullptr;
    std::vector<std::vector<TimeRange>> m_busy; // by device
    std::vector<bool> m_overlaid;               // columns where a line lies over the lanes
    // What was looked at, so that a test that looks at nothing does not pass.
    std::size_t m_columns = 0;
    std::size_t m_partlyBusy = 0;
    std::size_t m_rows = 0;
    std::size_t m_spans = 0;
};

void TestPixelTruth::initTestCase()
{
    m_theme = std::make_unique<AppTheme>(*qApp);
    m_theme->apply(ThemeChoice::Dark);
}

void TestPixelTruth::ratios()
{
    QTest::addColumn<double>("ratio");
    QTest::newRow("1x") << 1.0;
    QTest::newRow("2x") << 2.0;
}

void TestPixelTruth::check(const std::shared_ptr<const TraceIndex>& index, Random& random, double ratio,
                           int views)
{
    TraceDocument document;
    TimelineViewport viewport;
    LaneList lanes(&document);
    SpanSelection selection(document);
    AreaSelection areas(document, selection);
    TimelineWidget widget(&document, &viewport, &lanes, &selection, &areas);
    widget.setPixelRatio(ratio);
    document.setIndex(index);
    document.setWindow(index->trace().extent());
    lanes.finishPacking();
    m_index = index.get();
    m_reference = document.reference();
    m_viewport = &viewport;
    m_lanes = &lanes;
    m_widget = &widget;
    m_canvas = widget.findChild<LaneCanvas*>();
    m_busy.clear();
    for (const Device& device : index->trace().devices())
        m_busy.push_back(busyTime(device.activities));
    for (int view = 0; view < views && !QTest::currentTestFailed(); ++view) {
        widget.resize(static_cast<int>(pick(random, 500, 1'400)), widget.maximumHeight());
        const TimeRange all = viewport.limits();
        if (view == 0) {
            viewport.showAll();
        } else { // as often deep as wide
            const double deep = std::uniform_real_distribution<double>(0.0, 1.0)(random);
            const auto longest = static_cast<double>(all.duration().count());
            const auto length = static_cast<std::int64_t>(longest * std::pow(100.0 / longest, deep));
            const TimePoint begin = all.begin + Duration(pick(random, 0, all.duration().count() - length));
            viewport.setView({begin, begin + Duration(length)});
        }
        checkView();
    }
}

void TestPixelTruth::checkView()
{
    const double ratio = m_canvas->devicePixelRatioF();
    Painted all{QImage(m_widget->size() * ratio, QImage::Format_RGB32), ratio, {}};
    all.image.setDevicePixelRatio(ratio);
    all.image.fill(Qt::magenta);
    m_widget->render(&all.image);
    // Seen a second time, lanes come from an image that is kept of them.
    QImage again(all.image.size(), QImage::Format_RGB32);
    again.setDevicePixelRatio(ratio);
    again.fill(Qt::cyan);
    m_widget->render(&again);
    QVERIFY(again == all.image);

    // Step boundaries and the window's edges are lines over the lanes, on purpose.
    const TimeAxis axis = m_canvas->axis();
    m_overlaid.assign(static_cast<std::size_t>(qRound(axis.width * ratio)), false);
    const auto cover = [&](TimePoint time, int before) {
        const int width = static_cast<int>(m_overlaid.size());
        const double x = static_cast<double>((time - axis.range.begin).count()) * width /
                         static_cast<double>(axis.range.duration().count());
        const int line = qRound(ratio);
        for (int k = qRound(std::clamp(x, -9.0, width + 9.0)) - before * line, n = 0; n < (1 + before) * line;
             ++k, ++n) {
            if (k >= 0 && k < width)
                m_overlaid[static_cast<std::size_t>(k)] = true;
        }
    };
    cover(m_index->trace().extent().begin, 1);
    cover(m_index->trace().extent().end, 1);
    for (const TimePoint boundary : m_index->device(m_reference).steps.boundaries) {
        if (boundary >= axis.range.begin && boundary <= axis.range.end)
            cover(boundary, 0);
    }

    for (const Lane& lane : m_lanes->lanes()) {
        if (lane.kind == LaneKind::DeviceBusy)
            checkBusy(all, lane.device);
        else if (lane.spans != nullptr)
            checkSpans(all, lane);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestPixelTruth::checkBusy(const Painted& all, DeviceId device)
{
    const QRect bar = m_widget->laneRect(device);
    Painted lane = all;
    lane.origin = bar.topLeft() * all.ratio;
    const int columns = qRound(bar.width() * all.ratio);
    const int height = qRound(bar.height() * all.ratio);
    const TracePalette& colours = TracePalette::matching(m_widget->palette());
    const std::vector<double> shares = sharesOf(m_busy[device.value()], m_viewport->view(), columns);
    for (int x = 0; x < columns; ++x) {
        if (m_overlaid[static_cast<std::size_t>(x)])
            continue;
        const double share = shares[static_cast<std::size_t>(x)];
        const QString fault = faultOf(lane, x, height, share, colours);
        QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("device %1, column %2 of %3, share %4: %5")
                                                 .arg(device.value())
                                                 .arg(x)
                                                 .arg(columns)
                                                 .arg(share)
                                                 .arg(fault)));
        ++m_columns;
        m_partlyBusy += share > 0.0 && share < 1.0 ? 1U : 0U;
    }
}

std::vector<SpanRef> TestPixelTruth::spansOf(const Lane& lane) const
{
    std::vector<SpanRef> spans;
    const auto addAll = [&](std::size_t size, auto isIn) {
        for (std::uint32_t row = 0; row < size; ++row) {
            if (isIn(row))
                spans.push_back(lane.refOf(row));
        }
    };
    const Trace& trace = m_index->trace();
    if (lane.kind == LaneKind::Stream) {
        const ActivityTable& work = trace.device(lane.device).activities;
        addAll(work.size(), [&](std::uint32_t row) { return work.stream(row) == lane.stream; });
    } else if (lane.kind == LaneKind::Calls) {
        addAll(trace.calls().size(),
               [&](std::uint32_t row) { return trace.calls().thread(row) == lane.thread; });
    } else if (lane.kind == LaneKind::Annotations) {
        addAll(trace.ranges().size(), [&](std::uint32_t row) {
            return trace.ranges()[row].thread == lane.thread &&
                   trace.ranges()[row].kind != RangeKind::Recording;
        });
    } else if (lane.kind == LaneKind::Graphs) {
        addAll(m_index->device(lane.device).occupancy.replays().size(), [](std::uint32_t) { return true; });
    }
    return spans;
}

void TestPixelTruth::checkSpans(const Painted& all, const Lane& lane)
{
    const TimeRange view = m_viewport->view();
    const QRect area = m_canvas->timeRect();
    const int columns = qRound(area.width() * all.ratio);
    const auto pixelOf = [&](TimePoint time) {
        return static_cast<double>((time - view.begin).count()) * columns /
               static_cast<double>(view.duration().count());
    };
    std::map<int, std::vector<DrawnSpan>> rows; // by top
    int height = 0;
    for (const SpanRef& span : spansOf(lane)) {
        const TimeRange range = spanRange(*m_index, span);
        const bool isVisible = range.isEmpty() ? view.contains(range.begin) : range.overlaps(view);
        if (!isVisible)
            continue;
        const QRectF drawn = m_canvas->spanRect(span);
        QVERIFY(!drawn.isEmpty());
        height = qRound(drawn.height() * all.ratio);
        rows[qRound(drawn.top() * all.ratio)].push_back({pixelOf(range.begin), pixelOf(range.end)});
    }
    const QRgb ground = TracePalette::matching(m_widget->palette())[Colour::LaneGround].rgb();
    for (const auto& [top, spans] : rows) {
        Painted row = all;
        row.origin = m_canvas->pos() * all.ratio + QPoint(qRound(area.left() * all.ratio), top);
        std::vector<Column> drawn;
        for (int x = 0; x < columns; ++x) {
            bool isDrawn = false;
            for (int y = 0; y < height && !isDrawn; ++y)
                isDrawn = row.at(x, y) != ground;
            const bool isUnknown = m_overlaid[static_cast<std::size_t>(x)];
            drawn.push_back(isUnknown ? Column::Overlaid : isDrawn ? Column::Drawn : Column::Free);
        }
        const QString fault = faultOf(drawn, spans, qRound(all.ratio));
        QVERIFY2(fault.isEmpty(), qPrintable(lane.title + QStringLiteral(": ") + fault));
        ++m_rows;
        m_spans += spans.size();
    }
}

void TestPixelTruth::randomTraces()
{
    QFETCH(double, ratio);
    m_columns = m_partlyBusy = m_rows = m_spans = 0;
    for (unsigned seed = 1; seed <= 25 && !QTest::currentTestFailed(); ++seed) {
        Random random(seed);
        check(indexOf(RandomTrace::make(random).build()), random, ratio, 6);
    }
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_columns > 50'000 && m_partlyBusy > 1'000 && m_rows > 50 && m_spans > 200);
    qInfo("%zu columns, %zu of them partly busy; %zu sub-rows with %zu spans", m_columns, m_partlyBusy,
          m_rows, m_spans);
}

void TestPixelTruth::denseTraces()
{
    QFETCH(double, ratio);
    m_columns = m_partlyBusy = m_rows = m_spans = 0;
    for (unsigned seed = 1; seed <= 3 && !QTest::currentTestFailed(); ++seed) {
        Random random(seed);
        check(denseIndex(random), random, ratio, 10);
    }
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_columns > 20'000 && m_partlyBusy > 5'000 && m_rows > 50 && m_spans > 10'000);
    qInfo("%zu columns, %zu of them partly busy; %zu sub-rows with %zu spans", m_columns, m_partlyBusy,
          m_rows, m_spans);
}

void TestPixelTruth::realTraces_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<double>("ratio");
    for (const char* name :
         {"real/kineto_sglang_b300_qwen3_decode.json.gz", "real/nsys_3.25.0_mfu_2gpu_before.sqlite",
          "real/kineto_event_sync_multi_stream.json.gz", "h100/a2_graph_hostbound.json.gz"}) {
        for (const double ratio : {1.0, 2.0})
            QTest::addRow("%s at %g", name, ratio)
                << QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/") + QLatin1String(name) << ratio;
    }
}

void TestPixelTruth::realTraces()
{
    QFETCH(QString, path);
    QFETCH(double, ratio);
    if (!QFileInfo::exists(path))
        QSKIP("the shared traces are not beside this checkout: " STEPSCOPE_SHARED_DATA "/traces");
    NoProgress progress;
    Result<Trace> trace = importTrace(path.toStdString(), progress);
    QVERIFY(trace);
    Random random(1);
    m_columns = m_spans = 0;
    check(indexOf(std::move(*trace)), random, ratio, 8);
    if (!QTest::currentTestFailed())
        qInfo("%zu columns; %zu sub-rows with %zu spans", m_columns, m_rows, m_spans);
}

QTEST_MAIN(TestPixelTruth)
#include "tst_pixeltruth.moc"
