#include "core/import/previewmaker.h"

#include "core/import/traceimporter.h"
#include "tests/support/closedform.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

using namespace stepscope;

namespace {

namespace support = testsupport;
struct Row {
    std::int64_t begin;
    std::int64_t end;
};

/// Rows that overlap often, with pauses, of all lengths.
std::vector<Row> randomRows(std::mt19937& random, std::size_t count, std::int64_t origin)
{
    std::vector<Row> rows;
    std::int64_t time = origin;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t length = std::int64_t{1} << (random() % 16);
        rows.push_back({time, time + length});
        time += static_cast<std::int64_t>(random() % 3000);
        if (random() % 50 == 0)
            time += 2'000'000;
    }
    return rows;
}

void add(TraceBuilder& builder, DeviceId device, Row row)
{
    Activity activity;
    activity.name = builder.intern("kernel");
    activity.process = builder.devices()[device.value()].process;
    activity.begin = timePointAt(row.begin);
    activity.end = timePointAt(row.end);
    builder.addActivity(device, activity);
}

/// What the union of `rows` covers of [begin, end), and what they do one by one.
struct Cover {
    double unionTime = 0.0;
    double sum = 0.0;
};

Cover coverOf(std::vector<Row> rows, std::int64_t begin, std::int64_t end)
{
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.begin < b.begin; });
    Cover cover;
    std::int64_t until = begin;
    for (const Row& row : rows) {
        const std::int64_t from = std::max(row.begin, begin);
        const std::int64_t to = std::min(row.end, end);
        cover.sum += static_cast<double>(std::max<std::int64_t>(0, to - from));
        cover.unionTime += static_cast<double>(std::max<std::int64_t>(0, to - std::max(from, until)));
        until = std::max(until, to);
    }
    return cover;
}

std::int64_t stretchOf(const TracePreview& preview)
{
    return preview.extent.duration().count() / static_cast<std::int64_t>(preview.lanes.front().busy.size());
}

/// Where the first stretch begins on the file's clock: at a multiple of its length.
std::int64_t originOf(const TracePreview& preview, const std::vector<Row>& rows)
{
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    for (const Row& row : rows)
        first = std::min(first, row.begin);
    const std::int64_t stretch = stretchOf(preview);
    const std::int64_t rest = first % stretch;
    return first - (rest < 0 ? rest + stretch : rest);
}

double busyOf(const TracePreview& preview)
{
    double sum = 0.0;
    for (const std::uint16_t share : preview.lanes.front().busy)
        sum += share;
    return sum / 65535.0 * static_cast<double>(stretchOf(preview));
}

} // namespace

class TestPreviewMaker : public QObject {
    Q_OBJECT

private slots:
    void rowsInOrderAreTheirUnion_data();
    void rowsInOrderAreTheirUnion();
    void otherRowsAreNeverLost_data() { rowsInOrderAreTheirUnion_data(); }
    void otherRowsAreNeverLost();
    void looksAtEachRowOnce();
    void growsOnly();
    void lanesAreNamed();
    void timesMayBeAnything();
    void rowsWithoutTimeAreLeftOut();
    void importersShowThem_data();
    void importersShowThem();
    void ranksComeAsTheyArePlaced();
};

void TestPreviewMaker::rowsInOrderAreTheirUnion_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<qint64>("origin");
    const std::array<qint64, 4> origins = {5, -70'000'000, 1'700'000'000'000'000'000, 4'095};
    for (unsigned seed = 0; seed < 12; ++seed)
        QTest::addRow("%u", seed) << seed << origins[seed % origins.size()];
}

void TestPreviewMaker::rowsInOrderAreTheirUnion()
{
    QFETCH(unsigned, seed);
    QFETCH(qint64, origin);
    std::mt19937 random(seed);
    const std::vector<Row> rows = randomRows(random, 50 + 400 * seed, origin);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const DeviceId device = builder.device(builder.process(1), 0);
    PreviewMaker maker(builder);
    for (const Row& row : rows) {
        add(builder, device, row);
        if (random() % 40 == 0)
            maker.takeIn();
    }
    maker.takeIn();
    const TracePreview preview = maker.preview().value();
    QCOMPARE(preview.lanes.size(), std::size_t{1});
    const std::vector<std::uint16_t>& busy = preview.lanes.front().busy;
    QVERIFY(busy.size() <= BusyRaster::mostStretches);
    QVERIFY(busy.front() > 0 && busy.back() > 0);
    const std::int64_t stretch = stretchOf(preview);
    const std::int64_t begin = originOf(preview, rows);
    for (std::size_t i = 0; i < busy.size(); ++i) {
        const std::int64_t at = begin + static_cast<std::int64_t>(i) * stretch;
        const Cover cover = coverOf(rows, at, at + stretch);
        const double share = cover.unionTime / static_cast<double>(stretch);
        QVERIFY(std::abs(busy[i] - share * 65535.0) <= 1.0);
        QCOMPARE(busy[i] > 0, cover.unionTime > 0.0);
        QCOMPARE(busy[i] == 65535, cover.unionTime == static_cast<double>(stretch));
    }
}

