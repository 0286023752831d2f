#include "core/import/servercommandreader.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/tracestatejson.h"
#include "widgets/viewmodel/tracestatekeeper.h"
#include "widgets/viewmodel/tracestatestore.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace stepscope;

namespace {

const std::string hash(64, 'a');

/// A small loop that has a hash, as every trace from a file has.
std::shared_ptr<const TraceIndex> keptIndex()
{
    return testing::smallIndex(2, 40, hash);
}

/// The same as a large file gives it.
std::shared_ptr<const TraceIndex> lateIndex()
{
    return testing::smallIndex(2, 40, FileHash::later([](Progress&) { return std::optional(hash); }));
}

/// What belongs to one window, without the window.
struct Views {
    explicit Views(const TraceStateStore& store)
        : lanes(&document), keeper(store, &document, &viewport, &lanes),
          problems(&keeper, &TraceStateKeeper::problemFound)
    {}

    void open(const std::shared_ptr<const TraceIndex>& index)
    {
        // As the timeline does: the view starts over before the keeper restores.
        viewport.reset(index->trace().extent(), index->robustExtent());
        document.setIndex(index);
    }

    TraceDocument document;
    TimelineViewport viewport;
    LaneList lanes;
    TraceStateKeeper keeper;
    QSignalSpy problems;
};

/// One of everything that a user can say of a trace, but the two numbers that stand by themselves.
AssessmentInput everythingStated()
{
    DriverRound round;
    round.tpotMilliseconds = 6.2;
    round.tpotWithPrefillMilliseconds = 6.4;
    round.ttftMilliseconds = 90.0;
    round.itlMilliseconds = 13.1;
    round.tokensPerStep = 2.11;
    round.concurrency = 1;
    round.promptTokens = 64.0;
    round.outputTokens = 512.0;
    round.requests = 3;
    round.failures = 1;
    round.firstFailure = "503 \"busy\"";
    DriverRecord record;
    record.kind = DriverKind::BenchServe;
    record.name = "round.json";
    record.model = "GLM-5.1";
    record.rounds = {DriverRound(), round};
    AssessmentInput input;
    input.driver.clean.record = std::make_shared<const DriverRecord>(record);
    input.driver.clean.ttftMilliseconds = 100.0;
    record.kind = DriverKind::CleanDriver;
    input.driver.profiled.record = std::make_shared<const DriverRecord>(record);
    input.driver.profiled.tpotMilliseconds = 7.0;
    input.overrides = {{GateId::CleanDriver, "the prefill is known"}, {GateId::CaptureQuality, "x"}};
    input.context = {{"model", "GLM-5.1"}, {"tp", "8"}};
    input.command = *parseServerCommand("vllm serve zai-org/GLM-5.1 -tp 8");
    input.thresholds.host = 0.55;
    return input;
}

TimeRange range(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

} // namespace

class TestTraceState : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_store = std::make_unique<TraceStateStore>(m_folder->filePath(QStringLiteral("made/when/needed")));
    }

    void keepsByteOrderMarksInTexts()
    {
        TraceState state;
        state.markers = {{timePointAt(5), QStringLiteral("\ufeffhere")}};
        QString why;
        const auto older =
            tracestatejson::parse("\xef\xbb\xbf{\"version\": 1, \"\xef\xbb\xbfversion\": {}}", why);
        QVERIFY2(older, qPrintable(why));
        QCOMPARE(older->size(), 2);
        QJsonObject object = *older;
        tracestatejson::put(object, TraceState::Fields(TraceState::everyField), state);
        const auto again = tracestatejson::parse(tracestatejson::textOf(object), why);
        QVERIFY2(again, qPrintable(why));
        QCOMPARE(*again, object);
        QVERIFY(tracestatejson::stateIn(*again) == state);
    }

    void keepsEveryFieldToTheNanosecond()
    {
        TraceState state;
        state.window = range((1LL << 53) + 1, (1LL << 62) + 3);
        state.view = range(0, std::numeric_limits<qint64>::max());
        state.tpotMilliseconds = 6.19;
        state.tokensPerStep = 2.11;
        state.expandedGroups = QStringList{QStringLiteral("device:0"), QStringLiteral("host:\"1\"")};
        state.reference = 3;
        state.drawnSteps = {{0, {timePointAt((1LL << 60) + 1)}}, {2, {timePointAt(0), timePointAt(7)}}};
        state.input = everythingStated();
        state.markers = {{timePointAt((1LL << 61) + 1), QStringLiteral("here")}};
        QVERIFY(m_store->read(hash).state == TraceState());
        QVERIFY(m_store->write(hash, everything(), state).isDone);
        const TraceStateStore::Read read = m_store->read(hash);
        QVERIFY(read.problem.isEmpty());
        QVERIFY(read.state == state);
        QVERIFY(m_store->read(std::string(64, 'b')).state == TraceState());
    }

    void writesOnlyWhatWasChanged()
    {
        TraceState first;
        first.tpotMilliseconds = 6.0;
        first.window = range(5, 50);
        QVERIFY(m_store->write(hash, TraceState::Tpot | TraceState::Window, first).isDone);
        TraceState second; // of a window that knows nothing of the first
        second.tokensPerStep = 2.0;
        QVERIFY(m_store->write(hash, TraceState::TokensPerStep | TraceState::Window, second).isDone);
        TraceState expected;
        expected.tpotMilliseconds = 6.0;
        expected.tokensPerStep = 2.0; // and the window is automatic again
        QVERIFY(m_store->read(hash).state == expected);
    }

    void keepsWhatItDoesNotKnow()
    {
        put(R"({"version": 1, "tpot_ms": 6, "colour of the sky": "blue"})");
        TraceState state;
        QVERIFY(m_store->write(hash, TraceState::Tpot, state).isDone);
        QVERIFY(content().contains("blue"));
        QVERIFY(!content().contains("tpot_ms"));
    }

    /// The hash, by which what was kept is found, comes when the user is at work already: what was changed by
    /// then stays, the rest is as it was kept, and markers are those of both.
    void restoresWhenTheHashComes()
    {
        TraceState kept;
        kept.window = range(5'000'000, 25'000'000);
        kept.view = range(4'000'000, 30'000'000);
        kept.tpotMilliseconds = 6.0;
        kept.markers = {{timePointAt(7'000'000), QStringLiteral("kept")}};
        QVERIFY(m_store->write(hash, everything(), kept).isDone);

        const auto index = lateIndex();
        Views views(*m_store);
        QSignalSpy restored(&views.keeper, &TraceStateKeeper::restoredLate);
        views.open(index);
        QVERIFY(views.document.isAutomaticWindow());
        QVERIFY(views.document.markers().markers().empty());
        views.document.setWindow(range(8'000'000, 20'000'000));
        views.document.markers().setNote(timePointAt(9'000'000), QStringLiteral("new"));
        views.keeper.flush(); // nowhere to go yet
        QVERIFY(m_store->read(hash).state.window == kept.window);

        index->trace().capture().sha256.text();
        views.document.identify(index);
        QCOMPARE(restored.count(), 1);
        const std::vector<Marker> both = {{timePointAt(7'000'000), QStringLiteral("kept")},
                                          {timePointAt(9'000'000), QStringLiteral("new")}};
        QVERIFY(views.document.window() == range(8'000'000, 20'000'000));
        QVERIFY(views.viewport.view() == *kept.view);
        QCOMPARE(views.document.driver().clean.tpotMilliseconds, std::optional(6.0));
        QVERIFY(views.document.markers().markers() == both);
        const TraceState written = m_store->read(hash).state;
        QVERIFY(written.window == range(8'000'000, 20'000'000));
        QVERIFY(written.markers == both);
        QCOMPARE(written.tpotMilliseconds, std::optional(6.0));

        views.document.setWindow(range(9'000'000, 21'000'000)); // from now on as ever
        views.keeper.flush();
        QVERIFY(m_store->read(hash).state.window == range(9'000'000, 21'000'000));
        views.document.identify(index);
        QCOMPARE(restored.count(), 1);
    }

    void nothingIsLostWhereTheHashDidNotCome()
    {
        TraceState kept;
        kept.markers = {{timePointAt(7'000'000), QStringLiteral("kept")}};
        QVERIFY(m_store->write(hash, everything(), kept).isDone);
        {
            Views views(*m_store);
            views.open(lateIndex());
            views.document.markers().setNote(timePointAt(9'000'000), QStringLiteral("new"));
        }
        QVERIFY(m_store->read(hash).state.markers ==
                std::vector<Marker>({{timePointAt(7'000'000), QStringLiteral("kept")},
                                     {timePointAt(9'000'000), QStringLiteral("new")}}));
    }

    /// Nobody asked for the hash: it is not computed for the sake of nothing.
    void leavesTheHashAloneWhereNothingWasChanged()
    {
        const auto index = lateIndex();
        {
            Views views(*m_store);
            views.open(index);
        }
        QVERIFY(!index->trace().capture().sha256.known());
    }

    void putsAsideWhatItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"version\": 1, \"tpot_ms\": 6.1");
        QTest::newRow("array") << QByteArray("[1]");
        QTest::newRow("no version") << QByteArray("{\"tpot_ms\": 6.1}");
        QTest::newRow("too new") << QByteArray("{\"version\": 2}");
        QTest::newRow("no boundaries")
            << QByteArray("{\"version\": 1, \"drawn_steps\": [{\"device\": 0, \"boundaries_ns\": []}]}");
        QTest::newRow("negative boundary")
            << QByteArray("{\"version\": 1, \"drawn_steps\": [{\"device\": 0, \"boundaries_ns\": [-1]}]}");
        QTest::newRow("drawn steps are no list") << QByteArray("{\"version\": 1, \"drawn_steps\": 7}");
        QTest::newRow("fraction of a ns")
            << QByteArray("{\"version\": 1, \"window\": {\"begin_ns\": 0.5, \"end_ns\": 7}}");
        QTest::newRow("beyond 64 bits") << QByteArray(
            "{\"version\": 1, \"window\": {\"begin_ns\": 1, \"end_ns\": 99999999999999999999}}");
        QTest::newRow("backwards") << QByteArray(
            "{\"version\": 1, \"view\": {\"begin_ns\": 8, \"end_ns\": 7}}");
        QTest::newRow("negative") << QByteArray("{\"version\": 1, \"tpot_ms\": -6.1}");
        QTest::newRow("text for a number") << QByteArray("{\"version\": 1, \"tokens_per_step\": \"2\"}");
        QTest::newRow("groups of numbers") << QByteArray("{\"version\": 1, \"expanded_groups\": [1]}");
        QTest::newRow("no device") << QByteArray("{\"version\": 1, \"reference_device\": -1}");
        for (const char* const stated :
             {"7", "{\"overrides\": {\"1\": \"\"}}", "{\"overrides\": {\"9\": \"x\"}}",
              "{\"overrides\": {\"a\": \"x\"}}", "{\"thresholds\": {\"host\": \"x\"}}",
              "{\"clean_round\": {\"tpot_ms\": -1}}", "{\"clean_round\": {\"record\": {}}}",
              "{\"profiled_round\": {\"record\": {\"kind\": \"bench-serve\", \"rounds\": []}}}",
              "{\"profiled_round\": {\"record\": {\"kind\": \"bench-serve\", \"rounds\": [{\"requests\": "
              "-1}]}}}"})
            QTest::newRow(stated) << QByteArray("{\"version\": 1, \"statements\": ") + stated + '}';
        QTest::newRow("deep") << QByteArray(100'000, '[');
        QTest::newRow("large") << QByteArray("{\"version\": 1, \"x\": \"") + QByteArray(2 << 20, 'x') + "\"}";
        QTest::newRow("bytes") << QByteArray("\xff\xfe\x00{}", 5);
    }

    void putsAsideWhatItCannotUse()
    {
        QFETCH(const QByteArray, text);
        put(text);
        const TraceStateStore::Read read = m_store->read(hash);
        QVERIFY(read.state == TraceState());
        QVERIFY2(read.problem.contains(QStringLiteral("put aside")), qPrintable(read.problem));
        QVERIFY(!QFile::exists(path()));
        QFile aside(path() + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        TraceState state;
        state.tpotMilliseconds = 7.0;
        QVERIFY(m_store->write(hash, TraceState::Tpot, state).problem.isEmpty());
        QVERIFY(m_store->read(hash).state == state);
        // And when it goes bad while it is open.
        put(text);
        const TraceStateStore::Written written = m_store->write(hash, TraceState::Tpot, state);
        QVERIFY(written.isDone);
        QVERIFY(!written.problem.isEmpty());
        QVERIFY(m_store->read(hash).state == state);
    }

    void saysWhatCannotBeWritten()
    {
        QFile file(m_folder->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const TraceStateStore store(m_folder->filePath(QStringLiteral("file/below")));
        TraceState state;
        state.tpotMilliseconds = 7.0;
        const TraceStateStore::Written written = store.write(hash, TraceState::Tpot, state);
        QVERIFY(!written.isDone);
        QVERIFY2(written.problem.contains(QStringLiteral("cannot be kept")), qPrintable(written.problem));
        Views views(store);
        views.open(keptIndex());
        views.document.setDriver({{6.19, 2.0}, {}});
        views.document.setDriver({{6.20, 2.0}, {}});
        QCOMPARE(views.problems.count(), 1); // not again and again
        QCOMPARE(views.document.driver().clean.tpotMilliseconds, std::optional(6.20));
    }

    void leavesAReadOnlyFolderAlone()
    {
        if (geteuid() == 0)
            QSKIP("root may write everywhere");
        put("{\"version\": 9}");
        const QString folder = QFileInfo(path()).path();
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner));
        QVERIFY(!m_store->read(hash).problem.isEmpty());
        QVERIFY(!m_store->write(hash, TraceState::Tpot, {}).isDone);
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(content(), QByteArray("{\"version\": 9}"));
    }

    void refusesWhatIsNoHash()
    {
        QVERIFY(!TraceStateStore::isHash({}));
        QVERIFY(!TraceStateStore::isHash("../../../etc/passwd"));
        QVERIFY(!TraceStateStore::isHash(std::string(64, 'A')));
        QVERIFY(TraceStateStore::isHash(hash));
        QVERIFY(m_store->write("../x", TraceState::Tpot, {}).isDone); // nothing to keep
        QVERIFY(!QFile::exists(QFileInfo(path()).path()));
    }

    void forgetsTheOldest()
    {
        put("{\"version\": 1}");
        QDir folder = QFileInfo(path()).dir();
        for (int i = 0; i < TraceStateStore::mostFiles; ++i) {
            QFile file(folder.filePath(QStringLiteral("%1.json").arg(i, 64, 10, QLatin1Char('0'))));
            QVERIFY(file.open(QIODevice::WriteOnly));
            if (i == 77)
                QVERIFY(
                    file.setFileTime(QDateTime::fromSecsSinceEpoch(1), QFileDevice::FileModificationTime));
        }
        QVERIFY(m_store->write(std::string(64, 'c'), TraceState::Tpot, {}).isDone);
        folder.refresh();
        QCOMPARE(folder.entryList({QStringLiteral("*.json")}).size(), qsizetype{TraceStateStore::mostFiles});
        QVERIFY(!folder.exists(QStringLiteral("%1.json").arg(77, 64, 10, QLatin1Char('0'))));
        QVERIFY(folder.exists(QString::fromStdString(std::string(64, 'c')) + QStringLiteral(".json")));
    }

    void restoresWhatTheUserDid()
    {
        const auto index = keptIndex();
        const TimeRange window = range(3'000'001, 21'000'003);
        const TimeRange view = range(2'500'007, 9'000'011);
        {
            Views views(*m_store);
            views.open(index);
            QVERIFY(!QFile::exists(path())); // looking is no change
            views.document.setReference(DeviceId(1));
            views.document.setWindow(window);
            views.document.setDriver({{0.9, 1.0}, {}});
            views.lanes.setExpandedGroups({QStringLiteral("device:1")});
            views.viewport.setView(view);
        }
        Views views(*m_store);
        QSignalSpy snapshots(&views.document, &TraceDocument::assessmentChanged);
        views.open(index);
        QVERIFY(views.document.window() == window);
        QVERIFY(views.viewport.view() == view);
        QCOMPARE(views.document.reference().value(), 1U);
        QCOMPARE(views.document.driver().clean.tpotMilliseconds, std::optional(0.9));
        QCOMPARE(views.document.driver().clean.tokensPerStep, std::optional(1.0));
        QCOMPARE(views.lanes.expandedGroups(), QStringList{QStringLiteral("device:1")});
        // The last snapshot that views were given is the one in force.
        const auto last = snapshots.last().first().value<std::shared_ptr<const Assessment>>();
        QCOMPARE(last.get(), views.document.assessment().get());
        QCOMPARE(views.problems.count(), 0);
    }

    void typedValuesAreKeptAtOnce()
    {
        Views first(*m_store);
        first.open(keptIndex());
        first.document.setDriver({{0.9}, {}});
        Views second(*m_store); // the first was not closed, as when it is killed
        second.open(keptIndex());
        QCOMPARE(second.document.driver().clean.tpotMilliseconds, std::optional(0.9));
        first.document.setDriver({});
        QVERIFY(!m_store->read(hash).state.tpotMilliseconds);
    }

    void dragsAreKeptWhenTheyRest()
    {
        Views views(*m_store);
        views.open(keptIndex());
        views.document.setWindow(range(3'000'000, 9'000'000));
        views.document.setWindow(range(3'000'000, 10'000'000));
        QVERIFY(!QFile::exists(path()));
        QTRY_VERIFY(m_store->read(hash).state.window == range(3'000'000, 10'000'000));
        views.document.setAutomaticWindow();
        QTRY_VERIFY(!m_store->read(hash).state.window);
    }

    void twoWindowsLoseNothingOfEachOther()
    {
        Views first(*m_store);
        Views second(*m_store);
        first.open(keptIndex());
        second.open(keptIndex());
        first.document.setDriver({{0.9, 1.0}, {}});
        second.document.setWindow(range(3'000'000, 9'000'000));
        second.keeper.flush();
        first.viewport.setView(range(1'000'000, 5'000'000));
        first.keeper.flush();
        const TraceState kept = m_store->read(hash).state;
        QCOMPARE(kept.tpotMilliseconds, std::optional(0.9));
        QVERIFY(kept.window == range(3'000'000, 9'000'000));
        QVERIFY(kept.view == range(1'000'000, 5'000'000));
    }

    void anotherTraceTakesNothingAlong()
    {
        Views views(*m_store);
        views.open(keptIndex());
        views.document.setWindow(range(3'000'000, 9'000'000));
        const auto other = testing::smallIndex(1, 30, std::string(64, 'd'));
        views.open(other); // what was not written yet is written for the first
        QVERIFY(m_store->read(hash).state.window == range(3'000'000, 9'000'000));
        QVERIFY(views.document.isAutomaticWindow());
        views.document.setDriver({{0.7, 1.0}, {}});
        views.document.setIndex(nullptr);
        QVERIFY(!m_store->read(hash).state.tpotMilliseconds);
        QCOMPARE(m_store->read(std::string(64, 'd')).state.tpotMilliseconds, std::optional(0.7));
    }

    void clampsWhatTheTraceDoesNotHave()
    {
        put(R"({"version": 1, "window": {"begin_ns": 5000000, "end_ns": 9000000000000000000},)"
            R"( "view": {"begin_ns": 1, "end_ns": 9000000000000000000}, "reference_device": 7,)"
            R"( "expanded_groups": ["device:99"]})");
        Views views(*m_store);
        const auto index = keptIndex();
        views.open(index);
        QVERIFY(index->trace().extent().contains(views.document.window()));
        QVERIFY(index->trace().extent().contains(views.viewport.view()));
        QCOMPARE(views.document.reference().value(), 0U);
        QCOMPARE(views.problems.count(), 0);
    }

private:
    static TraceState::Fields everything() { return TraceState::Fields(TraceState::everyField); }

    QString path() const
    {
        return m_folder->filePath(QStringLiteral("made/when/needed/")) + QString::fromStdString(hash) +
               QStringLiteral(".json");
    }

    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void put(const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TraceStateStore> m_store;
};

QTEST_GUILESS_MAIN(TestTraceState)
#include "tst_tracestate.moc"
