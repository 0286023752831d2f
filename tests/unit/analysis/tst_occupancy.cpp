#include "tests/unit/analysis/randomtrace.h"

#include "core/analysis/deviceoccupancy.h"
#include "core/report/verdicttext.h"

#include <QTest>

using namespace stepscope;

namespace {

CommNames commNames(const Trace& trace)
{
    std::vector<bool> isComm;
    for (std::size_t name = 0; name < trace.names().size(); ++name)
        isComm.push_back(trace.name(NameId(name)).substr(0, 4) == "nccl");
    return CommNames(std::move(isComm));
}

/// Who owns a ns of host time before the launch, from the thread's rows alone (definitions.md §3.7, §3.8).
TimeClass hostOwner(const Trace& trace, ThreadId thread, TimePoint now)
{
    const auto callCovers = [&](auto isWanted) {
        for (std::size_t call = 0; call < trace.calls().size(); ++call) {
            if (trace.calls().thread(call) == thread && trace.calls().range(call).contains(now) &&
                isWanted(trace.name(trace.calls().name(call))))
                return true;
        }
        return false;
    };
    if (callCovers(
            [](std::string_view name) { return name == "cudaStreamSynchronize" || name == "cudaMemcpy"; }))
        return TimeClass::Synchronize;
    if (callCovers([](std::string_view name) { return name == "cudaMalloc"; }))
        return TimeClass::Allocate;
    std::vector<std::size_t> covering;
    const CpuEventTable& events = trace.cpuEvents();
    for (std::size_t row = 0; row < events.size(); ++row) {
        if (events.thread(row) == thread && events.range(row).contains(now))
            covering.push_back(row);
    }
    std::stable_sort(covering.begin(), covering.end(), [&](std::size_t a, std::size_t b) {
        return events.range(a).duration() <
               events.range(b).duration(); // nested: the innermost is the shortest
    });
    bool hasName = callCovers([](std::string_view) { return true; });
    for (const std::size_t row : covering) {
        const auto frame = std::find_if(namedFrames.begin(), namedFrames.end(), [&](const NamedFrame& known) {
            return known.name == trace.name(events.name(row));
        });
        switch (frame->meaning) {
        case NamedFrame::Sampling:
            return TimeClass::Sampling;
        case NamedFrame::Scheduler:
            return TimeClass::Scheduler;
        case NamedFrame::Prepare:
            return TimeClass::Prepare;
        case NamedFrame::Draft:
            return TimeClass::Draft;
        case NamedFrame::Driver:
            return TimeClass::OtherHost;
        case NamedFrame::Plain:
            hasName = true;
            break;
        case NamedFrame::StepRange:
            break;
        }
    }
    return hasName ? TimeClass::OtherHost : TimeClass::Untraced;
}

/// The class of every ns, decided ns by ns from the rows alone (definitions.md §2 and §3).
std::vector<TimeClass> classOfEachNanosecond(const Trace& trace, TimeRange extent)
{
    const ActivityTable& work = trace.devices().front().activities;
    const auto at = [&](TimePoint time) { return static_cast<std::size_t>((time - extent.begin).count()); };
    const auto length = static_cast<std::size_t>(extent.duration().count());
    std::vector<int> weight(length, 0); // 0 idle, 1 graph span, 2 memory, 3 comm, 4 compute
    for (std::size_t row = 0; row < work.size(); ++row) {
        const bool isComm = trace.name(work.name(row)).substr(0, 4) == "nccl";
        const int own = work.kind(row) == ActivityKind::Kernel       ? (isComm ? 3 : 4)
                        : work.kind(row) == ActivityKind::GraphTrace ? 1
                                                                     : 2;
        for (std::size_t ns = at(work.begin(row)); ns < at(work.end(row)); ++ns)
            weight[ns] = std::max(weight[ns], own);
    }
    std::vector<bool> inReplay(length, false);
    std::map<std::int64_t, TimeRange> replays;
    for (std::size_t row = 0; row < work.size(); ++row) {
        const CallId launch = work.launch(row);
        const bool isGraph =
            work.kind(row) == ActivityKind::GraphTrace ||
            (launch.isValid() && trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch);
        std::size_t sharing = 0;
        for (std::size_t other = 0; other < work.size(); ++other)
            sharing += work.correlation(other) == work.correlation(row) ? 1U : 0U;
        if (!isGraph && (launch.isValid() || sharing < 2))
            continue;
        auto [span, isNew] = replays.try_emplace(work.correlation(row), work.range(row));
        span->second.end = std::max(span->second.end, work.end(row));
    }
    for (const auto& [correlation, span] : replays) {
        const TimeRange inside = span.intersected(extent); // an empty operation may lie before all work
        for (std::size_t ns = at(inside.begin); ns < at(inside.end); ++ns)
            inReplay[ns] = true;
    }
    constexpr std::array busy = {TimeClass::GraphOpaque, TimeClass::ExposedMemory, TimeClass::ExposedComm,
                                 TimeClass::Compute};
    const auto isOverhead = [&](TimePoint now) {
        return std::any_of(trace.ranges().begin(), trace.ranges().end(), [&](const HostRange& range) {
            return range.kind == RangeKind::Overhead && range.range().contains(now);
        });
    };
    std::vector<TimeClass> classes(length, TimeClass::Unattributed);
    for (std::size_t ns = 0; ns < length;) {
        if (weight[ns] > 0) {
            classes[ns] = busy[static_cast<std::size_t>(weight[ns] - 1)];
            ++ns;
            continue;
        }
        std::size_t end = ns;
        while (weight[end] == 0)
            ++end;
        const TimePoint gapEnd = extent.begin + Duration(static_cast<std::int64_t>(end));
        CallId launch;
        for (std::size_t row = 0; row < work.size(); ++row) {
            if (work.begin(row) == gapEnd && work.end(row) > gapEnd && work.launch(row).isValid() &&
                (!launch.isValid() || work.launch(row) < launch))
                launch = work.launch(row);
        }
        for (std::size_t i = ns; i < end; ++i) {
            const TimePoint now = extent.begin + Duration(static_cast<std::int64_t>(i));
            if (inReplay[ns])
                classes[i] = TimeClass::InGraph;
            else if (end - ns < 5000)
                classes[i] = TimeClass::Micro;
            else if (!launch.isValid())
                classes[i] = TimeClass::Unattributed;
            else if (gapEnd < trace.calls().begin(launch.value()))
                classes[i] = TimeClass::ClockFault;
            else if (trace.calls().end(launch.value()) < gapEnd &&
                     now >= trace.calls().end(launch.value()) + Duration(8000))
                classes[i] = TimeClass::Device;
            else if (isOverhead(now))
                classes[i] = TimeClass::Profiler;
            else if (now >= trace.calls().begin(launch.value()))
                classes[i] = trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch
                                 ? TimeClass::GraphLaunch
                                 : TimeClass::Launch;
            else
                classes[i] = hostOwner(trace, trace.calls().thread(launch.value()), now);
        }
        ns = end;
    }
    return classes;
}

} // namespace

