#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/stepdrawing.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/tracestatekeeper.h"
#include "widgets/viewmodel/tracestatestore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

namespace {

constexpr DeviceId gpu0(0);

/// Step k begins at 1000 · (k + 1) µs with a kernel of 200; communication at + 200, a copy at + 280.
TimePoint micros(std::int64_t time)
{
    return timePointAt(time * 1000);
}

SpanRef operation(std::uint32_t row)
{
    return {SpanRef::Kind::Operation, gpu0, row};
}

const StepIndex& stepsOf(const TraceDocument& document)
{
    return document.index()->device(gpu0).steps;
}

} // namespace

class TestStepDrawing : public QObject {
    Q_OBJECT

private slots:
    void beginsLikeTheSelected()
    {
        const auto index = testing::smallIndex(2, 30);
        const std::vector<TimePoint> copies = beginsLike(*index, operation(5));
        QCOMPARE(copies.size(), std::size_t{30});
        for (std::size_t k = 0; k < copies.size(); ++k)
            QVERIFY(copies[k] == micros(1000 * (static_cast<std::int64_t>(k) + 1) + 280));
        QVERIFY(beginsLike(*index, {}).empty());
        QVERIFY(beginsLike(*index, {SpanRef::Kind::Call, {}, 0}).empty());
    }

    void toggles()
    {
        const auto index = testing::smallIndex(1, 30);
        const Duration reach = std::chrono::microseconds(5);
        const std::vector<TimePoint> found = index->device(gpu0).steps.boundaries;
        const auto holds = [](const std::vector<TimePoint>& boundaries, TimePoint time) {
            return std::find(boundaries.begin(), boundaries.end(), time) != boundaries.end();
        };
        // Near a boundary it goes; near the begin of an operation one is drawn there; else at the very place.
        const std::vector<TimePoint> less = toggledBoundary(*index, gpu0, found[3] + Duration(4'000), reach);
        QCOMPARE(less.size(), found.size() - 1);
        QVERIFY(!holds(less, found[3]));
        const std::vector<TimePoint> more = toggledBoundary(*index, gpu0, micros(5'278), reach);
        QCOMPARE(more.size(), found.size() + 1);
        QVERIFY(holds(more, micros(5'280)) && std::is_sorted(more.begin(), more.end()));
        QVERIFY(holds(toggledBoundary(*index, gpu0, micros(5'600), reach), micros(5'600)));
        QVERIFY(holds(toggledBoundary(*index, gpu0, micros(1), reach), micros(1)));
        QVERIFY(holds(toggledBoundary(*index, gpu0, index->trace().extent().end, Duration::zero()),
                      index->trace().extent().end));
    }

    void drawnStepsMakeTheNumbers()
    {
        TraceDocument document;
        const auto found = testing::smallIndex(2, 30);
        document.setIndex(found);
        QSignalSpy indexes(&document, &TraceDocument::indexChanged);
        QSignalSpy snapshots(&document, &TraceDocument::assessmentChanged);
        document.drawSteps(beginsLike(*found, operation(2)));
        QCOMPARE(indexes.count(), 0); // the views stay where they are
        QCOMPARE(snapshots.count(), 1);
        QVERIFY(document.hasDrawnSteps() && document.isAutomaticWindow());
        QVERIFY(document.index()->sharedTrace() == found->sharedTrace());
        QVERIFY(stepsOf(document).source == StepSource::User);
        QVERIFY(!stepsOf(document).isWeak);
        QCOMPARE(stepsOf(document).boundaries.size(), std::size_t{30});
        const DeviceWindow& numbers = document.assessment()->referenceWindow();
        QVERIFY(numbers.cadence.count >= 20);
        QVERIFY(numbers.cadence.spread.median == std::chrono::milliseconds(1));
        QVERIFY(numbers.budget.busy.total == numbers.budget.steps * std::chrono::microseconds(300));
        // The other device keeps its own.
        QVERIFY(document.index()->device(DeviceId(1)).steps.source ==
                found->device(DeviceId(1)).steps.source);

        document.drawSteps({});
        QVERIFY(!document.hasDrawnSteps());
        QVERIFY(document.index() == found);
        document.drawSteps({});
        QCOMPARE(snapshots.count(), 2);
    }

    void windowOfTheUserStays()
    {
        TraceDocument document;
        document.setIndex(testing::smallIndex(1, 30));
        const TimeRange window{micros(4'500), micros(20'500)};
        document.setWindow(window);
        document.drawSteps({micros(5'000), micros(7'000), micros(9'000), micros(11'000)});
        QVERIFY(document.window() == window);
        QCOMPARE(document.assessment()->referenceWindow().budget.steps, std::size_t{3});
        QVERIFY(document.assessment()->referenceWindow().budget.cadence.total ==
                std::chrono::milliseconds(6));
    }

    void isRemembered()
    {
        QTemporaryDir folder;
        const TraceStateStore store(folder.filePath(QStringLiteral("states")));
        const auto index = testing::smallIndex(2, 30, std::string(64, 'c'));
        const TraceDocument::DrawnSteps drawn = {{0, {micros(2'000), micros(4'000), micros(6'000)}},
                                                 {1, {micros(3'001), micros(5'001)}}};
        {
            TraceDocument document;
            TimelineViewport viewport;
            LaneList lanes(&document);
            TraceStateKeeper keeper(store, &document, &viewport, &lanes);
            document.setIndex(index);
            document.setDrawnSteps(drawn);
            document.setWindow({micros(1'500), micros(9'000)}); // changes after it are kept too
        }
        TraceDocument document;
        TimelineViewport viewport;
        LaneList lanes(&document);
        TraceStateKeeper keeper(store, &document, &viewport, &lanes);
        QSignalSpy problems(&keeper, &TraceStateKeeper::problemFound);
        document.setIndex(index);
        QVERIFY(document.drawnSteps() == drawn);
        QVERIFY(stepsOf(document).source == StepSource::User);
        QVERIFY((document.window() == TimeRange{micros(1'500), micros(9'000)}));
        QCOMPARE(problems.count(), 0);
        document.drawSteps({});
        QCOMPARE(document.drawnSteps().size(), std::size_t{1});
    }

    void leavesOutWhatTheTraceDoesNotHave()
    {
        TraceDocument document;
        const auto index = testing::smallIndex(1, 30);
        document.setIndex(index);
        document.setDrawnSteps({{7, {micros(2'000)}}, {0, {micros(900'000'000)}}});
        QVERIFY(document.drawnSteps().empty());
        QVERIFY(document.index() == index);
        document.setIndex(nullptr);
        document.drawSteps({micros(2'000)});
        QVERIFY(!document.hasDrawnSteps());
    }
};

QTEST_MAIN(TestStepDrawing)
#include "tst_stepdrawing.moc"