void TestPreviewMaker::otherRowsAreNeverLost()
{
    QFETCH(unsigned, seed);
    QFETCH(qint64, origin);
    std::mt19937 random(seed);
    std::vector<Row> rows = randomRows(random, 50 + 400 * seed, origin);
    std::shuffle(rows.begin(), rows.end(), random);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const DeviceId device = builder.device(builder.process(1), 0);
    PreviewMaker maker(builder);
    for (const Row& row : rows) {
        add(builder, device, row);
        if (random() % 40 == 0)
            maker.takeIn();
    }
    maker.takeIn();
    const TracePreview preview = maker.preview().value();
    const std::vector<std::uint16_t>& busy = preview.lanes.front().busy;
    const std::int64_t stretch = stretchOf(preview);
    const std::int64_t begin = originOf(preview, rows);
    double shown = 0.0;
    for (std::size_t i = 0; i < busy.size(); ++i) {
        const std::int64_t at = begin + static_cast<std::int64_t>(i) * stretch;
        const Cover cover = coverOf(rows, at, at + stretch);
        const double least = cover.unionTime / static_cast<double>(stretch) * 65535.0;
        const double most = std::min(cover.sum / static_cast<double>(stretch), 1.0) * 65535.0;
        QVERIFY(busy[i] >= least - 1.0 && busy[i] <= most + 1.0);
        QCOMPARE(busy[i] > 0, cover.unionTime > 0.0);
        shown += busy[i];
    }
    QVERIFY(shown > 0.0);
}

void TestPreviewMaker::looksAtEachRowOnce()
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    const DeviceId device = builder.device(builder.process(1), 0);
    PreviewMaker maker(builder);
    maker.takeIn();
    QVERIFY(!maker.preview());
    add(builder, device, {1000, 1000}); // of no length
    maker.takeIn();
    QVERIFY(!maker.preview());
    add(builder, device, {1000, 1100});
    maker.takeIn();
    const TracePreview first = maker.preview().value();
    maker.takeIn();
    const TracePreview again = maker.preview().value();
    QVERIFY(first.lanes.front().busy == again.lanes.front().busy);
    QCOMPARE(busyOf(again), 100.0);
}

void TestPreviewMaker::growsOnly()
{
    std::mt19937 random(3);
    std::vector<Row> rows = randomRows(random, 3000, 100);
    std::shuffle(rows.begin(), rows.end(), random);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const DeviceId device = builder.device(builder.process(1), 0);
    PreviewMaker maker(builder);
    double before = 0.0;
    Duration length = Duration::zero();
    for (const Row& row : rows) {
        add(builder, device, row);
        maker.takeIn();
        const TracePreview preview = maker.preview().value();
        // Each stretch is rounded to a 65535th of itself.
        QVERIFY(busyOf(preview) >= before - static_cast<double>(preview.extent.duration().count()) / 65535.0);
        QVERIFY(preview.extent.duration() >= length - 2 * Duration(stretchOf(preview)));
        before = busyOf(preview);
        length = preview.extent.duration();
    }
}

void TestPreviewMaker::lanesAreNamed()
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    const ProcessId second = builder.process(20);
    const ProcessId first = builder.process(10);
    add(builder, builder.device(second, 0), {100, 200});
    add(builder, builder.device(first, 1), {100, 300});
    add(builder, builder.device(first, 0), {150, 200});
    builder.device(first, 7); // without work
    PreviewMaker maker(builder);
    maker.takeIn();
    const auto labels = [&maker] {
        std::vector<std::string> found;
        const TracePreview preview = maker.preview().value();
        for (const TracePreview::Lane& lane : preview.lanes)
            found.push_back(lane.label);
        return found;
    };
    QCOMPARE(labels(), (std::vector<std::string>{"GPU 0 (pid 10)", "GPU 1", "GPU 0 (pid 20)"}));
    builder.capture().rank = 3;
    QCOMPARE(labels()[1], std::string("rank 3, GPU 1"));
    maker.setPrefix(0, "a.sqlite, ");
    QCOMPARE(labels()[1], std::string("a.sqlite, GPU 1"));
}

