#include "tests/unit/analysis/randomtrace.h"

#include "core/analysis/gapautopsy.h"

#include <QTest>

using namespace stepscope;

namespace {

std::shared_ptr<const TraceIndex> indexOf(Trace trace)
{
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)), KernelClassifier::standard(),
                              progress);
}

/// The owner that a frame's name gives by hand, Untraced for those that give none.
TimeClass ownerByName(std::string_view name)
{
    for (const NamedFrame& frame : namedFrames) {
        if (frame.name != name)
            continue;
        switch (frame.meaning) {
        case NamedFrame::Sampling:
            return TimeClass::Sampling;
        case NamedFrame::Scheduler:
            return TimeClass::Scheduler;
        case NamedFrame::Prepare:
            return TimeClass::Prepare;
        case NamedFrame::Draft:
            return TimeClass::Draft;
        default:
            break;
        }
    }
    return TimeClass::Untraced;
}

} // namespace

class TestGapAutopsy : public QObject {
    Q_OBJECT

private slots:
    void partsAreTheGap()
    {
        std::mt19937 random(7);
        std::size_t withReason = 0;
        for (int round = 0; round < 400; ++round) {
            const auto index = indexOf(RandomTrace::make(random).build());
            const DeviceOccupancy& occupancy = index->devices().front().occupancy;
            for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap) {
                const GapAutopsy autopsy = autopsyOf(*index, DeviceId(0), occupancy.gaps()[gap]);
                TimePoint at = autopsy.gap.begin;
                for (const GapPart& part : autopsy.parts) {
                    QVERIFY(part.range.begin == at);
                    QVERIFY(!part.range.isEmpty());
                    at = part.range.end;
                }
                QVERIFY(at == autopsy.gap.end);
                const ClassTimes times = occupancy.timesIn(autopsy.gap);
                for (const TimeClass timeClass : allTimeClasses)
                    QCOMPARE(autopsy.timeOf(timeClass), times[timeClass]);
                withReason += checkReasons(*index, autopsy);
            }
        }
        QVERIFY(withReason > 1000);
    }

    void tellsTheLaunchAndTheWait()
    {
        TraceBuilder builder(TraceFormat::KinetoJson);
        const ProcessId process = builder.process(1);
        const ThreadId thread = builder.thread(process, 1);
        const auto call = [&](const char* name, std::int64_t begin, std::int64_t end, std::int64_t id) {
            ApiCall row;
            row.begin = timePointAt(begin);
            row.end = timePointAt(end);
            row.name = builder.intern(name);
            row.thread = thread;
            row.correlation = id;
            builder.addCall(row);
        };
        const auto kernel = [&](const char* name, std::int64_t begin, std::int64_t end, std::int64_t id) {
            Activity row;
            row.begin = timePointAt(begin);
            row.end = timePointAt(end);
            row.name = builder.intern(name);
            row.process = process;
            row.correlation = id;
            builder.addActivity(builder.device(process, 0), row);
        };
        call("cudaLaunchKernel", 0, 1'000, 1);
        kernel("first", 2'000, 10'000, 1);
        call("cudaStreamSynchronize", 1'500, 13'000, 0);
        builder.addCpuEvent({timePointAt(14'000), timePointAt(30'000), builder.intern("aten::argmax"), thread,
                             CpuEventKind::Operator});
        builder.addCpuEvent({timePointAt(15'000), timePointAt(20'000), builder.intern("aten::view"), thread,
                             CpuEventKind::Operator});
        call("cudaLaunchKernel", 40'000, 45'000, 2);
        kernel("second", 60'000, 70'000, 2);
        const auto index = indexOf(builder.build());
        const GapAutopsy autopsy = autopsyOf(*index, DeviceId(0), {timePointAt(10'000), timePointAt(60'000)});
        const Trace& trace = index->trace();
        QCOMPARE(*autopsy.before, std::size_t{0});
        QCOMPARE(*autopsy.next, std::size_t{1});
        QVERIFY(!autopsy.isPrequeued);
        QCOMPARE(
            QString::fromStdString(std::string(trace.name(trace.calls().name(autopsy.blocking.value())))),
            QStringLiteral("cudaStreamSynchronize"));
        const std::vector<std::tuple<std::int64_t, std::int64_t, TimeClass, std::string>> expected = {
            {10'000, 13'000, TimeClass::Synchronize, "cudaStreamSynchronize"},
            {13'000, 14'000, TimeClass::Untraced, ""},
            {14'000, 30'000, TimeClass::Sampling, "aten::argmax"},
            {30'000, 40'000, TimeClass::Untraced, ""},
            {40'000, 53'000, TimeClass::Launch, "cudaLaunchKernel"},
            {53'000, 60'000, TimeClass::Device, ""}};
        QCOMPARE(autopsy.parts.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& [begin, end, owner, reason] = expected[i];
            QVERIFY(autopsy.parts[i].range == (TimeRange{timePointAt(begin), timePointAt(end)}));
            QVERIFY(autopsy.parts[i].owner == owner);
            QCOMPARE(std::string(trace.name(autopsy.parts[i].reason)), reason);
        }
        QCOMPARE(autopsy.selfTimes.size(), std::size_t{2});
        QCOMPARE(autopsy.selfTimes[0].time, Duration(11'000)); // argmax without the view inside it
        QCOMPARE(autopsy.selfTimes[1].time, Duration(5'000));
    }

private:
    static std::size_t checkReasons(const TraceIndex& index, const GapAutopsy& autopsy)
    {
        std::size_t named = 0;
        for (const GapPart& part : autopsy.parts) {
            const bool byFrame = part.owner == TimeClass::Sampling || part.owner == TimeClass::Scheduler ||
                                 part.owner == TimeClass::Prepare || part.owner == TimeClass::Draft;
            if (!byFrame)
                continue;
            ++named;
            if (ownerByName(index.trace().name(part.reason)) != part.owner)
                QTest::qFail("a part's reason does not give its owner", __FILE__, __LINE__);
        }
        return named;
    }
};

QTEST_APPLESS_MAIN(TestGapAutopsy)
#include "tst_gapautopsy.moc"