class TestOccupancy : public QObject {
    Q_OBJECT

private slots:
    void everyNanosecondHasItsClass()
    {
        std::mt19937 random(42);
        ClassTimes met;
        for (int round = 0; round < 300; ++round) {
            const RandomTrace description = RandomTrace::make(random);
            const Trace trace = description.build();
            if (trace.devices().empty())
                continue;
            const auto occupancy = DeviceOccupancy::build(trace, DeviceId(0), commNames(trace));
            const TimeRange extent = occupancy.busy().extent();
            if (extent.isEmpty())
                continue;
            const auto classes = classOfEachNanosecond(trace, extent);
            met += occupancy.timesIn(extent);
            for (const TimeClass timeClass : allTimeClasses) {
                const auto expected = std::count(classes.begin(), classes.end(), timeClass);
                QVERIFY2(occupancy.of(timeClass).total().count() == expected,
                         qPrintable(QStringLiteral("round %1, class %2: %3, expected %4")
                                        .arg(round)
                                        .arg(static_cast<int>(timeClass))
                                        .arg(occupancy.of(timeClass).total().count())
                                        .arg(expected)));
            }
            for (int window = 0; window < 20; ++window) {
                const auto length = extent.duration().count();
                const auto from = std::uniform_int_distribution<std::int64_t>(0, length)(random);
                const auto until = std::uniform_int_distribution<std::int64_t>(from, length)(random);
                const ClassTimes times =
                    occupancy.timesIn({extent.begin + Duration(from), extent.begin + Duration(until)});
                QCOMPARE(times.sum().count(), until - from); // the identity, exactly
                for (const TimeClass timeClass : allTimeClasses) {
                    const auto expected =
                        std::count(classes.begin() + from, classes.begin() + until, timeClass);
                    QCOMPARE(times[timeClass].count(), static_cast<std::int64_t>(expected));
                }
            }
        }
        for (const TimeClass timeClass : allTimeClasses)
            QVERIFY2(met[timeClass] > Duration::zero(), timeClassWord(timeClass).data());
    }

