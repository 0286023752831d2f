#include "tests/unit/analysis/randomtrace.h"

#include "core/analysis/deviceoccupancy.h"

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
    std::vector<TimeClass> classes(length, TimeClass::Host);
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
