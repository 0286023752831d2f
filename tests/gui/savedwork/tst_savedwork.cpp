#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "widgets/panels/notebar.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/traceloader.h"
#include "widgets/viewmodel/tracestatestore.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace stepscope;

namespace {

const QString sample = QStringLiteral(STEPSCOPE_SOURCE_DIR "/resources/sample/decode_hostbound.json.gz");
constexpr int patience = 30'000;

/// One window as main makes it.
struct Program {
    explicit Program(const QString& folder) : theme(*qApp), recent(settings.store()), states(folder)
    {
        window = std::make_unique<MainWindow>(settings, recent, loader, theme, &states);
        window->resize(1366, 768);
        window->show();
    }

    bool open()
    {
        QSignalSpy loaded(&loader, &TraceLoader::loaded);
        window->openTrace(sample);
        return loaded.wait(patience);
    }

    QLineEdit* field(const QString& name) const
    {
        for (QLineEdit* const edit : window->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == name)
                return edit;
        }
        return nullptr;
    }

    void type(const QString& name, const QString& text) const
    {
        QLineEdit* const edit = field(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    AppTheme theme;
    Settings settings;
    RecentFiles recent;
    TraceLoader loader;
    TraceStateStore states;
    std::unique_ptr<MainWindow> window;
};

/// What the child process does until it is killed.
int typeAndWait(const QString& folder)
{
    Program program(folder);
    if (!program.open())
        return 1;
    program.type(QStringLiteral("TPOT"), QStringLiteral("6.19"));
    program.type(QStringLiteral("Window start"), QStringLiteral("0.25"));
    program.type(QStringLiteral("Tokens per step"), QStringLiteral("1.07"));
    std::puts("typed");
    std::fflush(stdout);
    return QApplication::exec();
}

} // namespace

class TestSavedWork : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Settings().store().clear(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aKilledProgramLosesNothingTyped()
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type"), m_folder->path()});
        QVERIFY(child.waitForStarted());
        while (!child.canReadLine() && child.waitForReadyRead(patience)) {
        }
        QCOMPARE(child.readLine().trimmed(), QByteArray("typed"));
        child.kill();
        QVERIFY(child.waitForFinished(patience));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        Program program(m_folder->path());
        QVERIFY(program.open());
        const TraceDocument& document = program.window->document();
        QCOMPARE(document.driver().clean.tpotMilliseconds, std::optional(6.19));
        QCOMPARE(document.driver().clean.tokensPerStep, std::optional(1.07));
        QVERIFY(document.window().begin == timePointAt(250'000'000));
        QCOMPARE(program.field(QStringLiteral("TPOT"))->text(), QStringLiteral("6.19"));
        QVERIFY(!program.window->noteBar().isVisible());
    }

    void theNextWindowFindsAllAgain()
    {
        TimeRange window;
        TimeRange view;
        QStringList groups;
        {
            Program program(m_folder->path());
            QVERIFY(program.open());
            TracePage& page = const_cast<TracePage&>(program.window->tracePage());
            auto& document = const_cast<TraceDocument&>(program.window->document());
            document.setWindow({timePointAt(123'456'789), timePointAt(400'000'001)});
            page.timeline().fitWindow();
            page.timeline().zoomIn();
            page.lanes().toggle(QStringLiteral("device:0"));
            window = document.window();
            groups = page.lanes().expandedGroups();
            view = shownView(program);
            program.window->close(); // before what the mouse did has rested
        }
        Program program(m_folder->path());
        QVERIFY(program.open());
        QVERIFY(program.window->document().window() == window);
        QVERIFY(shownView(program) == view);
        QCOMPARE(program.window->tracePage().lanes().expandedGroups(), groups);
    }

    void aSecondWindowLosesNoneOfTheFirst()
    {
        Program first(m_folder->path());
        Program second(m_folder->path());
        QVERIFY(first.open());
        QVERIFY(second.open());
        first.type(QStringLiteral("TPOT"), QStringLiteral("6.5"));
        second.type(QStringLiteral("Tokens per step"), QStringLiteral("1.5"));
        second.type(QStringLiteral("Window end"), QStringLiteral("0.3"));
        Program third(m_folder->path());
        QVERIFY(third.open());
        QCOMPARE(third.window->document().driver().clean.tpotMilliseconds, std::optional(6.5));
        QCOMPARE(third.window->document().driver().clean.tokensPerStep, std::optional(1.5));
        QVERIFY(third.window->document().window().end == timePointAt(300'000'000));
    }

    void damagedWorkIsSaid()
    {
        Program program(m_folder->path());
        QVERIFY(program.open());
        program.type(QStringLiteral("TPOT"), QStringLiteral("6.5"));
        const QStringList files = QDir(m_folder->path()).entryList({QStringLiteral("*.json")});
        QCOMPARE(files.size(), qsizetype{1});
        QFile file(m_folder->filePath(files.first()));
        QVERIFY(file.resize(file.size() / 2));
        Program next(m_folder->path());
        QVERIFY(next.open());
        QVERIFY(!next.window->document().driver().clean.tpotMilliseconds);
        QVERIFY(next.window->noteBar().isVisible());
        QVERIFY2(next.window->noteBar().text().contains(QStringLiteral("put aside")),
                 qPrintable(next.window->noteBar().text()));
    }

private:
    static TimeRange shownView(const Program& program)
    {
        return program.window->findChild<TimelineViewport*>()->view();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tst_savedwork"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    if (argc == 3 && QByteArray(argv[1]) == "--type")
        return typeAndWait(QString::fromLocal8Bit(argv[2]));
    TestSavedWork test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_savedwork.moc"