void TestPreviewMaker::timesMayBeAnything()
{
    constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    TraceBuilder builder(TraceFormat::KinetoJson);
    const DeviceId device = builder.device(builder.process(1), 0);
    PreviewMaker maker(builder);
    std::mt19937_64 random(5);
    add(builder, device, {lowest, lowest + 10});
    maker.takeIn();
    QCOMPARE(busyOf(maker.preview().value()), 10.0);
    add(builder, device, {lowest + 5'000, lowest + 9'000'000'000});
    maker.takeIn();
    QVERIFY(maker.preview());
    add(builder, device, {highest - 9'000'000'000, highest});
    for (int i = 0; i < 2000; ++i) {
        const auto begin = static_cast<std::int64_t>(random());
        add(builder, device, {begin, begin > highest - 5'000'000'000 ? highest : begin + 5'000'000'000});
    }
    maker.takeIn();
    QVERIFY(!maker.preview()); // longer than any time axis
}

void TestPreviewMaker::rowsWithoutTimeAreLeftOut()
{
    const auto lengthOf = [](TraceFormat format, std::int64_t begin) {
        TraceBuilder builder(format);
        const DeviceId device = builder.device(builder.process(1), 0);
        PreviewMaker maker(builder);
        add(builder, device, {0, 900});
        maker.takeIn();
        add(builder, device, {begin, begin + 1000});
        add(builder, device, {0, 900});
        maker.takeIn();
        return maker.preview().value().extent.duration().count();
    };
    QVERIFY(lengthOf(TraceFormat::KinetoJson, 1'700'000'000'000'000'000) < 2000);
    QVERIFY(lengthOf(TraceFormat::NsysSqlite, 5000) < 2000);
    QVERIFY(lengthOf(TraceFormat::KinetoJson, 5000) >= 6000); // a clock that begins at 0
}

void TestPreviewMaker::importersShowThem_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"loop.sqlite", "loop.json", "loop.json.gz"})
        QTest::addRow("%s", name) << name;
}

void TestPreviewMaker::importersShowThem()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const std::string path = folder.filePath(name).toStdString();
    support::writeClosedForm(support::workedStepCase(), path);
    std::vector<TracePreview> shown;
    ImportOptions options;
    options.showPreview = [&shown](const TracePreview& preview) { shown.push_back(preview); };
    NoProgress progress;
    const Result<Trace> trace = importTrace(path, progress, options);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QVERIFY(!shown.empty());
    for (const TracePreview& preview : shown) {
        QVERIFY(!preview.lanes.empty() && preview.lanes.size() <= trace->devices().size());
        const std::size_t stretches = preview.lanes.front().busy.size();
        for (const TracePreview::Lane& lane : preview.lanes)
            QCOMPARE(lane.busy.size(), stretches);
        QVERIFY(preview.extent.duration() <=
                trace->gpuExtent().duration() + 2 * Duration(stretchOf(preview)));
    }
    // The last one holds all.
    QCOMPARE(shown.back().lanes.size(), trace->devices().size());
    QVERIFY(shown.back().extent.duration() >= trace->gpuExtent().duration());
}

void TestPreviewMaker::ranksComeAsTheyArePlaced()
{
    const QTemporaryDir folder;
    const std::vector<std::string> paths =
        support::writeClosedForm(support::eightRanksCase(), folder.filePath("loop.json").toStdString());
    std::vector<std::size_t> lanes;
    std::string lastLabel;
    ImportOptions options;
    options.showPreview = [&](const TracePreview& preview) {
        if (lanes.empty() || lanes.back() != preview.lanes.size())
            lanes.push_back(preview.lanes.size());
        lastLabel = preview.lanes.back().label;
    };
    NoProgress progress;
    const Result<Trace> trace = importTraces(paths, progress, options);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    QCOMPARE(lanes, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8}));
    QCOMPARE(lastLabel, std::string("rank 7, GPU 7"));

    TraceBuilder builder(TraceFormat::KinetoJson);
    PreviewMaker maker(builder);
    maker.setPrefix(0, "rank 0, ");
    maker.setPrefix(1, "rank 1, ");
    builder.beginFile();
    add(builder, builder.device(builder.process(1), 0), {10'000, 10'100});
    maker.takeIn();
    builder.placeFile(Duration::zero());
    const std::size_t placed = builder.devices().size();
    builder.beginFile();
    add(builder, builder.device(builder.process(1), 0), {90'000'000, 90'000'100});
    maker.takeIn(placed);
    QCOMPARE(maker.preview().value().lanes.size(), std::size_t{1});
    builder.placeFile(Duration(-89'990'000));
    maker.takeIn();
    const TracePreview both = maker.preview().value();
    QCOMPARE(both.lanes.size(), std::size_t{2});
    QCOMPARE(both.lanes[1].label, std::string("rank 1, GPU 0"));
    QVERIFY(both.lanes[0].busy == both.lanes[1].busy);
}

QTEST_GUILESS_MAIN(TestPreviewMaker)

#include "tst_previewmaker.moc"