    /// Long enough for two threads, and with stretches in which nobody asks what the host did: each of the
    /// repetitions is divided as the first one, and that as decided ns by ns.
    void longTracesAreDividedAlike()
    {
        constexpr int times = 1'000;
        std::mt19937 random(44);
        std::size_t mostGaps = 0;
        for (int round = 0; round < 6; ++round) {
            RandomTrace description = RandomTrace::make(random);
            description.addBusyEnd(round % 2 == 0 ? 600 : 5);
            const Duration period = description.end() - TimePoint() + Duration(50'000);
            const Trace one = description.build();
            const Trace trace = description.repeated(times, period).build();
            const auto first = DeviceOccupancy::build(one, DeviceId(0), commNames(one));
            const auto all = DeviceOccupancy::build(trace, DeviceId(0), commNames(trace));
            mostGaps = std::max(mostGaps, all.gaps().size());
            const TimeRange extent = first.busy().extent();
            const auto classes = classOfEachNanosecond(one, extent);
            for (const TimeClass timeClass : allTimeClasses)
                QCOMPARE(first.timesIn(extent)[timeClass].count(),
                         static_cast<std::int64_t>(std::count(classes.begin(), classes.end(), timeClass)));
            const TimeRange withPause{extent.begin, extent.begin + period};
            for (int time = 0; time < times; ++time) {
                const Duration shift = time * period;
                QCOMPARE(all.timesIn({extent.begin + shift, extent.end + shift}), first.timesIn(extent));
                QCOMPARE(all.hostIdle().coveredIn({extent.begin + shift, extent.end + shift}),
                         first.hostIdle().total());
                if (time + 1 < times)
                    QCOMPARE(all.timesIn({withPause.begin + shift, withPause.end + shift}),
                             all.timesIn(withPause));
            }
        }
        QVERIFY2(mostGaps > 40'000, qPrintable(QString::number(mostGaps)));
    }

    void rowOrderDoesNotMatter()
    {
        std::mt19937 random(43);
        for (int round = 0; round < 300; ++round) {
            const RandomTrace description = RandomTrace::make(random);
            const Trace plain = description.build();
            const Trace shuffled = description.build(&random);
            const auto a = DeviceOccupancy::build(plain, DeviceId(0), commNames(plain));
            const auto b = DeviceOccupancy::build(shuffled, DeviceId(0), commNames(shuffled));
            for (const TimeClass timeClass : allTimeClasses)
                QVERIFY(a.of(timeClass) == b.of(timeClass));
        }
    }

    void idleOutsideTheWorkIsNobodys()
    {
        TraceBuilder builder(TraceFormat::KinetoJson);
        const ProcessId process = builder.process(1);
        Activity kernel;
        kernel.name = builder.intern("gemm");
        kernel.process = process;
        kernel.begin = timePointAt(1000);
        kernel.end = timePointAt(3000);
        builder.addActivity(builder.device(process, 0), kernel);
        const Trace trace = builder.build();
        const auto occupancy = DeviceOccupancy::build(trace, DeviceId(0), CommNames());
        const ClassTimes times = occupancy.timesIn({timePointAt(-500), timePointAt(2500)});
        QCOMPARE(times[TimeClass::Compute], Duration(2000));
        QCOMPARE(times[TimeClass::Unattributed], Duration(1000));
    }
};

QTEST_APPLESS_MAIN(TestOccupancy)
#include "tst_occupancy.moc"
